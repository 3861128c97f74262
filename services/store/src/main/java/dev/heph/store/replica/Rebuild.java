package dev.heph.store.replica;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Bundle;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.Texts;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import dev.heph.store.view.Words;
import java.util.List;
import java.util.Optional;

/** Makes every fact and view of a space anew from the log of another database. */
public final class Rebuild {
    private Rebuild() {}

    /**
     * @param from the database whose log is read
     * @param to an empty database, within a transaction
     * @param own whose database it is, and whose writing therefore always counts; empty: nobody's
     */
    public static void run(Tx from, Tx to, Space space, Optional<DeviceId> own) {
        Intake intake = new Intake(space, new Devices(space), new Texts(space), () -> own);
        new Log(space, new Devices(space)).replay(from, bundle -> take(intake, to, bundle));
        Words.catchUp(to);
    }

    /** Adds what a device wrote to a database of its that holds what comes before it. @param to within a transaction */
    public static void add(Tx to, Space space, DeviceId own, List<Bundle> bundles) {
        Intake intake = new Intake(space, new Devices(space), new Texts(space), () -> Optional.of(own));
        bundles.forEach(bundle -> take(intake, to, bundle));
    }

    private static void take(Intake intake, Tx to, Bundle bundle) {
        SqlFacts facts = intake.facts(to);
        intake.take(to, facts, bundle);
        intake.settle(to, facts);
    }
}
