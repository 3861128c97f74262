package dev.heph.bench;

import dev.heph.cli.rpc.RpcClient;
import java.nio.file.Path;
import java.util.List;

/** The figures of the processes: how soon they are there, what they weigh, how long a command takes. */
final class Processes {
    private static final int STARTS = 5;
    private static final int COMMANDS = 15;

    private final Workplace place;
    private final Table table;

    Processes(Workplace place, Table table) {
        this.place = place;
        this.table = table;
    }

    /** Of the four processes; they are up afterwards. */
    void starts(Device device) throws Exception {
        table.time("heph up, until the four are ready", 1_500, median(device, "up"), jvm());
        table.memory("memory of the four after that", 300, device.memoryOfServices());
        table.memory("memory of their supervisor", 0, device.memory("supervisor"));
    }

    /** Of all services in one process, with the notes of {@code folder} taken in. */
    void light(Path folder) throws Exception {
        try (Device device = place.device("light")) {
            table.time("heph up --light, until it is ready", 800, median(device, "up", "--light"), jvm());
            table.memory("memory of --light after that", 110, device.memory("light"));
            try (RpcClient rpc = device.connect()) {
                long nanos = Samples.once(once -> Clients.call(rpc, "import", "path", folder.toString()));
                table.time("the import with --light", 0, nanos, 0);
            }
            table.memory("memory of --light after the import", 0, device.memory("light"));
        }
    }

    /** Whole commands, as typed: the shell script, a JVM, a round trip. */
    void commands(Device device, String id, String word) throws Exception {
        long floor = jvm();
        for (List<String> command : List.of(
                List.of("next"), List.of("search", word), List.of("show", id), List.of("add", "Pay", "rent"), List.of("--help"))) {
            String what = command.get(0).equals("show") ? "show ID" : String.join(" ", command);
            Samples taken = Samples.of(2, COMMANDS, round -> device.heph(command.toArray(String[]::new)));
            table.time("heph " + what, 120, taken.median(), floor);
        }
    }

    private static long median(Device device, String... up) throws Exception {
        long[] nanos = new long[STARTS];
        for (int start = 0; start < STARTS; start++) {
            if (start > 0) {
                device.heph("down");
            }
            nanos[start] = Samples.once(once -> device.heph(up));
        }
        java.util.Arrays.sort(nanos);
        return nanos[STARTS / 2];
    }

    /** The floor of everything that starts a process: a JVM that says its version. */
    private static long jvm() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Samples.of(1, COMMANDS, round -> new ProcessBuilder(
                        java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()).median();
    }
}
