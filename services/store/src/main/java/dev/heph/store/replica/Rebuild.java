package dev.heph.store.replica;

import dev.heph.model.op.Bundle;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.Texts;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import dev.heph.store.view.Words;
import java.util.List;

/** Makes every fact and view of a space anew from the log of another database. */
public final class Rebuild {
    private Rebuild() {}

    /**
     * @param from the database whose log is read
     * @param to an empty database, within a transaction
     */
    public static void run(Tx from, Tx to, Space space) {
        Intake intake = new Intake(space, new Devices(space), new Texts(space));
        new Log(space, new Devices(space)).replay(from, bundle -> take(intake, to, bundle));
        Words.catchUp(to);
    }

    /** Adds bundles to a database that holds what comes before them. @param to within a transaction */
    public static void add(Tx to, Space space, List<Bundle> bundles) {
        Intake intake = new Intake(space, new Devices(space), new Texts(space));
        bundles.forEach(bundle -> take(intake, to, bundle));
    }

    private static void take(Intake intake, Tx to, Bundle bundle) {
        SqlFacts facts = intake.facts(to);
        intake.take(to, facts, bundle);
        intake.settle(to, facts);
    }
}
