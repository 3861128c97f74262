package dev.heph.store.log;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.db.Tx;
import java.util.Optional;
import java.util.stream.Stream;

/** What imports wrote: an import notes of an entity, in the same action, what its file says and where that is. */
public record Imported(Tx tx, Space space, Log log) {

    /** Whether an import wrote this op about an entity. */
    public boolean wrote(OpId op, Id entity) {
        return tx.all("SELECT d.id, s.seq FROM ops o JOIN devices w ON w.space = o.space AND w.num = o.device"
                                + " JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
                                + " JOIN ops s ON s.space = o.space AND s.target = ? AND s.type IN ('node.create', 'node.set')"
                                + " JOIN bundles a ON a.space = s.space AND a.device = s.device AND a.seq = s.bundle AND a.action = b.action"
                                + " JOIN devices d ON d.space = s.space AND d.num = s.device"
                                + " WHERE o.space = ? AND w.id = ? AND o.seq = ?",
                        row -> new OpId(DeviceId.of(row.getBytes(1)), row.getLong(2)), entity, space.num(), op.device().id(), op.seq())
                .stream()
                .anyMatch(this::notesSource);
    }

    /** What a file said when it was last taken in. @param rev the branch of the note's body that it is, see {@link Field#SOURCE_REV} */
    public record Taken(Value hash, Optional<Value> rev) {}

    /** Of a device {@code d}: whether it is this replica, under whichever of the ids it had. Its parameters: own id, space, space. */
    public static final String OWN = "d.id IN (SELECT ? UNION SELECT device FROM identities WHERE space = ? UNION SELECT before FROM identities WHERE space = ?)";

    /**
     * As this replica's imports noted it: another device's folder may say something else of the same note. Empty if it never took it in.
     *
     * @param shown what the note shows; if this replica took in that earlier, somebody brought everything back to then, and it holds here, too
     */
    public Optional<Taken> lastBy(DeviceId own, Id entity, Optional<Value> shown) {
        Optional<Value> last = Optional.empty();
        Optional<Value> rev = Optional.empty();
        for (OpId op : tx.all("SELECT d.id, o.seq FROM ops o JOIN devices d ON d.space = o.space AND d.num = o.device"
                        + " JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
                        + " WHERE o.space = ? AND o.target = ? AND o.type IN ('node.create', 'node.set') AND " + OWN + " ORDER BY b.arrival DESC, o.seq DESC",
                row -> new OpId(DeviceId.of(row.getBytes(1)), row.getLong(2)), space.num(), entity, own.id(), space.num(), space.num())) {
            Optional<Log.Stamped> said = log.op(tx, op);
            Optional<Value> hash = said.flatMap(one -> one.value(Field.SOURCE_HASH));
            if (last.isPresent() && hash.isPresent() && hash.equals(shown)) {
                return Optional.empty();
            }
            last = last.isPresent() ? last : hash;
            rev = rev.isPresent() ? rev : said.flatMap(one -> one.value(Field.SOURCE_REV));
        }
        Optional<Value> branch = rev;
        return last.map(said -> new Taken(said, branch));
    }

    private boolean notesSource(OpId op) {
        return log.op(tx, op).stream()
                .flatMap(said -> Stream.of(Field.SOURCE_HASH, Field.SOURCE_PATH).map(said::value))
                .anyMatch(Optional::isPresent);
    }
}
