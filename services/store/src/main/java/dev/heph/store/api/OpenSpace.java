package dev.heph.store.api;

import dev.heph.model.id.IdMint;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Answers;
import dev.heph.runtime.Call;
import dev.heph.runtime.Health;
import dev.heph.store.backup.Backup;
import dev.heph.store.backup.PutBack;
import dev.heph.store.command.Params;
import dev.heph.store.db.Database;
import dev.heph.store.db.Soundness;
import dev.heph.store.db.StorageException;
import dev.heph.store.db.Writer;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.exchange.Snapshots;
import dev.heph.store.log.Space;
import dev.heph.store.query.Completing;
import dev.heph.store.query.ConflictList;
import dev.heph.store.query.Dates;
import dev.heph.store.query.Db;
import dev.heph.store.query.DeviceList;
import dev.heph.store.query.Exports;
import dev.heph.store.query.Files;
import dev.heph.store.query.FreshLists;
import dev.heph.store.query.Graph;
import dev.heph.store.query.Journals;
import dev.heph.store.query.Links;
import dev.heph.store.query.Lookup;
import dev.heph.store.query.Missing;
import dev.heph.store.query.Nodes;
import dev.heph.store.query.OpenTasks;
import dev.heph.store.query.Recurring;
import dev.heph.store.query.Scopes;
import dev.heph.store.query.Search;
import dev.heph.store.query.SpaceFigures;
import dev.heph.store.query.TaskList;
import dev.heph.store.query.Tasks;
import dev.heph.store.query.Texts;
import dev.heph.store.replica.Identity;
import dev.heph.store.replica.Replica;
import dev.heph.store.replica.Upgrade;
import dev.heph.store.view.Words;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Puts the parts of the store together: the data of one person, open. */
final class OpenSpace implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpenSpace.class.getName());

    /** How long a question to a hub may wait for what was taken to be shown. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long it is told that this device has a new id; the doctor says it for ever. */
    private static final Duration NEWS = Duration.ofDays(14);

    /** With less than that left hardly a note can be written. */
    private static final long LITTLE_BYTES = 64 << 10;

    private final Writer writer;
    private final Db db;
    private final Answers answers;
    private final Backups backups;
    private final TaskReads tasks;
    private final Clock clock;
    private final Soundness soundness;
    private final Visits visits;
    private final SpaceReport report;
    private final Supplier<List<Doctor.Check>> verifying;

    private OpenSpace(Writer writer, Db db, Answers answers, Backups backups, TaskReads tasks, Clock clock, Soundness soundness, Visits visits,
            SpaceReport report, Supplier<List<Doctor.Check>> verifying) {
        this.writer = writer;
        this.db = db;
        this.answers = answers;
        this.backups = backups;
        this.tasks = tasks;
        this.clock = clock;
        this.soundness = soundness;
        this.visits = visits;
        this.report = report;
        this.verifying = verifying;
    }

    /** @param database in a directory with its key, which nobody else may have open */
    static OpenSpace of(Database database, Terms terms) {
        Path data = database.file().getParent();
        Dates dates = terms.dates();
        Clock clock = terms.clock();
        SecureRandom random = terms.random();
        Space space = Space.PERSONAL;
        Identity identity = Identity.beside(database, terms.deviceName(), () -> PutBack.seed(database), () -> random.generateSeed(32));
        Replica replica = new Replica(space, identity, clock, new IdMint(clock::millis, random::nextLong), random::nextLong);
        Writer writer = new Writer(database.openWriter(data.resolve("backups"), clock.instant()), replica::forget, Words::tidy);
        Upgrade.run(writer, replica, () -> database.copy(data.resolve("backups"), "merge", clock.instant()));
        writer.write(tx -> {
            PutBack.unpack(tx);
            return replica.goOnAfterRestore(tx);
        });
        while (writer.write(replica::rereadSome)) {
            LOG.log(System.Logger.Level.INFO, "reading notes anew for this version of heph");
        }
        Db db = new Db(database);
        Recurring recurring = new Recurring(db, space.num(), dates);
        Nodes nodes = new Nodes(db, space.num(), dates, recurring);
        Lookup lookup = new Lookup(db, space.num(), recurring);
        OpenTasks open = new OpenTasks(db, space.num(), dates, recurring);
        Doctor doctor = new Doctor(database, space, () -> Optional.of(replica.device()));
        doctor.tidy();
        Reads reads = new Reads(db, lookup, nodes, new Links(db, space.num()), new Texts(db, space, nodes), new Graph(db, space.num()),
                new Missing(db, space.num()), new Search(db, space.num(), lookup, dates), new Completing(db, space.num()),
                new Exports(db, space.num(), nodes), new Files(db, space.num(), replica::device), doctor, () -> writer.write(tx -> {
                    Words.catchUp(tx);
                    return null;
                }));
        TaskList list = new TaskList(db, space.num(), dates, recurring);
        TaskReads taskReads = new TaskReads(reads, db, lookup, open, list, new Tasks(db, space.num(), list, new Scopes(db, space.num()), open),
                recurring, space.num(), clock);
        Growth growth = new Growth();
        Changes changes = new Changes(ids -> db.read(() -> nodes.revs(ids)));
        Transactions transactions = new Transactions(writer, replica, changes, open, new FreshLists(db, space.num(), recurring), db,
                growth);
        Mutations mutations = new Mutations(transactions, reads, recurring);
        JournalCalls journals = new JournalCalls(transactions, reads, db, new Journals(db, space.num()));
        TaskMutations tasks = new TaskMutations(transactions, reads, recurring);
        Undoing undoing = new Undoing(transactions, replica);
        Settlements settlements = new Settlements(transactions, db, new ConflictList(db, space));
        Histories histories = new Histories(transactions, reads, db, recurring, space, dates);
        SnapshotCalls snapshots = new SnapshotCalls(transactions, replica, db, doctor,
                new Snapshots(database, space, data.resolve("snapshot"), replica::key), data.resolve("incoming"),
                () -> database.copy(data.resolve("backups"), "snapshot", clock.instant()));
        Exchanges exchanges = new Exchanges(transactions, replica, db, clock);
        Visits visits = new Visits(data.resolve("visits.json"), clock);
        HubExchanges hub = new HubExchanges(transactions, replica, db, visits, exchanges::heads, snapshots::taken);
        growth.of(exchanges::howFar);
        UnaryOperator<Call> current = call -> request -> {
            transactions.show();
            return call.answer(request);
        };
        // A hub is asked now and then and takes all the time; a device shows what it took before it says that it is in sync.
        UnaryOperator<Call> asked = call -> terms.hub() ? request -> {
            transactions.show(PATIENCE);
            return call.answer(request);
        } : call;
        if (terms.hub()) {
            exchanges.becomeHub(new IdMint(clock::millis, random::nextLong).mint());
        }
        DeviceList written = new DeviceList(db, space);
        DeviceCalls devices = new DeviceCalls(transactions, replica, written);
        SpaceReport report = new SpaceReport(replica::device, written, new SpaceFigures(db, space), visits);
        Backups backups = new Backups(
                new Backup(database, data.resolve("device.key"), space), data.resolve("backups"), dates.zone(), clock);
        Soundness soundness = Soundness.of(database);
        Answers answers = snapshots.answering(hub.answering(exchanges.answers()))
                .stream("/log", growth)
                .call("node.get", asked.apply(read(reads::nodeGet)))
                .call("node.list", asked.apply(read(reads::nodeList)))
                .call("node.complete", asked.apply(read(reads::nodeComplete)))
                .call("node.resolve", asked.apply(read(reads::nodeResolve)))
                .call("search", asked.apply(read(reads::search)))
                .call("text.read", asked.apply(read(reads::textRead)))
                .call("links.outgoing", asked.apply(read(reads::outgoing)))
                .call("links.backlinks", asked.apply(read(reads::backlinks)))
                .call("links.unresolved", asked.apply(read(reads::unresolved)))
                .call("links.orphans", asked.apply(read(reads::orphans)))
                .call("links.neighbours", asked.apply(read(reads::neighbours)))
                .call("links.path", asked.apply(read(reads::path)))
                .call("next", asked.apply(read(taskReads::next)))
                .call("board", asked.apply(read(taskReads::board)))
                .call("project.list", asked.apply(read(params -> taskReads.projects())))
                .call("tag.list", asked.apply(read(params -> taskReads.tags())))
                .call("item.list", asked.apply(read(taskReads::items)))
                .call("log.list", asked.apply(read(taskReads::log)))
                .call("task.list", asked.apply(read(taskReads::list)))
                .call("waiting", asked.apply(read(params -> taskReads.waiting())))
                .call("on_deck", asked.apply(read(params -> taskReads.onDeck())))
                .call("counts", asked.apply(read(params -> taskReads.counts())))
                .call("conflicts.list", asked.apply(read(settlements::list)))
                .call("conflicts.resolve", asked.apply(write(settlements::resolve)))
                .call("history", asked.apply(read(histories::history)))
                .call("node.restore", asked.apply(write(histories::nodeRestore)))
                .call("restore", asked.apply(write(histories::restore)))
                .call("export.page", current.apply(read(reads::exportPage)))
                .call("doctor", read(params -> reads.doctor(params, transactions::still)))
                .call("backup", read(backups::make))
                .call("device.list", read(params -> devices.list()))
                .call("device.name", write(devices::name))
                .call("device.revoke", write(devices::revoke))
                .call("node.create", asked.apply(write(mutations::nodeCreate)))
                .call("node.update", asked.apply(write(mutations::nodeUpdate)))
                .call("node.rename", asked.apply(write(mutations::nodeRename)))
                .call("node.tombstone", asked.apply(write(mutations::nodeTombstone)))
                .call("link.add", asked.apply(write(mutations::linkAdd)))
                .call("link.remove", asked.apply(write(mutations::linkRemove)))
                .call("alias.add", asked.apply(write(mutations::aliasAdd)))
                .call("alias.remove", asked.apply(write(mutations::aliasRemove)))
                .call("task.create", asked.apply(write(tasks::create)))
                .call("task.set_state", asked.apply(write(tasks::setState)))
                .call("task.set_attention", asked.apply(write(tasks::setAttention)))
                .call("task.set_schedule", asked.apply(write(tasks::setSchedule)))
                .call("task.set_project", asked.apply(write(tasks::setProject)))
                .call("task.set_recurrence", asked.apply(write(tasks::setRecurrence)))
                .call("task.skip", asked.apply(write(tasks::skip)))
                .call("task.occurrences", asked.apply(read(taskReads::occurrences)))
                .call("task.coming", asked.apply(read(taskReads::coming)))
                .call("task.change", asked.apply(write(tasks::changeAll)))
                .call("task.promote", asked.apply(write(tasks::promote)))
                .call("tag.add", asked.apply(write(tasks::tagAdd)))
                .call("tag.remove", asked.apply(write(tasks::tagRemove)))
                .call("log.append", asked.apply(write(tasks::logAppend)))
                .call("item.add", asked.apply(write(tasks::itemAdd)))
                .call("item.set_state", asked.apply(write(tasks::setItemState)))
                .call("journal.of", asked.apply(read(journals::of)))
                .call("journal.near", asked.apply(read(journals::near)))
                .call("journal.open_or_create", asked.apply(write(journals::open)))
                .call("project.create", asked.apply(write(tasks::projectCreate)))
                .call("project.move", asked.apply(write(tasks::projectMove)))
                .call("undo", asked.apply(write(undoing::undo)))
                .call("redo", asked.apply(write(undoing::redo)))
                .call("task.import", asked.apply(write(tasks::importBatch)))
                .call("import.files", current.apply(read(reads::importFiles)))
                .call("import.batch", asked.apply(write(mutations::importBatch)))
                .call("import.nodes", asked.apply(write(mutations::importNodes)))
                .stream("/changes", changes)
                .refusing(soundness::noticed);
        if (terms.hub()) {
            snapshots.taken();
        }
        snapshots.begin();
        Thread.ofVirtual().name("shows what was taken").start(() -> aside(transactions::show));
        if (!terms.hub()) { // The first "what is next?" need not wait until all tasks are read.
            Thread.ofVirtual().name("reads what is open").start(() -> aside(() -> db.read(() -> open.now(0))));
        }
        return new OpenSpace(writer, db, answers, backups, taskReads, clock, soundness, visits, report, () -> doctor.verify(transactions::still));
    }

    private static void aside(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException stopping) {
            LOG.log(System.Logger.Level.DEBUG, "left for the next start", stopping);
        }
    }

    private static Call read(Function<Params, com.fasterxml.jackson.databind.JsonNode> method) {
        return request -> Answer.of(method.apply(new Params(request.params())));
    }

    private static Call write(BiFunction<Params, String, com.fasterxml.jackson.databind.JsonNode> method) {
        return request -> Answer.of(method.apply(new Params(request.params()), request.client().orElse("")));
    }

    /** Nothing is written to find out. */
    Health health() {
        if (!sound()) {
            return Health.down(StorageException.DAMAGED);
        }
        if (writer.full() || soundness.room() < LITTLE_BYTES) {
            return Health.down("the disk is full: nothing can be written; free some space");
        }
        Map<String, Object> counts = new LinkedHashMap<>();
        tasks.counts().properties().forEach(count -> counts.put(count.getKey(), count.getValue().longValue()));
        Object unapplied = counts.get("unapplied_count");
        String waiting = unapplied.equals(0L) ? "" : "; " + unapplied + " ops wait for a newer heph";
        String renewed = tasks.newId().filter(id -> id.since().plus(NEWS).isAfter(clock.instant())).map(id -> "; " + id).orElse("");
        return new Health(true, "ready" + waiting + renewed, counts);
    }

    /** Whether its database is still there and can be read. */
    boolean sound() {
        return soundness.holds();
    }

    /** Such as {@code conflict_count}. */
    long count(String name) {
        return tasks.totals().path(name).asLong();
    }

    /** What this answers. */
    Answers answers() {
        return answers;
    }

    /** Where a backup is made of it. */
    Backups backups() {
        return backups;
    }

    /** What its hub tells of it to who runs that. */
    SpaceReport report() {
        return report;
    }

    /** Reads the whole log and makes everything anew from it. */
    List<Doctor.Check> verify() {
        return verifying.get();
    }

    /** How many wait for their turn to write in it. */
    int queue() {
        return writer.queue();
    }

    /** Finishes what is under way and lets go of the data, the writer last: then everything is in the one file. */
    @Override
    public void close() {
        visits.close();
        writer.finish();
        db.close();
        writer.close();
    }
}
