package dev.heph.bench;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.RpcClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A large folder of notes beside Joplin and ripgrep: taken in, searched, given out. {@code --notes N} takes a smaller one,
 * {@code --report} writes the table to docs/benchmarks.md as well.
 */
public final class NotesBench {
    private static final long SEED = 20_261_121;
    private static final int NOTES = 6_591;
    private static final int CALLS = 1_000;
    private static final int QUERIES = 200;
    private static final int COMMANDS = 21;
    private static final int LETTERS = 4;
    private static final Command RIPGREP = new Command("rg");

    private final Workplace place;
    private final Table table = new Table("beside", "× beside");
    private final Random random = new Random(SEED);
    private final Words words = new Words(random, Vault.VOCABULARY);
    private final Vault vault;
    private final Path folder;
    private final List<String> queries;

    private NotesBench(Workplace place, int size) throws Exception {
        this.place = place;
        this.vault = Vault.of(random, words, size);
        this.folder = place.file("vault");
        vault.write(folder);
        this.queries = Queries.of(random, words, vault.notes(), QUERIES);
    }

    public static void main(String[] arguments) throws Exception {
        List<String> given = Arrays.asList(arguments);
        int size = given.contains("--notes") ? Integer.parseInt(given.get(given.indexOf("--notes") + 1)) : NOTES;
        NotesBench bench = new NotesBench(Workplace.open("notes"), size);
        Machine before = Machine.now(bench.place.checkout());
        Optional<String> joplin = said("Joplin", Joplin.version(), "npm install -g joplin@3.5.1");
        Optional<String> ripgrep = said("ripgrep", RIPGREP.version("--version"), "Debian: apt install ripgrep");
        try (Device heph = bench.place.device("heph"); Joplin peer = new Joplin(bench.place.file("joplin"))) {
            bench.run(heph, joplin.map(version -> peer), ripgrep.isPresent());
        }
        Report.give("notes", bench.place.checkout(), before,
                joplin.map(version -> ", " + version).orElse("") + ripgrep.map(version -> ", " + version).orElse(""), bench.table, given);
    }

    private static Optional<String> said(String name, Optional<String> version, String how) {
        if (version.isEmpty()) {
            System.err.println("bench: no " + name + " to compare with; install it (" + how + ")");
        }
        return version;
    }

    private void run(Device heph, Optional<Joplin> joplin, boolean ripgrep) throws Exception {
        heph.heph("up");
        try (RpcClient rpc = heph.connect()) {
            takeIn(heph, rpc, joplin);
            search(rpc, joplin);
            links(rpc);
        }
        List<String> typed = queries.stream().filter(query -> query.chars().allMatch(Character::isLetter)).toList();
        long beside = ripgrep
                ? Samples.of(1, COMMANDS, round -> RIPGREP.run(1, "-liF", word(typed, round), folder.toString())).median()
                : 0;
        table.time("heph search WORD, beside rg -liF WORD", 0,
                Samples.of(1, COMMANDS, round -> heph.heph("search", word(typed, round))).median(), beside);
    }

    private void takeIn(Device heph, RpcClient rpc, Optional<Joplin> joplin) throws Exception {
        long beside = joplin.isPresent() ? Samples.once(once -> joplin.get().take(folder)) : 0;
        int size = vault.notes().size();
        table.time("heph import of %,d notes with %,d links, beside joplin import".formatted(size, vault.links()), 10_000,
                Samples.once(once -> heph.heph("import", folder.toString())), beside);
        Json[] again = new Json[1];
        table.time("import again, nothing changed", 2_000,
                Samples.once(once -> again[0] = Clients.call(rpc, "import", "path", folder.toString())), 0);
        require(again[0].at("unchanged").number() == size, "an import that changed nothing, not " + again[0]);
        Json[] out = new Json[1];
        table.time("export", 5_000, Samples.once(once -> out[0] = Clients.call(rpc, "export", "path", place.file("export").toString())), 0);
        require(out[0].at("count").number() == size, "an export of everything, not " + out[0]);
    }

    private void search(RpcClient rpc, Optional<Joplin> joplin) throws Exception {
        Samples measured = Samples.of(QUERIES, QUERIES, round -> Clients.call(rpc, "search", "query", word(queries, round)));
        String what = "search, " + QUERIES + " different queries";
        if (joplin.isPresent()) {
            joplin.get().serve(words.between(random, 0, 1));
            table.calls(what + ", beside Joplin's API", 20, measured,
                    Samples.of(QUERIES, QUERIES, round -> joplin.get().search(word(queries, round))));
        } else {
            table.calls(what, 20, measured);
        }
    }

    private void links(RpcClient rpc) throws Exception {
        List<Json> notes = Clients.call(rpc, "node.list", "kind", "doc", "limit", 10_000).at("nodes").list();
        table.calls("links.backlinks", 10, Samples.of(CALLS, CALLS,
                round -> Clients.call(rpc, "links.backlinks", "id", any(notes).at("id").text())));
        String popular = Clients.call(rpc, "node.resolve", "name", vault.mostLinked()).at("node").at("id").text();
        int links = Clients.call(rpc, "links.backlinks", "id", popular).list().size();
        table.calls("links.backlinks of a note with %,d".formatted(links), 10,
                Samples.of(100, CALLS, round -> Clients.call(rpc, "links.backlinks", "id", popular)));
        table.calls("completion of a title of which %d letters are typed".formatted(LETTERS), 10, Samples.of(CALLS, CALLS, round -> {
            String title = any(notes).at("title").text();
            Clients.call(rpc, "node.complete", "text", title.substring(0, Math.min(LETTERS, title.length())), "limit", 20);
        }));
    }

    private Json any(List<Json> notes) {
        return notes.get(random.nextInt(notes.size()));
    }

    private static String word(List<String> words, int round) {
        return words.get(Math.floorMod(round, words.size()));
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("expected " + what);
        }
    }
}
