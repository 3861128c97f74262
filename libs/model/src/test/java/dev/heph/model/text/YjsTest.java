package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.heph.model.op.OpId;
import dev.heph.testing.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts that several write apart come out as npm {@code yjs} has them, from the same edits in two orders. {@code -Dheph.seed=N} runs the
 * texts of one seed again. Skipped without Node.js and what {@code bench/peers/install} installs, as {@code ./check} does.
 */
class YjsTest {
    private static final int TEXTS = 6_000;
    private static final Path PEERS = beside("bench/peers");

    @TempDir
    Path directory;

    @Test
    void sixThousandTextsWrittenApartAreAsYjsMergesThem() throws IOException, InterruptedException {
        assumeThat(PEERS.resolve("node_modules/yjs")).as("yjs, which bench/peers/install installs").exists();
        long seed = Seed.next();
        List<String> arrivals = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            Apart apart = new Apart(new Random(seed + i));
            if (i > 0) { // the first is a text nobody wrote
                apart.write();
            }
            for (Replica replica : List.of(apart.replicas.getFirst(), apart.replicas.getLast())) {
                assertThat(replica).as("text %d of seed %d", i, seed).hasToString(apart.replicas.getFirst().toString());
                arrivals.add(replica.ops().stream().map(replica::edit).map(YjsUpdate::of).map(HexFormat.of()::formatHex)
                        .collect(Collectors.joining(" ")));
                expected.add(replica.toString());
            }
        }
        List<String> merged = mergedByYjs(arrivals);
        assertThat(merged).hasSameSizeAs(expected);
        for (int i = 0; i < merged.size(); i++) {
            assertThat(merged.get(i)).as("text %d of seed %d", i / 2, seed).isEqualTo(expected.get(i));
        }
        System.out.printf("%,d texts of seed %d are as yjs merges them%n", TEXTS, seed);
    }

    private List<String> mergedByYjs(List<String> arrivals) throws IOException, InterruptedException {
        Path in = Files.write(directory.resolve("updates"), arrivals);
        Path out = directory.resolve("texts");
        Process node = new ProcessBuilder("node", PEERS.resolve("merge-with-yjs.mjs").toString())
                .redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertThat(node.waitFor()).as("node's exit code").isZero();
        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            try (JsonParser json = new JsonFactory().createParser(line)) {
                texts.add(json.nextTextValue());
            }
        }
        return texts;
    }

    private static Path beside(String path) {
        Path directory = Path.of("").toAbsolutePath();
        while (directory.getParent() != null && !Files.exists(directory.resolve(path))) {
            directory = directory.getParent();
        }
        return directory.resolve(path);
    }

    /** A few people who write one text apart, hear of each other now and then, and at the end of everything. */
    private static final class Apart {
        private static final String[] WORDS = {"a", "b", "cd", "efg", "日本", "é", "\n", " and "};

        private final Random random;
        final List<Replica> replicas = new ArrayList<>();

        Apart(Random random) {
            this.random = random;
            for (int i = 2 + random.nextInt(3); i > 0; i--) {
                replicas.add(new Replica(random.nextLong(random.nextBoolean() ? 200 : CharId.MAX_CLIENT) * 4 % CharId.MAX_CLIENT + i));
            }
        }

        void write() {
            for (int step = 5 + random.nextInt(40); step > 0; step--) {
                Replica who = any();
                switch (random.nextInt(6)) {
                    case 0 -> who.pull(any());
                    case 1 -> anywhere(who);
                    case 2 -> save(who);
                    default -> splice(who);
                }
            }
            for (int round = 0; round < 2; round++) {
                replicas.forEach(who -> replicas.forEach(who::pull));
            }
        }

        private void splice(Replica who) {
            int from = random.nextInt(who.text().length() + 1);
            int deleted = random.nextInt(3) == 0 ? random.nextInt(Math.min(6, who.text().length() - from + 1)) : 0;
            who.splice(from, deleted, deleted > 0 && random.nextBoolean() ? "" : word());
        }

        private void save(Replica who) {
            int middle = who.text().length() / 2;
            who.edit(List.of(
                    new Splice(0, random.nextInt(Math.min(3, middle + 1)), word()), new Splice(middle, 0, word()),
                    new Splice(who.text().length(), 0, word())));
        }

        /** Between any two characters, deleted ones too: where another editor than ours may put its text. */
        private void anywhere(Replica who) {
            List<CharId> characters = new ArrayList<>();
            characters.add(null);
            for (Item item = who.text().sequence().first(); item != null; item = item.next) {
                for (int i = 0; i < item.length; i++) {
                    characters.add(item.id(i));
                }
            }
            characters.add(null);
            int left = random.nextInt(characters.size() - 1);
            Run run = new Run(characters.get(left), characters.get(left + 1), word());
            OpId op = who.nextOp();
            who.receive(op, new TextEdit(who.client, who.text().nextClock(who.client), List.of(run), List.of(), List.of()));
        }

        private String word() {
            return WORDS[random.nextInt(WORDS.length)];
        }

        private Replica any() {
            return replicas.get(random.nextInt(replicas.size()));
        }
    }
}
