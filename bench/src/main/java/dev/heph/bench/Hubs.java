package dev.heph.bench;

import dev.heph.cli.rpc.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Other programs' servers between devices doing the same work: bench/peers/sync/hubs.mjs, if it is installed. */
final class Hubs {
    private static final List<String> PEERS = List.of("actual", "pouchdb");

    private final Path scripts;

    Hubs(Path checkout) {
        this.scripts = checkout.resolve("bench/peers/sync");
    }

    void beside(Table table, int ops) throws IOException, InterruptedException {
        if (!Files.exists(scripts.resolve("node_modules"))) {
            System.out.println("other servers are left out: bench/peers/sync/install brings them");
            return;
        }
        for (String peer : PEERS) {
            Process process = new ProcessBuilder("node", scripts.resolve("hubs.mjs").toString(), peer, "" + ops)
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(peer + " failed");
            }
            row(table, peer, ops, Json.parse(said.strip()));
        }
    }

    private static void row(Table table, String peer, int ops, Json figures) {
        table.time("%s: %,d ops pushed, 1,000 a request".formatted(peer, ops), 0, nanos(figures, "push_ms"), 0);
        table.time(peer + ": one op pushed", 0, nanos(figures, "single_ms"), 0);
        table.time(peer + ": a fresh device takes them", 0, nanos(figures, "fresh_ms"), 0);
        table.fact(peer + ": what it does with an op", figures.at("does").text());
    }

    private static long nanos(Json figures, String name) {
        return Math.round(Double.parseDouble(figures.at(name).toString()) * 1e6);
    }
}
