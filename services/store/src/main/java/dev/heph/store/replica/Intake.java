package dev.heph.store.replica;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Merge;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.WireException;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.Texts;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import dev.heph.store.view.Views;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The one way a bundle gets into a database, whoever wrote it: into the log, merged into the facts, shown in the views. */
final class Intake {
    private final Space space;
    private final Devices devices;
    private final Texts texts;
    private final Log log;
    private final Reading reading;
    private final Supplier<Optional<DeviceId>> own;

    /** @param own whose writing is never left out: this device's, once it has any */
    Intake(Space space, Devices devices, Texts texts, Supplier<Optional<DeviceId>> own) {
        this(space, devices, texts, own, Bundle::ops);
    }

    Intake(Space space, Devices devices, Texts texts, Supplier<Optional<DeviceId>> own, Reading reading) {
        this.own = own;
        this.space = space;
        this.devices = devices;
        this.texts = texts;
        this.reading = reading;
        this.log = new Log(space, devices);
    }

    SqlFacts facts(Tx tx) {
        return new SqlFacts(tx, space, devices, texts, own.get());
    }

    /** Appends a bundle that is new here and in its turn, and makes its ops facts; one that cannot be read is kept as it is. */
    void take(Tx tx, SqlFacts facts, Bundle bundle) {
        log.append(tx, bundle);
        apply(tx, facts, bundle);
    }

    /** Makes facts of a bundle of the log. */
    private void apply(Tx tx, SqlFacts facts, Bundle bundle) {
        List<Op> ops;
        try {
            ops = reading.ops(bundle);
        } catch (WireException unreadable) {
            facts.saw(bundle.header().device(), bundle.header().firstSeq(), bundle.header().heads());
            log.unread(tx, bundle);
            return;
        }
        facts.expect(ops.stream().filter(Op.NodeSet.class::isInstance).map(Op::target).toList());
        Set<OpId> unapplied = new HashSet<>(Merge.apply(facts, bundle, ops));
        log.index(tx, bundle, ops, unapplied);
    }

    /** Makes every fact and view anew from the log, within this transaction; gives all that is shown. */
    Set<Id> again(Tx tx) {
        log.forgetEnds(tx);
        Set<Id> shown = replayed(tx);
        return devices.countsTooMuch(tx, own.get()) ? replayed(tx) : shown;
    }

    /** Makes everything anew with the ends of rights that are known by now. */
    private Set<Id> replayed(Tx tx) {
        texts.forget();
        log.forgetWhatFollows(tx);
        Progress progress = new Progress(log.count(tx));
        Set<Id> shown = new HashSet<>();
        log.replay(tx, bundle -> {
            SqlFacts facts = facts(tx);
            apply(tx, facts, bundle);
            shown.addAll(refresh(tx, facts));
            progress.step();
        });
        tx.run("UPDATE spaces SET merge_version = ? WHERE num = ?", Merge.VERSION, space.num());
        return shown;
    }

    boolean isCurrent(Tx tx) {
        return tx.first("SELECT merge_version FROM spaces WHERE num = ?", row -> row.getInt(1), space.num()).equals(Optional.of(Merge.VERSION));
    }

    private static final int SOME = 200;

    /** @return whether there are more */
    boolean rereadSome(Tx tx) {
        List<Id> stale = tx.all("SELECT entity FROM stale WHERE space = ? LIMIT " + SOME, row -> Id.of(row.getBytes(1)), space.num());
        Views views = new Views(tx, space, facts(tx));
        for (Id id : stale) {
            views.reread(id);
            tx.run("DELETE FROM stale WHERE space = ? AND entity = ?", space.num(), id);
        }
        texts.trim();
        return stale.size() == SOME;
    }

    /** Saves the texts that changed, and notes what is to be shown otherwise, for {@link #show}; gives what shows otherwise already. */
    Set<Id> defer(Tx tx, SqlFacts facts) {
        if (facts.hasRevoked() && devices.countsTooMuch(tx, own.get())) {
            return replayed(tx);
        }
        texts.flush(tx);
        Map<Id, SqlFacts.Touched> touched = facts.takeTouched();
        Views views = new Views(tx, space, facts);
        touched.forEach((entity, how) -> {
            if (how.body()) {
                views.keepBody(entity);
            }
        });
        touched.forEach((entity, how) -> tx.run("INSERT INTO unshown (space, entity, least, greatest, body) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET least = min(least, excluded.least), greatest = max(greatest, excluded.greatest),"
                        + " body = max(body, excluded.body)",
                space.num(), entity, how.least(), how.greatest(), how.body()));
        texts.trim();
        return Set.of();
    }

    /** Refreshes the views of some entities that were deferred; gives what shows otherwise, nothing when there are none left. */
    Set<Id> show(Tx tx) {
        Map<Id, SqlFacts.Touched> some = new LinkedHashMap<>();
        tx.each("SELECT entity, least, greatest, body FROM unshown WHERE space = ? LIMIT " + SOME,
                row -> some.put(Id.of(row.getBytes(1)), new SqlFacts.Touched(Hlc.of(row.getBytes(2)), Hlc.of(row.getBytes(3)), row.getBoolean(4))),
                space.num());
        if (some.isEmpty()) {
            return Set.of();
        }
        Set<Id> changed = new Views(tx, space, facts(tx)).refresh(some);
        some.keySet().forEach(entity -> tx.run("DELETE FROM unshown WHERE space = ? AND entity = ?", space.num(), entity));
        texts.trim();
        return changed;
    }

    /**
     * Saves the texts that changed and refreshes the views of everything touched; gives what shows otherwise. If it turned out that something here does
     * not count, everything is made anew.
     */
    Set<Id> settle(Tx tx, SqlFacts facts) {
        return facts.hasRevoked() && devices.countsTooMuch(tx, own.get()) ? replayed(tx) : refresh(tx, facts);
    }

    private Set<Id> refresh(Tx tx, SqlFacts facts) {
        texts.flush(tx);
        Map<Id, SqlFacts.Touched> touched = facts.takeTouched();
        Set<Id> changed = new Views(tx, space, facts).refresh(touched);
        texts.trim();
        return changed;
    }
}
