package dev.heph.bench;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Progress;
import dev.heph.cli.rpc.Request;
import dev.heph.cli.rpc.RpcClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many surfaces at once, each with a connection of its own, each remembering what was acknowledged to it. */
final class Clients {
    private static final int BODY_WORDS = 120;

    private final Device device;
    private final Words words;
    private final long seed;

    Clients(Device device, Words words, long seed) {
        this.device = device;
        this.words = words;
        this.seed = seed;
    }

    /** The bodies and titles that have to be there afterwards, by id. */
    private record Acknowledged(Map<String, String> bodies, Map<String, String> titles) {}

    /** @return nanoseconds until the last of them had its last answer */
    long run(int clients, int mutationsEach) throws Exception {
        List<Acknowledged> all = new ArrayList<>();
        long nanos = Samples.once(once -> {
            try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
                List<Future<Acknowledged>> running = new ArrayList<>();
                for (int client = 0; client < clients; client++) {
                    Random random = new Random(seed + client);
                    String name = "client " + client;
                    running.add(threads.submit(() -> mutate(random, name, mutationsEach)));
                }
                for (Future<Acknowledged> one : running) {
                    all.add(await(one));
                }
            }
        });
        verify(all);
        return nanos;
    }

    private Acknowledged mutate(Random random, String name, int count) throws Exception {
        Acknowledged kept = new Acknowledged(new LinkedHashMap<>(), new LinkedHashMap<>());
        List<String> notes = new ArrayList<>();
        try (RpcClient rpc = device.connect()) {
            for (int at = 0; at < count; at++) {
                String title = name + " " + at + " " + words.any(random);
                int dice = notes.isEmpty() ? 0 : random.nextInt(20);
                if (dice < 7) {
                    String body = body(random);
                    Json node = call(rpc, "node.create", "kind", "doc", "title", title, "body", body);
                    notes.add(node.at("id").text());
                    kept.titles().put(node.at("id").text(), title);
                    kept.bodies().put(node.at("id").text(), body);
                } else if (dice < 14) {
                    String id = notes.get(random.nextInt(notes.size()));
                    String body = kept.bodies().get(id) + "\n" + body(random);
                    call(rpc, "node.update", "id", id, "body", body);
                    kept.bodies().put(id, body);
                } else if (dice < 18) {
                    kept.titles().put(call(rpc, "task.create", "title", title).at("id").text(), title);
                } else {
                    call(rpc, "alias.add", "id", notes.get(random.nextInt(notes.size())), "alias", title);
                }
            }
        }
        return kept;
    }

    private void verify(List<Acknowledged> all) throws Exception {
        try (RpcClient rpc = device.connect()) {
            for (Acknowledged one : all) {
                for (var title : one.titles().entrySet()) {
                    Json node = call(rpc, "node.get", "id", title.getKey());
                    String body = one.bodies().getOrDefault(title.getKey(), node.at("body").text());
                    if (!node.at("title").text().equals(title.getValue()) || !node.at("body").text().equals(body)) {
                        throw new IllegalStateException("lost: what was acknowledged of node " + title.getKey());
                    }
                }
            }
        }
    }

    private String body(Random random) {
        StringBuilder body = new StringBuilder();
        for (int at = 0; at < BODY_WORDS; at++) {
            body.append(words.any(random)).append(at % 12 == 11 ? ".\n" : " ");
        }
        return body.toString();
    }

    static Json call(RpcClient rpc, String method, Object... namesAndValues) {
        return rpc.call(Request.of(method, namesAndValues), Progress.UNSEEN).json();
    }

    private static Acknowledged await(Future<Acknowledged> one) throws Exception {
        try {
            return one.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
