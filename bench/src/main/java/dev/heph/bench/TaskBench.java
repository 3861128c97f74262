package dev.heph.bench;

import dev.heph.cli.rpc.RpcClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A day of tasks beside Taskwarrior, command by command, and at the socket. {@code --sizes 1000,10000} takes other numbers of tasks,
 * {@code --report} writes the table to docs/benchmarks.md as well.
 */
public final class TaskBench {
    private static final long SEED = 20_261_121;
    private static final int COMMANDS = 7;
    private static final int ADDS = 100;
    private static final int CALLS = 1_000;

    private final Workplace place;
    private final Table table = new Table("Taskwarrior", "× Taskwarrior");

    private TaskBench(Workplace place) {
        this.place = place;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> given = Arrays.asList(arguments);
        String sizes = given.contains("--sizes") ? given.get(given.indexOf("--sizes") + 1) : "1000,10000,100000";
        TaskBench bench = new TaskBench(Workplace.open("tasks"));
        Machine before = Machine.now(bench.place.checkout());
        String peer = Taskwarrior.version().orElse("");
        if (peer.isEmpty()) {
            System.err.println("bench: no Taskwarrior to compare with; install it (Debian: apt install taskwarrior)");
        }
        for (String size : sizes.split(",")) {
            bench.run(Integer.parseInt(size), !peer.isEmpty());
        }
        Report.give("tasks", bench.place.checkout(), before, ", Taskwarrior " + peer, bench.table, given);
    }

    /** Something that is done once in each round, as a person does it. */
    private interface Deed {
        void run(int round) throws Exception;
    }

    private void run(int size, boolean beside) throws Exception {
        Path file = TaskFile.write(place.file(size + ".json"), size, SEED);
        Taskwarrior peer = new Taskwarrior(place.file("taskwarrior" + size));
        String of = "%,d tasks: ".formatted(size);
        try (Device heph = place.device("heph" + size)) {
            heph.heph("up");
            once(of + "import", round -> heph.heph("import", "--from", "taskwarrior", file.toString()), beside, round -> peer.task("import", file.toString()));
            some(of + "next", round -> heph.heph("next"), beside, round -> peer.task("next", "limit:5"));
            some(of + "add", round -> heph.heph("add", "Pay rent " + round), beside, round -> peer.task("add", "Pay", "rent", "" + round));
            some(of + "done", round -> heph.heph("done", "Pay rent " + round), beside,
                    round -> peer.task("description:Pay rent " + round, "done"));
            some(of + "text filter", round -> heph.heph("tasks", "rent"), beside, round -> peer.task("/rent/", "list"));
            once(of + ADDS + " adds, one by one", round -> repeat(heph::heph), beside, round -> repeat(peer::task));
            socket(of, heph);
        }
    }

    private interface Command {
        void run(String... words) throws Exception;
    }

    private static void repeat(Command command) throws Exception {
        for (int add = 0; add < ADDS; add++) {
            command.run("add", "Buy milk " + add);
        }
    }

    private void once(String what, Deed heph, boolean beside, Deed peer) throws Exception {
        table.time(what, 0, Samples.once(heph::run), beside ? Samples.once(peer::run) : 0);
    }

    private void some(String what, Deed heph, boolean beside, Deed peer) throws Exception {
        Samples taken = Samples.of(1, COMMANDS, heph::run);
        table.time(what, 120, taken.median(), beside ? Samples.of(1, COMMANDS, peer::run).median() : 0);
    }

    private void socket(String of, Device heph) throws Exception {
        Random random = new Random(SEED);
        try (RpcClient rpc = heph.connect()) {
            String[] ids = new String[2 * CALLS];
            table.calls(of + "add, at the socket", 5, Samples.of(CALLS, CALLS, round -> ids[CALLS + round] =
                    Clients.call(rpc, "task.create", "title", "call " + random.nextInt(1_000)).at("id").text()));
            table.calls(of + "done, at the socket", 5, Samples.of(CALLS, CALLS, round ->
                    Clients.call(rpc, "task.set_state", "id", ids[CALLS + round], "state", "done")));
            table.calls(of + "next, at the socket", 10, Samples.of(CALLS, CALLS, round -> Clients.call(rpc, "next")));
            table.calls(of + "next after an add, at the socket", 10, Samples.ofSecond(200, 500,
                    round -> Clients.call(rpc, "task.create", "title", "again " + round), round -> Clients.call(rpc, "next")));
        }
    }
}
