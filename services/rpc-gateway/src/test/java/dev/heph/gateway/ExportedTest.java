package dev.heph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export that is imported: its nodes come back, what else is in the folder comes in as notes. */
class ExportedTest {
    private static final String TASK = "01J00000000000000000000001";
    private static final String DOC = "01J00000000000000000000002";

    @TempDir
    private Path directory;

    private Path folder;
    private Rig rig;

    @BeforeEach
    void start() {
        folder = directory.resolve("out");
        rig = new Rig(directory.resolve("home"));
        rig.store.answer("node.list", params -> page("{'id':'" + DOC + "','kind':'doc','title':'Note','source':{'vault':'v','path':'a/Note.md'}}"));
        rig.store.answer("export.page", params -> page("""
                {'id':'%s','kind':'task','title':'Pay rent','aliases':['Rent'],'body':'---\\ncontext\\n','fields':{'task.state':'done'},
                 'task':{'state':'done'},'log':['one','two'],'links':[{'type':'tagged','dst':'%s'}]},
                {'id':'%s','kind':'doc','title':'Note','aliases':[],'body':'---\\ntags: [a\\n---\\r\\n','fields':{},'links':[],
                 'source':{'vault':'v','path':'a/Note.md'}}""".formatted(TASK, DOC, DOC)));
        rig.store.answer("import.nodes", params -> Json.object().put("created", params.path("nodes").size()));
        rig.store.answer("import.batch", params -> Json.object().put("created", params.path("notes").size()));
        assertThat(call("export").at("/result/count").asInt()).isEqualTo(2);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void nodesComeBackWithAllThatTheManifestSays() {
        JsonNode result = call("import").path("result");

        assertThat(result.path("created").asInt()).isEqualTo(2);
        assertThat(result.path("skipped")).isEmpty();
        assertThat(result.path("hidden").asInt()).as("what it says of itself was read").isZero();
        assertThat(result.path("problems")).as("a node's own text is nobody's mistake").isEmpty();
        JsonNode part = asked("import.nodes").getFirst();
        assertThat(part.path("last").asBoolean()).isTrue();
        assertThat(part.at("/nodes/0").toString()).isEqualTo(("{'path':'tasks/Pay rent.md','id':'" + TASK + "','kind':'task','title':'Pay rent',"
                + "'aliases':['Rent'],'fields':{'task.state':'done'},'log':['one','two'],'links':[{'type':'tagged','dst':'" + DOC + "'}],"
                + "'body':'---\\ncontext\\n'}").replace('\'', '"'));
        assertThat(part.at("/nodes/1/body").asText()).isEqualTo("---\ntags: [a\n---\r\n");
        assertThat(part.at("/nodes/1/source/path").asText()).isEqualTo("a/Note.md");
        assertThat(asked("import.batch")).isEmpty();
    }

    @Test
    void theContextOfATaskHasAFileOnlyIfItSaysSomething() throws IOException {
        String context = "{'id':'%s','kind':'doc','title':'Pay rent','context':true,'body':'%s','fields':{},'links':[]}";
        rig.store.answer("node.list", params -> page(""));
        rig.store.answer("export.page", params -> page(context.formatted(TASK, "")));
        assertThat(call("export").at("/result/count").asInt()).isZero();
        assertThat(Files.exists(folder.resolve("Pay rent.md"))).isFalse();
        assertThat(call("import").at("/result/created").asInt()).isEqualTo(1);
        assertThat(asked("import.nodes").getLast().at("/nodes/0").toString()).isEqualTo(
                ("{'id':'" + TASK + "','kind':'doc','title':'Pay rent','context':true,'fields':{},'links':[],'body':''}").replace('\'', '"'));

        rig.store.answer("export.page", params -> page(context.formatted(TASK, "how")));
        assertThat(call("export").at("/result/count").asInt()).isEqualTo(1);
        assertThat(folder.resolve("Pay rent.md")).hasContent("how");
        rig.store.answer("export.page", params -> page(context.formatted(TASK, "")));
        call("export");
        assertThat(Files.exists(folder.resolve("Pay rent.md"))).as("nothing is in it any more").isFalse();
    }

    @Test
    void contextsComeAfterTheirTasks_alsoInPartsThatTheStoreTakesOneAfterTheOther() throws Exception {
        StringBuilder nodes = new StringBuilder();
        for (int i = 100; i < 600; i++) {
            nodes.append("{'id':'01J00000000000000000000%d','kind':'%s','title':'t%d'%s,'body':'','fields':{},'links':[]},"
                    .formatted(i, i % 2 == 0 ? "doc" : "task", i, i % 2 == 0 ? ",'context':true" : ""));
        }
        rig.store.answer("node.list", params -> page(""));
        rig.store.answer("export.page", params -> page(nodes.substring(0, nodes.length() - 1)));
        call("export");
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        rig.store.answer("import.nodes", params -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            LockSupport.parkNanos(50_000_000);
            atOnce.decrementAndGet();
            return Json.object().put("created", params.path("nodes").size());
        });

        assertThat(call("import").at("/result/created").asInt()).isEqualTo(500);

        List<String> kinds = asked("import.nodes").stream().flatMap(part -> part.path("nodes").findValuesAsText("kind").stream()).toList();
        assertThat(kinds).hasSize(500).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(most).hasValue(1);
    }

