package dev.heph.bench;

import dev.heph.cli.rpc.RpcClient;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Path checkout;
    private final Path work;
    private final Table table = new Table("floor", "× floor");

    private Bench(Path checkout, Path work) {
        this.checkout = checkout;
        this.work = work;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> given = Arrays.asList(arguments);
        int notes = given.contains("--notes") ? Integer.parseInt(given.get(given.indexOf("--notes") + 1)) : NOTES;
        Path checkout = Path.of(System.getProperty("heph.root")).toRealPath();
        // Not in the tmp dir, which may be memory: that would make no write durable.
        Path work = Files.createTempDirectory(Files.createDirectories(checkout.resolve("bench/target")), "run");
        Machine before = Machine.now(checkout);
        Bench bench = new Bench(checkout, work);
        limit();
        bench.run(notes);
        String report = before.words() + "; load " + before.load() + " before, " + Machine.now(checkout).load() + " after.\n\n"
                + bench.table.markdown();
        System.out.println(report);
        if (given.contains("--report")) {
            Report.of("bench", checkout.resolve("docs/benchmarks.md")).replace(report);
        }
    }

    private void run(int notes) throws Exception {
        Device device = new Device(checkout, work.resolve("four"));
        // Whatever ends this, a failure or Ctrl-C, stops what it started.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(device)));
        Processes processes = new Processes(checkout, work, table);
        processes.starts(device);
        Notes measured = new Notes(device, work, table, SEED, notes);
        measured.measure();
        table.memory("memory of the four at the end", 0, device.memoryOfServices());
        try (RpcClient rpc = device.connect()) {
            String id = Clients.call(rpc, "node.resolve", "name", "edited 0").at("node").at("id").text();
            processes.commands(device, id, "x");
        }
        device.heph("down");
        processes.light(measured.folder());
    }

    private void cleanUp(Device device) {
        try {
            device.close();
            Device.delete(work);
        } catch (Exception e) {
            System.err.println("bench: " + work + " could not be cleaned up: " + e.getMessage());
        }
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
