package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.node.State;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.replica.Change;
import dev.heph.store.replica.Change.Disagreement;
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

        /** As none of them says. @param value lines, a title, a word, an ISO date, an id; {@code none} for no value at all */
        record New(String value) implements Choice {}
    }

    /** @return whom it was about */
    public static Id settle(Change change, Id conflict, Choice choice) {
        Disagreement open = change.conflict(conflict).orElseThrow(() -> new HephException(Reason.NOT_FOUND,
                "the conflict was settled meanwhile. Those that are open: heph conflicts"));
        switch (Conflict.Kind.valueOf(open.kind().toUpperCase(Locale.ROOT))) {
            case BODY -> text(change, conflict, open, choice);
            case DELETE -> deletion(change, open, choice);
            case FIELD -> change.set(open.entity(), open.field(), value(open, choice));
            case CYCLE -> ring(change, open, choice);
        }
        return open.entity();
    }

    private static Value value(Disagreement open, Choice choice) {
        return switch (choice) {
            case Choice.Side(int number) -> side(open, number);
            case Choice.New(String given) -> read(open.field(), given);
            case Choice.Merged merged -> throw Params.invalid("a " + open.field().name().replace('_', ' ')
                    + " has one value: choose a side or give another value");
        };
    }

    private static Value read(Field field, String given) {
        boolean isNone = given.equals("none");
        if (field.equals(Field.TITLE)) {
            return Value.text(Titles.checkedText("title", given).strip());
        } else if (field.equals(Field.DO_DATE) || field.equals(Field.LATE_ON)) {
            return isNone ? Value.NONE : TaskCommands.date(field.name(), given);
        } else if (field.equals(Field.STATE)) {
            return Value.text(State.of(given).orElseThrow(() -> Params.invalid("a state is one of " + State.words())).word());
        } else if (field.equals(Field.ATTENTION)) {
            return Value.text(Attention.of(given).orElseThrow(() -> Params.invalid("attention is one of " + Attention.words())).word());
        } else if (field.equals(Field.PROJECT) || field.equals(Field.PARENT)) {
            return isNone ? Value.NONE : new Value.Ref(Id.parse(given).orElseThrow(() -> Params.invalid("'" + given + "' is no id: choose a side")));
        }
        throw Params.invalid("how it repeats is chosen from the sides");
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
        Optional<String> lines = switch (choice) {
            case Choice.Side(int number) -> side(open, number).asText();
            case Choice.New(String given) -> Optional.of(Titles.checkedBody(given));
            case Choice.Merged merged -> Optional.empty();
        };
        String field = open.field().name();
        lines.ifPresent(chosen -> change.race(conflict, open.entity(), field).ifPresent(found ->
                change.save(open.entity(), field, found.region().with(chosen), Optional.of(found.sides().merged()))));
        change.set(open.entity(), new Field(Conflict.SETTLED, conflict.toString()), new Value.Bool(true));
    }

    private static Value side(Disagreement open, int number) {
        if (number < 1 || number > open.sides().size()) {
            throw Params.invalid("the conflict has the sides 1 to " + open.sides().size() + ", not " + number);
        }
        return open.sides().get(number - 1);
    }
}
