package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.model.checklist.Box;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.recur.Outcome;
import dev.heph.store.command.OccurrenceCommands;
import dev.heph.store.command.OccurrenceCommands.Repeating;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.command.TaskCommands.NewTask;
import dev.heph.store.log.Space;
import dev.heph.store.query.Dates;
import dev.heph.store.query.Db;
import dev.heph.store.query.FreshLists;
import dev.heph.store.query.RecurrenceJson;
import dev.heph.store.query.Recurring;
import dev.heph.store.query.Recurring.Definition;
import dev.heph.store.query.Recurring.Due;
import dev.heph.store.view.Views;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What a person does with a recurring task on one device, and what that device shows. */
final class RepeatingSide implements AutoCloseable {
    final TestReplica replica;
    private final Db db;
    private final Recurring recurring;
    private final FreshLists lists;

    RepeatingSide(int number, Supplier<Instant> clock) {
        replica = new TestReplica(number, clock.get().toEpochMilli());
        db = replica.db();
        recurring = new Recurring(db, Space.PERSONAL.num(), new Dates(ZoneId.of("Europe/Berlin"), LocalTime.of(4, 0), clock::get));
        lists = new FreshLists(db, Space.PERSONAL.num(), recurring);
    }

    Id create(Repeating how) {
        NewTask task = new NewTask("Review", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), true);
        return replica.change(db, lists, change -> TaskCommands.create(change, task, new OccurrenceCommands(change, recurring).first(how, task)));
    }

    /** @return whether it could be done */
    boolean does(Id task, BiConsumer<OccurrenceCommands, Recurring.Meant> deed) {
        try {
            return replica.change(db, lists, change -> {
                Optional<Recurring.Meant> meant = recurring.meant(task);
                meant.ifPresent(known -> deed.accept(new OccurrenceCommands(change, recurring), known));
                return meant.isPresent();
            });
        } catch (HephException refused) {
            return false;
        }
    }

    boolean closes(Id task, Outcome outcome) {
        return does(task, (occurrences, meant) -> occurrences.close(meant, outcome));
    }

    String body(Id task) {
        return replica.change(db, lists, change -> change.text(DerivedId.canonicalContext(task), Views.BODY));
    }

    void writes(Id task, String body) {
        replica.change(db, lists, change -> change.save(DerivedId.canonicalContext(task), Views.BODY, body, Optional.empty()));
    }

    Definition definition(Id task) {
        return db.read(() -> recurring.definition(task)).orElseThrow();
    }

    Optional<Due> due(Id task) {
        return db.read(() -> recurring.due(definition(task)));
    }

    List<Box> list(Id task, Id occurrence) {
        return db.read(() -> lists.of(task).apply(occurrence));
    }

    /** All that is shown of it: the history with its lists, what is active, what is to come. */
    String shown(Id task) {
        return db.read(() -> {
            Definition definition = definition(task);
            return RecurrenceJson.history(definition, recurring.now(definition.recurrence()), 200, 3, lists.of(task)).toPrettyString();
        }) + body(task);
    }

    long ops() {
        return replica.read(tx -> tx.first("SELECT count(*) FROM ops", row -> row.getLong(1)).orElseThrow());
    }

    static void exchange(RepeatingSide one, RepeatingSide two) {
        one.replica.pull(two.replica);
        two.replica.pull(one.replica);
    }

    @Override
    public void close() {
        db.close();
        replica.close();
    }
}