    @Test
    void otherFilesInItAreNotes() throws IOException {
        Files.writeString(folder.resolve("new.md"), "new");
        assertThat(call("import").at("/result/created").asInt()).isEqualTo(3);
        assertThat(asked("import.nodes")).extracting(part -> part.path("last").asBoolean()).containsExactly(false);
        assertThat(asked("import.batch")).extracting(part -> part.path("last").asBoolean()).containsExactly(true);
        assertThat(asked("import.batch").getFirst().path("notes").findValuesAsText("path")).containsExactly("new.md");
    }

    @Test
    void whatIsMissingOrChangedIsNamed() throws IOException {
        Files.delete(folder.resolve("a/Note.md"));
        Path task = folder.resolve("tasks/Pay rent.md");
        Files.writeString(task, Files.readString(task).replace("done", "outstanding").replace("context", "changed"));
        JsonNode result = call("import").path("result");
        assertThat(result.path("skipped").toString()).contains("a/Note.md").contains("was exported to here, but is here no more");
        assertThat(result.path("problems").toString()).contains("tasks/Pay rent.md").contains("what its front matter says is not taken in");
        assertThat(asked("import.nodes").getFirst().at("/nodes/0/body").asText()).isEqualTo("---\nchanged\n");
        assertThat(asked("import.nodes").getFirst().at("/nodes/0/fields/task.state").asText()).isEqualTo("done");
    }

    @Test
    void anExportThatIsDamagedOrBrokeOffIsRefused() throws IOException {
        Path manifest = folder.resolve(".heph-export.json");
        String whole = Files.readString(manifest);
        Files.writeString(manifest, whole.substring(0, whole.length() / 2));
        assertThat(call("import").at("/error/message").asText())
                .endsWith("is damaged: export again, or remove it to take the files in as notes");
        Files.writeString(manifest, "{\"format\":2,\"unfinished\":true,\"nodes\":[]}");
        assertThat(call("import").at("/error/message").asText())
                .endsWith("is an export that broke off: export to it again, then import it");
        assertThat(asked("import.nodes")).isEmpty();
        assertThat(asked("import.batch")).isEmpty();
    }

    @Test
    void aManifestThatNamesFilesElsewhereReadsNone() throws IOException {
        Files.writeString(directory.resolve("secret.md"), "secret");
        Files.writeString(folder.resolve(".heph-export.json"), (
                "{'format':2,'nodes':[{'path':'../secret.md','id':'" + DOC + "','kind':'doc','title':'x'},"
                + "{'path':'/etc/passwd','id':'" + TASK + "','kind':'doc','title':'y'}]}").replace('\'', '"'));
        JsonNode result = call("import").path("result");
        assertThat(result.path("skipped").findValuesAsText("path")).containsExactly("../secret.md", "/etc/passwd");
        assertThat(asked("import.nodes")).isEmpty();
    }

    private JsonNode call(String method) {
        Client client = rig.connect();
        JsonNode line = client.call(method, "{\"path\":\"" + folder + "\"}");
        while (line.has("method")) {
            line = client.next();
        }
        return line;
    }

    private List<JsonNode> asked(String method) {
        List<JsonNode> asked = new ArrayList<>();
        rig.store.asked.stream().filter(one -> one.method().equals(method)).forEach(one -> asked.add(one.params()));
        return asked;
    }

    private static ObjectNode page(String nodes) {
        String json = "{'total':2,'nodes':[" + nodes.replace("\n", "") + "]}";
        return (ObjectNode) Json.read(json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
