package dev.heph.bench;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.RpcClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** The figures of a person's notes: taking them in, changing them, finding them. All through the socket. */
final class Notes {
    private static final int CALLS = 1_000;
    private static final int WARM_UP = 1_000;
    private static final int QUERIES = 200;
    private static final int EDITED = 50;
    private static final int EDITED_LENGTH = 2_500;
    private static final int CLIENTS = 16;
    private static final int MUTATIONS_EACH = 200;

    private final Device device;
    private final Path work;
    private final Table table;
    private final long seed;
    private final Words words;
    private final Vault vault;
    private final Path folder;

    /** @param size how many notes the vault has */
    Notes(Device device, Path work, Table table, long seed, int size) throws Exception {
        this.device = device;
        this.work = work;
        this.table = table;
        this.seed = seed;
        Random random = new Random(seed);
        this.words = new Words(random, Vault.VOCABULARY);
        this.vault = Vault.of(random, words, size);
        this.folder = work.resolve("vault");
        vault.write(folder);
    }

    /** Takes the vault in and uses it; heph has to be up, and is left with everything in it. */
    void measure() throws Exception {
        try (RawSqlite raw = new RawSqlite(work.resolve("raw.db")); RpcClient rpc = device.connect()) {
            takeIn(raw, rpc);
            read(raw, rpc);
            change(raw, rpc);
        }
    }

    Path folder() {
        return folder;
    }

    private void takeIn(RawSqlite raw, RpcClient rpc) throws Exception {
        long bytes = 0;
        for (Vault.Note note : vault.notes()) {
            bytes += Files.size(folder.resolve(note.path()));
        }
        String what = "import of %,d notes, %.1f MB, %,d links".formatted(vault.notes().size(), bytes / 1e6, vault.links());
        long floor = Samples.once(once -> raw.load(folder, vault.notes()));
        long begun = System.nanoTime();
        Json answer = Clients.call(rpc, "import", "path", folder.toString());
        table.time(what, 10_000, System.nanoTime() - begun, floor);
        require(answer.at("created").number() == vault.notes().size(), "an import that took everything in, not " + answer);
        table.memory("memory of the four after the import", 0, device.memoryOfServices());
        begun = System.nanoTime();
        answer = Clients.call(rpc, "import", "path", folder.toString());
        table.time("the same import again", 0, System.nanoTime() - begun, 0);
        require(answer.at("unchanged").number() == vault.notes().size(), "an import that changed nothing, not " + answer);
    }

    private void read(RawSqlite raw, RpcClient rpc) throws Exception {
        List<String> ids = Clients.call(rpc, "node.list", "kind", "doc", "limit", 10_000).at("nodes").list().stream()
                .map(node -> node.at("id").text())
                .toList();
        Random random = new Random(seed);
        table.calls("node.get, the first 100 since the start", 0,
                Samples.of(0, 100, round -> Clients.call(rpc, "node.get", "id", ids.get(random.nextInt(ids.size())))),
                raw.gets(CALLS));
        table.calls("node.get", 2,
                Samples.of(WARM_UP, CALLS, round -> Clients.call(rpc, "node.get", "id", ids.get(random.nextInt(ids.size())))),
                raw.gets(CALLS));
        List<String> queries = Queries.of(random, words, vault.notes(), QUERIES);
        table.calls("search, " + QUERIES + " different queries", 20,
                Samples.of(QUERIES, QUERIES, round -> Clients.call(rpc, "search", "query", queries.get(Math.abs(round) % QUERIES))),
                raw.searches(QUERIES, queries));
        table.calls("links.backlinks", 0,
                Samples.of(WARM_UP, CALLS, round -> Clients.call(rpc, "links.backlinks", "id", ids.get(random.nextInt(ids.size())))),
                raw.backlinks(CALLS, vault.notes().get(vault.notes().size() / 2).title()));
        String popular = Clients.call(rpc, "node.resolve", "name", vault.mostLinked()).at("node").at("id").text();
        int links = Clients.call(rpc, "links.backlinks", "id", popular).list().size();
        table.calls("links.backlinks of a note with %,d".formatted(links), 0,
                Samples.of(10, 100, round -> Clients.call(rpc, "links.backlinks", "id", popular)),
                raw.backlinks(100, vault.mostLinked()));
    }

    private void change(RawSqlite raw, RpcClient rpc) throws Exception {
        Random random = new Random(seed);
        String[] bodies = new String[EDITED];
        String[] ids = new String[EDITED];
        for (int at = 0; at < EDITED; at++) {
            bodies[at] = text(random);
            ids[at] = Clients.call(rpc, "node.create", "kind", "doc", "title", "edited " + at, "body", bodies[at]).at("id").text();
        }
        Samples disk = Disk.appends(work.resolve("appends"), CALLS / 2);
        Samples commits = raw.commits(CALLS / 2, bodies[0]);
        table.calls("the disk: a 4 KB append, on disk", 0, disk, disk);
        table.calls("raw SQLite: one row, committed", 0, commits, disk);
        table.calls("node.update of a 2.5 KB body", 5,
                Samples.of(WARM_UP, CALLS, round -> {
                    int note = Math.abs(round) % EDITED;
                    int at = bodies[note].indexOf(' ', random.nextInt(EDITED_LENGTH - 100));
                    bodies[note] = bodies[note].substring(0, at) + " " + words.any(random) + bodies[note].substring(at);
                    Clients.call(rpc, "node.update", "id", ids[note], "body", bodies[note]);
                }),
                commits);
        table.calls("node.create with a 2.5 KB body", 5,
                Samples.of(WARM_UP, CALLS, round ->
                        Clients.call(rpc, "node.create", "kind", "doc", "title", "created " + round, "body", bodies[Math.abs(round) % EDITED])),
                commits);
        table.calls("task.create", 5,
                Samples.of(WARM_UP, CALLS, round -> Clients.call(rpc, "task.create", "title", words.any(random) + " " + round)),
                commits);
        table.calls("next, of %,d tasks".formatted(WARM_UP + CALLS), 0, Samples.of(CALLS / 10, CALLS / 2, round -> Clients.call(rpc, "next")), raw.gets(CALLS / 2));
        long nanos = new Clients(device, words, seed).run(CLIENTS, MUTATIONS_EACH);
        int mutations = CLIENTS * MUTATIONS_EACH;
        table.time(CLIENTS + " clients, " + MUTATIONS_EACH + " mutations each, none lost", 0, nanos, commits.median() * mutations);
        table.fact("mutations a second of these", "%,.0f".formatted(mutations / (nanos / 1e9)));
    }

    private String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int word = 1; text.length() < EDITED_LENGTH; word++) {
            text.append(words.any(random)).append(word % 12 == 0 ? ".\n" : " ");
        }
        return text.toString();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("expected " + what);
        }
    }
}
