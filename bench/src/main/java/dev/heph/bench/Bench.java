package dev.heph.bench;

import dev.heph.cli.rpc.RpcClient;
import java.util.Arrays;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Measures heph and prints its table. {@code --notes N} takes a smaller vault, {@code --report} writes the table to
 * docs/benchmarks.md as well. Ends by itself within five minutes and stops whatever it started.
 */
public final class Bench {
    private static final long SEED = 20_261_121;
    private static final int NOTES = 6_000;
    private static final long PATIENCE_MS = 290_000;

    private final Workplace place;
    private final Table table = new Table("floor", "× floor");

    private Bench(Workplace place) {
        this.place = place;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> given = Arrays.asList(arguments);
        int notes = given.contains("--notes") ? Integer.parseInt(given.get(given.indexOf("--notes") + 1)) : NOTES;
        Bench bench = new Bench(Workplace.open("run"));
        Machine before = Machine.now(bench.place.checkout());
        limit();
        bench.run(notes);
        Report.give("bench", bench.place.checkout(), before, "", bench.table, given);
    }

    private void run(int notes) throws Exception {
        Device device = place.device("four");
        Processes processes = new Processes(place, table);
        processes.starts(device);
        Notes measured = new Notes(device, place.file(""), table, SEED, notes);
        measured.measure();
        table.memory("memory of the four at the end", 0, device.memoryOfServices());
        try (RpcClient rpc = device.connect()) {
            String id = Clients.call(rpc, "node.resolve", "name", "edited 0").at("node").at("id").text();
            processes.commands(device, id, "x");
        }
        device.heph("down");
        processes.light(measured.folder());
    }

    private static void limit() {
        new Timer(true).schedule(new TimerTask() {
            @Override
            public void run() {
                System.err.println("bench: not finished after " + PATIENCE_MS / 1_000 + " s; stopped");
                System.exit(1);
            }
        }, PATIENCE_MS);
    }
}
