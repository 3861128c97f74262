package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Race;
import dev.heph.model.node.Attention;
import dev.heph.model.node.State;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.replica.Change;
import dev.heph.store.replica.Change.Disagreement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Settles conflicts: a write that has seen all of their sides ("conflicts" in docs/design/merge.md). */
public final class ConflictCommands {
    private ConflictCommands() {}

    /** How a conflict is to be settled. */
    public sealed interface Choice {
        /** As this side says. @param number from 1, in the order in which the sides are listed */
        record Side(int number) implements Choice {}

        /** As the merge has it: of a text, the words of all sides. */
        record Merged() implements Choice {}

        /**
         * As none of them says.
         *
         * @param value lines, a title, a word, an ISO date, an id; {@code none} for no value at all
         * @param base of a text: the version in which whoever wrote the lines saw it; what came since stays. Without, it is as it is now
         */
        record New(String value, Optional<Version> base) implements Choice {}
    }

    /** @return whom it was about */
    public static Id settle(Change change, Id conflict, Choice choice) {
        Disagreement open = change.conflict(conflict).orElseThrow(() -> new HephException(Reason.NOT_FOUND,
                "the conflict was settled meanwhile. Those that are open: heph conflicts"));
        switch (Conflict.Kind.valueOf(open.kind().toUpperCase(Locale.ROOT))) {
            case BODY -> text(change, conflict, open, choice);
            case DELETE -> deletion(change, open, choice);
            case FIELD -> field(change, open, value(change, open, choice));
            case CYCLE -> ring(change, open, choice);
        }
        return open.entity();
    }

    private static void field(Change change, Disagreement open, Value value) {
        if (open.field().equals(Field.STATE) && change.exists(open.entity())) {
            // Its checkbox, if it has one, goes along.
            value.asText().flatMap(State::of).ifPresent(state -> TaskCommands.setState(change, open.entity(), state));
        }
        change.set(open.entity(), open.field(), value);
        if (open.field().equals(Field.TITLE)) {
            // Somebody may have linked to each of them.
            value.asText().ifPresent(title -> open.sides().forEach(side ->
                    side.asText().ifPresent(before -> NodeCommands.keepName(change, open.entity(), before, title))));
        }
    }

    private static Value value(Change change, Disagreement open, Choice choice) {
        return switch (choice) {
            case Choice.Side(int number) -> side(open, number);
            case Choice.New(String given, Optional<Version> base) -> read(change, open, given);
            case Choice.Merged merged -> throw Params.invalid("a " + open.field().name().replace('_', ' ')
                    + " has one value: choose a side or give another value");
        };
    }

    private static Value read(Change change, Disagreement open, String given) {
        Field field = open.field();
        boolean isNone = given.equals("none");
        if (field.equals(Field.TITLE)) {
            return Value.text(NodeCommands.freeTitle(change, open.entity(), given));
        } else if (field.equals(Field.DO_DATE) || field.equals(Field.LATE_ON)) {
            return isNone ? Value.NONE : TaskCommands.date(field.name(), given);
        } else if (field.equals(Field.STATE)) {
            return Value.text(State.of(given).orElseThrow(() -> Params.invalid("a state is one of " + State.words())).word());
        } else if (field.equals(Field.ATTENTION)) {
            return Value.text(Attention.of(given).orElseThrow(() -> Params.invalid("attention is one of " + Attention.words())).word());
        } else if (isNone && (field.equals(Field.PROJECT) || field.equals(Field.PARENT))) {
            return Value.NONE;
        }
        throw Params.invalid("of the " + field.name() + " a side is chosen; change it after that");
    }

    /** The move of a side stands, so what it was moved into comes out of whatever that was in. */
    private static void ring(Change change, Disagreement open, Choice choice) {
        if (!(choice instanceof Choice.Side(int number))) {
            throw Params.invalid("choose the side that stands: what it was moved into comes out of the ring");
        }
        Id kept = side(open, number).asRef().orElseThrow();
        change.set(change.value(kept, Field.PARENT).flatMap(Value::asRef).orElseThrow(), Field.PARENT, Value.NONE);
    }

    private static void deletion(Change change, Disagreement open, Choice choice) {
        if (!(choice instanceof Choice.Side(int number))) {
            throw Params.invalid("it is deleted or it is not: choose a side");
        }
        if (side(open, number).equals(Conflict.DELETED)) {
            change.tombstoneAgain(open.entity());
        } else {
            change.restore(open.entity());
        }
    }

    private static void text(Change change, Id conflict, Disagreement open, Choice choice) {
        Id id = open.entity();
        String field = open.field().name();
        List<Race> races = change.races(id, field);
        Conflict about = Conflict.ofText(id, field, races.stream().filter(race -> !isSettled(change, id, field, race)).toList()).stream()
                .filter(one -> one.id().equals(conflict))
                .findFirst().orElseThrow();
        races.stream()
                .filter(race -> race.ops().anyMatch(about.ops()::contains))
                .forEach(race -> change.set(id, Conflict.settled(id, field, race), new Value.Bool(true)));
        switch (choice) {
            // What came since, in these lines too, stays.
            case Choice.Side(int number) -> {
                side(open, number);
                change.sides(about, Optional.empty()).ifPresent(found ->
                        change.rework(id, field, found.sides().merged(), found.region().with(found.region().sides().get(number - 1))));
            }
            case Choice.New(String lines, Optional<Version> base) -> change.save(id, field,
                    change.sides(about, base).orElseThrow(() -> new HephException(Reason.CONFLICT,
                            "the conflict is not about these lines any more; look again: heph conflicts")).now().with(Titles.checkedBody(lines)), base);
            case Choice.Merged merged -> { }
        }
    }

    private static boolean isSettled(Change change, Id id, String field, Race race) {
        return change.value(id, Conflict.settled(id, field, race)).flatMap(Value::asBool).orElse(false);
    }

    private static Value side(Disagreement open, int number) {
        if (number < 1 || number > open.sides().size()) {
            throw Params.invalid("the conflict has the sides 1 to " + open.sides().size() + ", not " + number);
        }
        return open.sides().get(number - 1);
    }
}
