package dev.heph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The method {@code import} with {@code from}. What a file says in heph's words is in the tests of the package foreign. */
class TaskImportTest {
    @TempDir
    private Path directory;

    private Path file;
    private Rig rig;

    @BeforeEach
    void start() {
        file = directory.resolve("tasks.json");
        rig = new Rig(directory.resolve("home"));
        rig.store.answer("node.list", params -> Json.object().put("total", 42));
        rig.store.answer("task.import", params -> Json.object().put("created", params.path("tasks").size()));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aRealExportGoesToTheStoreInOneBatchThatIsTheSameTwice() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("foreign/taskwarrior-2.6.2.json")) {
            Files.write(file, in.readAllBytes());
        }
        JsonNode result = run("taskwarrior");
        run("taskwarrior");

        assertThat(result.path("files").asInt()).isEqualTo(29);
        assertThat(result.path("created").asInt()).isEqualTo(27);
        assertThat(result.path("notes_total").asInt()).isEqualTo(42);
        assertThat(skipped(result)).containsExactly(
                "attribute 'parent': 2 tasks are dates of one that repeats, and came in as that one",
                "attribute 'estimate': kept out: 1 task has it", "attribute 'size': kept out: 2 tasks have it",
                "attribute 'until': kept out: 1 task has it");
        List<JsonNode> batches = batches();
        assertThat(batches).hasSize(2);
        JsonNode batch = batches.getFirst();
        assertThat(batch.path("source").asText()).isEqualTo("taskwarrior");
        assertThat(batch.path("last").asBoolean()).isTrue();
        assertThat(Id.parse(batch.path("action").asText())).as("an id, as the log wants it").isPresent();
        assertThat(batches.get(1).path("tasks")).isEqualTo(batch.path("tasks"));
        List<String> titles = batch.path("tasks").findValuesAsText("title");
        assertThat(titles.indexOf("Pay the rent")).as("waits for one further down").isGreaterThan(titles.indexOf("File the taxes"));
    }

    @Test
    void aTodoistProjectIsKnownByItsFileName() throws IOException {
        file = Files.writeString(directory.resolve("Home.csv"), "TYPE,CONTENT,DATE\nsection,Garden\ntask,Plant tulips,tomorrow\n");
        run("todoist");
        ObjectNode task = (ObjectNode) batches().getFirst().path("tasks").get(0);
        assertThat(task.remove("key").asText()).hasSize(32);
        assertThat(task.path("do_date").asText()).matches("\\d{4}-\\d{2}-\\d{2}");
        assertThat(task.path("project").asText()).isEqualTo("Home/Garden");
    }

    @Test
    void batchesAreSmallOfOneActionAndOnlyTheLastSaysSo() throws IOException {
        tasks(1_201);
        assertThat(run("taskwarrior").path("created").asInt()).isEqualTo(1_201);
        assertThat(batches()).extracting(b -> b.path("tasks").size()).containsExactly(500, 500, 201);
        assertThat(batches()).extracting(b -> b.path("last").asBoolean()).containsExactly(false, false, true);
        assertThat(batches()).extracting(b -> b.path("action").asText()).containsOnly(batches().getFirst().path("action").asText());
    }

    @Test
    void whatTheStoreSkipsIsNamedAsAPersonKnowsIt() throws IOException {
        rig.store.answer("task.import", params -> {
            ObjectNode answer = Json.object().put("created", 0);
            answer.putArray("skipped").addObject().put("key", params.at("/tasks/0/key").asText()).put("reason", "a task needs a title");
            return answer;
        });
        tasks(1);
        assertThat(skipped(run("taskwarrior"))).containsExactly("b175d53d-0984-45fd-a2bb-000000000000: a task needs a title");
        file = Files.writeString(directory.resolve("Home.csv"), "TYPE,CONTENT\n\ntask,…\n");
        assertThat(skipped(run("todoist"))).containsExactly("line 3: a task needs a title");
    }

    @Test
    void whatIsNoTextOrThereTwiceOrWaitsForNothingIsNamed() throws IOException {
        Files.writeString(file, String.join("\n", task(1, ""), task(2, ",\"project\":\"a\\u0000b\""), task(3, ",\"project\":\"\\ud800\""),
                task(1, ""), task(4, ",\"depends\":[\"" + uuid(9) + "\"]")));
        assertThat(skipped(run("taskwarrior"))).containsExactly(
                uuid(2) + ": holds a NUL, so it is no text", uuid(3) + ": has half of a surrogate pair in it, so it is no text",
                uuid(1) + ": is in the file twice: the first one came in",
                "attribute 'depends': 1 task waits for some that are not in this file, or are dates of one that repeats;"
                        + " only if those came in before is it so in heph");
        assertThat(batches().getFirst().path("tasks").findValuesAsText("key")).containsExactly(uuid(1), uuid(4));
    }

    @Test
    void nothingIsSentOfAListWithoutTasks() throws IOException {
        Files.writeString(file, "[]");
        assertThat(run("taskwarrior").path("files").asInt()).isZero();
        assertThat(batches()).isEmpty();
    }

    @Test
    void progressIsToldWithTheRequestsOwnId() throws IOException {
        tasks(1_001);
        Client client = rig.connect().send(Client.request("\"mine\"", "import", params("taskwarrior")));
        JsonNode last = client.next().path("params");
        assertThat(last.toString()).isEqualTo("{\"request\":\"mine\",\"done\":0,\"total\":0,\"note\":\"importing\"}");
        JsonNode line = client.next();
        for (; line.has("method"); line = client.next()) {
            last = line.path("params");
        }
        assertThat(last.path("done").asInt()).isEqualTo(1_001);
        assertThat(last.path("total").asInt()).isEqualTo(1_001);
        assertThat(line.path("id").asText()).isEqualTo("mine");
    }

    @Test
    void anImportThatStopsSaysHowFarItCame() throws IOException {
        tasks(1_500);
        AtomicInteger batches = new AtomicInteger();
        rig.store.answer("task.import", params -> {
            if (batches.incrementAndGet() == 2) {
                throw new HephException(Reason.NO_SPACE, "the disk is full");
            }
            return Json.object().put("created", 500);
        });
        JsonNode error = answer(params("taskwarrior")).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32011);
        assertThat(error.path("message").asText())
                .isEqualTo("the import stopped after 500 tasks: the disk is full; import again to go on, nothing is taken in twice");
        assertThat(error.at("/data/done").asInt()).isEqualTo(500);
    }

    @Test
    void anImportEndsWithTheClientThatAskedForIt() throws Exception {
        tasks(20_000);
        CountDownLatch begun = new CountDownLatch(1);
        rig.store.answer("task.import", params -> {
            begun.countDown();
            TimeUnit.MILLISECONDS.sleep(60); // a batch takes its time, longer than between two reports of progress
            return Json.object();
        });
        Client client = rig.connect().send(Client.request(1, "import", params("taskwarrior")));
        begun.await();
        client.close();
        AtomicInteger last = new AtomicInteger(-1);
        await().during(Duration.ofMillis(500)).until(() -> batches().size(), now -> last.getAndSet(now) == now);
        assertThat(batches()).hasSizeLessThan(20).noneMatch(batch -> batch.path("last").asBoolean());
    }

    @Test
    void whatIsNoSuchFileIsRefused() throws IOException {
        assertThat(refusal("{\"path\":\"/no/such.json\",\"from\":\"taskwarrior\"}"))
                .isEqualTo("'/no/such.json' cannot be imported: no such file or directory");
        assertThat(refusal("{\"path\":\"" + directory + "\",\"from\":\"taskwarrior\"}"))
                .contains("is a folder: give the file that the other program wrote");
        assertThat(refusal("{\"path\":\"/a\\u0000b\",\"from\":\"todoist\"}")).contains("is no path");
        Files.writeString(file, "TYPE,CONTENT\n");
        assertThat(refusal(params("taskwarrior"))).contains("is no export of Taskwarrior").contains("task export > tasks.json");
        Files.writeString(file, "[{}]");
        assertThat(refusal(params("todoist"))).contains("is no export of Todoist");
        assertThat(refusal(params("trello"))).isEqualTo("'from' must be one of taskwarrior, todoist, not 'trello'");
        assertThat(refusal("{\"path\":\"" + file + "\",\"from\":\"todoist\",\"vault\":\"x\"}")).contains("'vault' names a folder of notes");
        assertThat(batches()).isEmpty();
    }

    private void tasks(int count) throws IOException {
        Files.writeString(file, IntStream.range(0, count).mapToObj(i -> task(i, "")).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }

    private static String task(int number, String more) {
        return "{\"uuid\":\"" + uuid(number) + "\",\"description\":\"Task " + number + "\"" + more + "}";
    }

    private static String uuid(int number) {
        return "b175d53d-0984-45fd-a2bb-%012d".formatted(number);
    }

    private JsonNode run(String from) {
        JsonNode answer = answer(params(from));
        assertThat(answer.has("result")).as(answer.toString()).isTrue();
        return answer.path("result");
    }

    private JsonNode answer(String params) {
        Client client = rig.connect();
        JsonNode line = client.call("import", params);
        while (line.has("method")) {
            line = client.next();
        }
        return line;
    }

    private String params(String from) {
        return "{\"path\":\"" + file + "\",\"from\":\"" + from + "\"}";
    }

    private String refusal(String params) {
        JsonNode error = answer(params).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32602);
        return error.path("message").asText();
    }

    private List<JsonNode> batches() {
        return rig.store.asked.stream().filter(a -> a.method().equals("task.import")).map(FakeStore.Asked::params).toList();
    }

    private static List<String> skipped(JsonNode result) {
        return result.path("skipped").valueStream().map(s -> s.path("path").asText() + ": " + s.path("reason").asText()).toList();
    }
}
