package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.model.id.Id;
import dev.heph.store.db.Tx;
import dev.heph.store.db.Writer;
import dev.heph.store.query.Db;
import dev.heph.store.query.OpenTasks;
import dev.heph.store.replica.Change;
import dev.heph.store.replica.Replica;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One transaction for each thing a surface asks for; who listens is told when it is durable. */
final class Transactions {
    private final Writer writer;
    private final Replica replica;
    private final Changes changes;
    private final OpenTasks open;
    private final Db db;

    Transactions(Writer writer, Replica replica, Changes changes, OpenTasks open, Db db) {
        this.db = db;
        this.open = open;
        this.writer = writer;
        this.replica = replica;
        this.changes = changes;
    }

    private record Written<T>(T result, Set<Id> changed) {}

    /** Runs {@code work} as an action of its own. @param client the surface that asks for it */
    <T> T write(String client, Function<Change, T> work) {
        return run(client, tx -> replica.change(tx), (tx, change) -> work.apply(change));
    }

    /**
     * Runs {@code work} as an action of its own and reads what it has led to, before anybody else can change that.
     *
     * @param answer reads the answer
     */
    JsonNode write(String client, Function<Change, Id> work, Function<Id, JsonNode> answer) {
        Written<JsonNode> written = writer.write(tx -> {
            Change change = replica.change(tx);
            Id id = work.apply(change);
            Set<Id> changed = change.commit();
            return new Written<>(db.within(tx, () -> answer.apply(id)), changed);
        });
        tell(client, written.changed());
        return written.result();
    }

    /** Runs {@code work} as a part of a larger action. @param last whether the action ends with it */
    <T> T write(String client, Id action, boolean last, Function<Change, T> work) {
        return run(client, tx -> replica.change(tx, action, last), (tx, change) -> work.apply(change));
    }

    /** Runs {@code work} as the change that {@code begin} makes. */
    <T> T run(String client, Function<Tx, Change> begin, BiFunction<Tx, Change, T> work) {
        Written<T> written = writer.write(tx -> {
            Change change = begin.apply(tx);
            T result = work.apply(tx, change);
            return new Written<>(result, change.commit());
        });
        tell(client, written.changed());
        return written.result();
    }

    private void tell(String client, Set<Id> changed) {
        if (!changed.isEmpty()) {
            open.changed(changed);
            changes.publish(changed, client);
        }
    }
}
