package dev.heph.store.replica;

import dev.heph.store.db.Writer;
import java.nio.file.Path;
import java.util.function.Supplier;

/** At the start: facts that another version of heph made become such as this one makes of the same log. */
public final class Upgrade {
    private static final System.Logger LOG = System.getLogger(Upgrade.class.getName());

    private Upgrade() {}

    /** @param copy copies the database to a safe place and says where */
    public static void run(Writer writer, Replica replica, Supplier<Path> copy) {
        if (writer.write(replica::isCurrent)) {
            return;
        }
        if (writer.write(tx -> replica.log().count(tx)) > 0) {
            LOG.log(System.Logger.Level.INFO, "reading the whole log anew for this version of heph; what was there is kept in {0}", copy.get());
        }
        writer.write(replica::again);
    }
}
