package dev.heph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
    private static final Path VAULTS = Path.of("../../../shared/data/vaults");

    @TempDir
    private Path directory;

    private Path folder;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(directory.resolve("My Notes"));
        rig = new Rig(directory.resolve("home"));
        rig.store.answer("node.list", params -> Json.object().put("total", 42));
        rig.store.answer("import.batch", params -> Json.object().put("created", params.path("notes").size()));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void everyMarkdownFileIsTakenInVerbatim() throws IOException {
        write("Sourdough.md", "# Hi\r\n[[Bread]]\r\n");
        write("deep/er/日本語.md", "😀");
        write("UPPER.MD", "");
        write("bom.md", "\uFEFFtext");
        write("picture.png", "png");
        write(".obsidian/app.md", "hidden");
        write(".trash/old.md", "hidden");
        write("deep/.hidden.md", "hidden");

        JsonNode result = run();

        assertThat(notes()).isEqualTo(new TreeMap<>(Map.of("Sourdough.md", "# Hi\r\n[[Bread]]\r\n", "deep/er/日本語.md", "😀", "UPPER.MD", "",
                "bom.md", "\uFEFFtext")));
        assertThat(result.toString()).isEqualTo("{\"files\":4,\"created\":4,\"updated\":0,\"unchanged\":0,\"moved\":0,\"moved_paths\":[],\"gone\":0,\"gone_paths\":[],\"deleted\":0,\"deleted_paths\":[],\"skipped\":[],"
                + "\"problems\":[],\"hidden\":3,\"attachments\":1,\"attachment_paths\":[\"picture.png\"],\"notes_total\":42}");
        JsonNode batch = batches().getFirst();
        assertThat(batch.path("vault").asText()).isEqualTo("My Notes");
        assertThat(batch.path("last").asBoolean()).isTrue();
        assertThat(batch.path("notes").findValuesAsText("title")).containsExactly("Sourdough", "UPPER", "bom", "日本語");
    }

    @Test
    void whatCannotBeTakenInIsNamedAndTheRestIsTakenIn() throws Exception {
        write("good.md", "good");
        Files.write(folder.resolve("latin1.md"), "caf\u00e9 \u00fc".getBytes(StandardCharsets.ISO_8859_1));
        write("nul.md", "a\0b");
        Files.write(folder.resolve("huge.md"), new byte[(16 << 20) + 1]);
        Files.createDirectory(folder.resolve("folder.md"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.md").toString()).start().waitFor()).isZero();

        JsonNode result = run();

        assertThat(result.path("created").asInt()).isEqualTo(1);
        assertThat(result.path("files").asInt()).isEqualTo(4);
        assertThat(skipped(result)).containsExactly(
                "huge.md: is over 16 MiB: split it",
                "latin1.md: is not UTF-8 (at byte 4): convert it",
                "nul.md: holds a NUL (at character 2), so it is no text",
                "pipe.md: not a file with text in it");
    }

    @Test
    void aNameIsRefusedIfItsBytesAreNotUtf8AndNotForTheSignThatStandsForSuchBytes() throws Exception {
        write("a\uFFFDb/caf\uFFFD.md", "a title like any other");
        String badly = "mkdir b$'\\377'; touch b$'\\377'/in.md caf$'\\351'.md a\uFFFDb/caf$'\\377'.md";
        assertThat(new ProcessBuilder("bash", "-c", badly).directory(folder.toFile()).start().waitFor()).isZero();

        JsonNode result = run();

        assertThat(notes()).isEqualTo(Map.of("a\uFFFDb/caf\uFFFD.md", "a title like any other"));
        assertThat(skipped(result)).containsExactly(
                "a\uFFFDb/caf\uFFFD.md: its name is not UTF-8: rename it",
                "b\uFFFD/in.md: its name is not UTF-8: rename it",
                "caf\uFFFD.md: its name is not UTF-8: rename it");
    }

    @Test
    void whatMayNotBeReadIsNamed() throws IOException {
        assumeFalse(System.getProperty("user.name").equals("root"), "root may read everything");
        write("closed/note.md", "x");
        write("secret.md", "x");
        Files.setPosixFilePermissions(folder.resolve("secret.md"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(folder.resolve("closed"), PosixFilePermissions.fromString("---------"));
        try {
            assertThat(skipped(run())).containsExactly(
                    "closed: cannot be opened: permission denied", "secret.md: cannot be read: permission denied");
        } finally {
            Files.setPosixFilePermissions(folder.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void linksAreFollowedInsideTheFolderOnceAndWithoutEnd() throws IOException {
        write("real/note.md", "n");
        write(".store/kept.md", "k");
        Path outside = Files.writeString(directory.resolve("outside.md"), "o");
        link("again.md", folder.resolve("real/note.md"));
        link("real/up", folder);
        link("real/loop.md", folder.resolve("real/loop.md"));
        link("shelf", folder.resolve(".store"));
        link("out.md", outside);
        link("away", directory);
        link("nowhere.md", folder.resolve("gone.md"));

        JsonNode result = run();

        assertThat(notes()).isEqualTo(new TreeMap<>(Map.of("real/note.md", "n", "shelf/kept.md", "k")));
        assertThat(skipped(result)).hasSize(4).startsWith(
                "away: a symbolic link that leads out of the folder",
                "nowhere.md: a symbolic link that leads nowhere",
                "out.md: a symbolic link that leads out of the folder");
        assertThat(skipped(result).getLast()).startsWith("real/loop.md: a symbolic link that cannot be followed: ");
    }

    @Test
    void batchesAreSmallOfOneActionAndOnlyTheLastSaysSo() throws IOException {
        for (int i = 0; i < 450; i++) {
            write("n%03d.md".formatted(i), "x");
        }
        write("o1.md", "y".repeat(3 << 20));
        write("o2.md", "y".repeat(3 << 20));
        write("z.md", "z");

        JsonNode result = run();

        assertThat(result.path("created").asInt()).isEqualTo(453);
        List<JsonNode> batches = batches();
        assertThat(batches).extracting(b -> b.path("notes").size()).containsExactly(200, 200, 51, 2);
        assertThat(batches).extracting(b -> b.path("last").asBoolean()).containsExactly(false, false, false, true);
        assertThat(batches).extracting(b -> b.path("action").asText()).containsOnly(batches.getFirst().path("action").asText());
        assertThat(Id.parse(batches.getFirst().path("action").asText())).as("an id, as the log wants it").isPresent();
        assertThat(batches).allSatisfy(b -> assertThat(b.toString().length()).isLessThan((4 << 20) + 1_000));
    }

    @Test
    void theLastBatchIsSentEvenIfNothingFitIntoIt() throws IOException {
        write("a.md", "a");
        Files.write(folder.resolve("b.md"), new byte[] {(byte) 0xff});
        run();
        assertThat(batches()).extracting(b -> b.path("last").asBoolean()).containsExactly(true);
    }

    @Test
    void progressIsToldWithTheRequestsOwnId() throws IOException {
        for (int i = 0; i < 401; i++) {
            write(i + ".md", "x");
        }
        Client client = rig.connect().send(Client.request("\"mine\"", "import", params()));

        JsonNode first = client.next().path("params");
        assertThat(first.toString()).isEqualTo("{\"request\":\"mine\",\"done\":0,\"total\":401,\"note\":\"importing\"}");
        JsonNode last = first;
        JsonNode line = client.next();
        for (; line.has("method"); line = client.next()) {
            last = line.path("params");
        }
        assertThat(last.path("done").asInt()).isEqualTo(401);
        assertThat(line.path("id").asText()).isEqualTo("mine");
    }

    @Test
    void anImportThatStopsSaysHowFarItCame() throws IOException {
        for (int i = 0; i < 600; i++) {
            write("%03d.md".formatted(i), "x");
        }
        rig.store.answer("import.batch", params -> {
            if (params.at("/notes/0/path").asText().equals("200.md")) { // two are under way: either may arrive first
                throw new HephException(Reason.NO_SPACE, "the disk is full");
            }
            return Json.object().put("created", 200);
        });

        JsonNode error = answer(rig.connect()).path("error");

        assertThat(error.path("code").asInt()).isEqualTo(-32011);
        assertThat(error.path("message").asText()).isEqualTo(
                "the import stopped after 200 of 600 files: the disk is full; import again to go on, nothing is taken in twice");
        assertThat(error.at("/data/done").asInt()).isEqualTo(200);
    }

    @Test
    void anImportEndsWithTheClientThatAskedForIt() throws IOException, InterruptedException {
        for (int i = 0; i < 4_000; i++) {
            Files.createFile(folder.resolve(i + ".md"));
        }
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        rig.store.answer("import.batch", params -> {
            begun.countDown();
            never.await(60, TimeUnit.MILLISECONDS); // a batch takes its time, longer than between two reports of progress
            return Json.object();
        });
        Client client = rig.connect().send(Client.request(1, "import", params()));
        begun.await();
        client.close();

        await().during(Duration.ofMillis(500)).until(() -> batches().size(), unchanged());
        assertThat(batches()).hasSizeLessThan(15).noneMatch(batch -> batch.path("last").asBoolean());
    }

    @Test
    void aClientThatWillAskNothingMoreStillHasItsImport() throws IOException {
        write("a.md", "a");
        Client client = rig.connect().send(Client.request(1, "import", params()));
        client.end();
        assertThat(client.hears("\"created\":1", Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void aFolderOfAnotherDeviceByThisNameIsAnotherVault() throws IOException {
        write("a.md", "mine");
        String hash = Bytes32.sha256("another's".getBytes(StandardCharsets.UTF_8)).toString();
        rig.store.answer("import.files", params -> Json.object().set("files", Json.MAPPER.createArrayNode()
                .add(Json.object().put("id", FakeStore.ID).put("path", "a.md").put("hash", hash))));

        assertThat(answer(rig.connect()).at("/error/message").asText()).contains("came in on another device").contains("--vault NAME");
        assertThat(batches()).isEmpty();
        write("a.md", "another's");
        assertThat(answer(rig.connect()).has("result")).as("the same folder, brought here by another program").isTrue();
        write("a.md", "another's, and mine");
        assertThat(answer(rig.connect()).has("result")).as("from then on it is known").isTrue();
    }

    @Test
    void twoFoldersOfOneNameDoNotBecomeOneVault() throws IOException {
        write("a.md", "a");
        run();
        Path first = folder.toRealPath();
        folder = Files.createDirectories(directory.resolve("elsewhere/My Notes"));
        write("a.md", "another");

        JsonNode error = answer(rig.connect()).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32009);
        assertThat(error.path("message").asText()).isEqualTo("the vault 'My Notes' is " + first
                + "; import this folder under another name: heph import " + folder.toRealPath() + " --vault NAME");
        assertThat(batches()).hasSize(1);

        String named = "{\"path\":\"" + folder + "\",\"vault\":\"second\"}";
        assertThat(answer(rig.connect(), named).has("result")).isTrue();
        assertThat(answer(rig.connect(), named).has("result")).as("again").isTrue();
        assertThat(answer(rig.connect(), "{\"path\":\"" + first + "\",\"vault\":\"second\"}").has("error")).isTrue();
    }

    @Test
    void aFolderThatWasMovedIsTheSameVault() throws IOException {
        write("a.md", "a");
        run();
        Path moved = Files.createDirectory(directory.resolve("moved")).resolve("My Notes");
        Files.move(folder, moved);
        Path old = folder;
        folder = moved;
        run();
        Files.createDirectory(old);
        run();
        Files.writeString(old.resolve("b.md"), "b");
        folder = old;
        assertThat(answer(rig.connect()).has("error")).as("now the vault is where it was moved to").isTrue();
    }

    @Test
    void aDamagedListOfVaultsIsSaid() throws IOException {
        write("a.md", "a");
        Files.writeString(rig.home.data().resolve("vaults.properties"), "a=\\uXYZ");
        assertThat(answer(rig.connect()).at("/error/message").asText()).contains("vaults.properties is damaged");
    }

    @Test
    void aFolderThatIsNoneIsRefused() throws IOException {
        write("file.md", "x");
        assertThat(refusal("/no/such/folder")).isEqualTo("'/no/such/folder' cannot be imported: no such file or directory");
        assertThat(refusal(folder.resolve("file.md").toString())).contains("is a file: give the folder it is in");
        assertThat(refusal("/")).contains("give the folder of your notes");
        assertThat(refusal("/a\\u0000b")).contains("is no path");
        assertThat(batches()).isEmpty();
    }

    @Test
    void anEmptyFolderIsNoError() {
        assertThat(run().path("files").asInt()).isZero();
        assertThat(batches()).isEmpty();
    }

    @Test
    void whoeverAskedGetsTheNameTheyWished() throws IOException {
        write("a.md", "a");
        answer(rig.connect(), "{\"path\":\"" + folder + "\",\"vault\":\"other\"}");
        assertThat(batches().getFirst().path("vault").asText()).isEqualTo("other");
    }

    @Test
    void realVaultsAreTakenInWhole() {
        assumeTrue(Files.isDirectory(VAULTS), "the public vaults are not beside this checkout");
        folder = VAULTS.toAbsolutePath().normalize();

        JsonNode result = run();

        assertThat(result.path("files").asInt()).isGreaterThan(600);
        assertThat(result.path("skipped")).isEmpty();
        assertThat(notes()).hasSize(result.path("files").asInt());
    }

    /** Holds for a number that is as it was when it was last looked at. */
    private static Predicate<Integer> unchanged() {
        AtomicInteger last = new AtomicInteger(-1);
        return now -> last.getAndSet(now) == now;
    }

    private JsonNode run() {
        JsonNode answer = answer(rig.connect());
        assertThat(answer.has("result")).as(answer.toString()).isTrue();
        return answer.path("result");
    }

    private JsonNode answer(Client client) {
        return answer(client, params());
    }

    private static JsonNode answer(Client client, String params) {
        JsonNode line = client.call("import", params);
        while (line.has("method")) {
            line = client.next();
        }
        return line;
    }

    private String params() {
        return "{\"path\":\"" + folder + "\"}";
    }

    private String refusal(String path) {
        JsonNode error = answer(rig.connect(), "{\"path\":\"" + path + "\"}").path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32602);
        return error.path("message").asText();
    }

    private List<JsonNode> batches() {
        return rig.store.asked.stream().filter(a -> a.method().equals("import.batch")).map(FakeStore.Asked::params).toList();
    }

    private Map<String, String> notes() {
        Map<String, String> notes = new TreeMap<>();
        batches().forEach(b -> b.path("notes").forEach(n -> notes.put(n.path("path").asText(), n.path("body").asText())));
        return notes;
    }

    private static List<String> skipped(JsonNode result) {
        return result.path("skipped").valueStream().map(s -> s.path("path").asText() + ": " + s.path("reason").asText()).toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void link(String path, Path target) throws IOException {
        Files.createSymbolicLink(folder.resolve(path), target);
    }
}
