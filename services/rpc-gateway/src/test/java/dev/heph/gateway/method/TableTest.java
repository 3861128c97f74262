package dev.heph.gateway.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.rpc.LineReader;
import dev.heph.gateway.rpc.Slice;
import dev.heph.gateway.socket.Limits;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the table, {@code rpc.discover} and docs/reference/rpc.md together. */
class TableTest {
    private static final Handler NONE = call -> new byte[0];
    private static final Methods TABLE = Table.of(new Handlers(NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE));
    private static final JsonNode DOCUMENT = Json.read(
            TABLE.named("rpc.discover").handler().handle(null));
    private static final Path PAGE = Path.of("../../docs/reference/rpc.md");

    @Test
    void discoverListsExactlyTheTable() {
        List<String> listed = DOCUMENT.path("methods").valueStream().map(m -> m.path("name").asText()).toList();
        assertThat(listed).isEqualTo(TABLE.all().stream().map(Method::name).toList());
        for (Method method : TABLE.all()) {
            JsonNode described = described(method.name());
            assertThat(described.path("params").findValuesAsText("name"))
                    .containsAll(method.params().stream().map(Param::name).toList());
            assertThat(DOCUMENT.at(described.at("/result/schema/$ref").asText().substring(1)).isMissingNode())
                    .as("the result of " + method.name()).isFalse();
        }
        assertThat(DOCUMENT.at("/components/errors").size()).isEqualTo(Reason.values().length);
    }

    @Test
    void everyReferenceInTheDocumentLeadsSomewhere() {
        for (JsonNode reference : DOCUMENT.findValues("$ref")) {
            assertThat(DOCUMENT.at(reference.asText().substring(1)).isMissingNode()).as(reference.asText()).isFalse();
        }
    }

    /** Each pair of lines says what the schema and the table's own check must both take, or both refuse. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "node.get|{\"id\":\"k3f9\"}|true", "node.get|{}|false", "node.get|{\"id\":1}|false", "node.get|{\"id\":\"a\",\"anchor\":\"h\"}|true", "node.get|{\"id\":\"\"}|false",
        "node.create|{\"kind\":\"doc\",\"title\":\"t\",\"body\":\"\"}|true", "node.create|{\"kind\":\"nope\",\"title\":\"t\"}|false",
        "node.update|{\"id\":\"a\",\"title\":\"t\",\"body\":\"b\",\"base\":\"r\",\"dry_run\":true,\"place\":3}|true", "node.update|{\"id\":\"a\",\"title\":\"\"}|false",
        "node.tombstone|{\"id\":\"a\"}|true", "node.list|{}|true",
        "node.list|{\"kind\":\"task\",\"state\":\"done\",\"sort\":\"title\",\"limit\":10000,\"after\":\"x\"}|true",
        "node.list|{\"deleted\":true}|true", "history|{\"id\":\"a\",\"limit\":5,\"after\":\"3\"}|true", "history|{}|false", "history|{\"id\":\"a\",\"limit\":0}|false",
        "node.restore|{\"id\":\"a\",\"to\":\"3\",\"dry_run\":true}|true", "node.restore|{\"id\":\"a\"}|true", "node.restore|{\"to\":\"3\"}|false",
        "restore|{\"to\":\"2026-11-20\",\"dry_run\":true}|true", "restore|{}|false",
        "node.list|{\"limit\":0}|false", "node.list|{\"sort\":\"size\"}|false",
        "node.resolve|{\"name\":\"x\",\"kind\":\"tag\"}|true", "node.resolve|{\"title\":\"x\"}|false",
        "search|{\"query\":\"\",\"filters\":{\"kind\":\"doc\",\"tag\":\"a\",\"project\":\"p\",\"state\":\"done\"},\"limit\":1}|true",
        "search|{\"query\":\"a\",\"filters\":{\"tags\":\"a\"}}|false", "search|{\"query\":\"a\",\"filters\":[]}|false",
        "text.read|{\"id\":\"a\",\"body\":\"\"}|true", "text.read|{\"body\":\"x\"}|false",
        "links.outgoing|{\"id\":\"a\"}|true", "links.backlinks|{\"id\":true}|false",
        "links.unresolved|{\"files\":true,\"limit\":5,\"after\":\"5\"}|true", "links.orphans|{}|true", "links.orphans|{\"limit\":0}|false",
        "links.neighbours|{\"id\":\"a\",\"within\":5}|true", "links.neighbours|{\"id\":\"a\",\"within\":6}|false",
        "links.path|{\"from\":\"a\",\"to\":\"b\"}|true", "links.path|{\"from\":\"a\"}|false",
        "link.add|{\"src\":\"a\",\"dst\":\"b\",\"type\":\"t\",\"key\":\"k\"}|true", "link.remove|{\"src\":\"a\",\"dst\":\"b\"}|false",
        "alias.add|{\"id\":\"a\",\"alias\":\"x\"}|true", "alias.remove|{\"id\":\"a\"}|false",
        "task.create|{\"title\":\"t\",\"attention\":\"red\",\"do_date\":\"2026-11-21\",\"late_on\":\"2026-11-21T09:00\",\"project\":\"p\",\"committed\":false}|true",
        "task.create|{\"title\":\"t\",\"do_date\":\"tomorrow\"}|false", "task.create|{\"title\":\"t\",\"late_on\":\"2026-11-21T09\"}|false",
        "task.set_state|{\"id\":\"a\",\"state\":\"dropped\"}|true", "task.set_state|{\"id\":\"a\",\"state\":\"gone\"}|false",
        "task.create|{\"title\":\"t\",\"tags\":[\"a\",\"b\"]}|true", "task.create|{\"title\":\"t\",\"tags\":[\"\"]}|false",
        "task.create|{\"title\":\"t\",\"tags\":\"a\"}|false", "task.create|{\"title\":\"t\",\"tags\":[[]]}|false",
        "task.set_schedule|{\"id\":\"a\",\"do_date\":\"none\",\"late_on\":\"2026-11-21\"}|true", "task.set_schedule|{\"id\":\"a\",\"do_date\":\"fri\"}|false",
        "task.change|{\"ids\":[\"a\"],\"state\":\"done\",\"project\":\"none\",\"tag\":\"x\"}|true", "task.change|{\"ids\":[1]}|false",
        "board|{\"limit\":5,\"scope\":\"#home\",\"explain\":true}|true", "on_deck|{}|true", "undo|{\"dry_run\":true}|true",
        "task.list|{\"where\":\"\",\"sort\":\"do\",\"limit\":1,\"after\":\"x\"}|true", "task.list|{\"sort\":\"size\"}|false",
        "journal.open_or_create|{\"date\":\"2026-11-21\"}|true", "journal.open_or_create|{\"date\":\"2026-11-21T09:00\"}|false",
        "capture|{\"line\":\"x\",\"dry_run\":true}|true", "capture|{}|false", "date.parse|{\"text\":\"fri\"}|true",
        "next|{\"limit\":5,\"scope\":\"p\"}|true", "next|{\"limit\":\"5\"}|false",
        "import|{\"path\":\"/notes\",\"vault\":\"v\"}|true", "import|{\"path\":\"notes\"}|false", "import|{}|false",
        "export|{\"path\":\"/x\",\"force\":true}|true", "export|{\"path\":\"/x\",\"force\":1}|false",
        "health|{}|true", "health|{\"a\":1}|false", "doctor|{\"rebuild_check\":true}|true", "doctor|{\"rebuild_check\":null}|false",
        "hub.join|{\"url\":\"http://127.0.0.1:7800\"}|true", "hub.join|{}|false", "hub.join|{\"url\":\"\"}|false", "hub.leave|{}|true",
        "hub.users|{}|true", "hub.devices|{}|true", "hub.stats|{}|true", "hub.verify|{}|true", "hub.verify|{\"space\":\"x\"}|false",
        "hub.token|{}|true", "hub.token|{\"token\":\"e.y.J\"}|true", "hub.token|{\"print\":1}|false",
        "sync.now|{}|true", "sync.now|{\"url\":\"x\"}|false", "sync.status|{}|true", "device.list|{}|true", "device.revoke|{}|false",
        "device.revoke|{\"id\":\"x\"}|true", "device.name|{\"id\":\"x\",\"name\":\"Ada\"}|true", "device.name|{\"id\":\"x\"}|false",
        "auth.login|{}|true", "auth.login|{\"hub\":\"http://evil.example\"}|false", "auth.status|{}|true", "auth.logout|{\"forget\":true}|true",
        "auth.logout|{\"forget\":1}|false", "backup|{\"path\":\"/x\"}|true", "backup|{}|true", "backup|{\"path\":\"x\"}|false",
        "node.subscribe|{}|true", "node.unsubscribe|{\"id\":\"a\"}|true", "node.subscribe|{\"id\":[]}|false", "rpc.discover|{}|true",
    })
    void theSchemasSayWhatIsChecked(String name, String params, boolean fits) {
        ObjectNode schema = Json.object().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        var required = Json.MAPPER.createArrayNode();
        for (JsonNode param : described(name).path("params")) {
            properties.set(param.path("name").asText(), param.path("schema"));
            if (param.path("required").asBoolean()) {
                required.add(param.path("name").asText());
            }
        }
        schema.set("required", required);
        JsonSchema compiled = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);

        assertThat(compiled.validate(Json.read(params.getBytes(StandardCharsets.UTF_8))).isEmpty()).as("schema").isEqualTo(fits);
        assertThat(checked(name, params)).as("check").isEqualTo(fits);
    }

    @Test
    void thePageListsExactlyTheMethodsAndTheirParams() throws IOException {
        assertThat(onThePage()).isEqualTo(TABLE.all().stream().collect(
                LinkedHashMap::new, (map, m) -> map.put(m.name(), m.params().stream().map(TableTest::written).toList()), Map::putAll));
    }

    @Test
    void thePageNamesTheLimitsAndTheNotifications() throws IOException {
        String page = page();
        assertThat(page).contains("a line " + (Limits.USUAL.lineBytes() >> 20) + " MiB")
                .contains("nesting " + LineReader.MAX_DEPTH)
                .contains("a batch %,d requests".formatted(LineReader.MAX_BATCH));
        for (JsonNode notification : DOCUMENT.path("x-notifications")) {
            assertThat(page).contains("- `" + notification.path("name").asText());
        }
    }

    private static boolean checked(String name, String params) {
        try {
            TABLE.named(name).check(Optional.of(Slice.of(params)));
            return true;
        } catch (HephException e) {
            assertThat(e.reason()).isEqualTo(Reason.INVALID_PARAMS);
            return false;
        }
    }

    private static JsonNode described(String name) {
        return DOCUMENT.path("methods").valueStream().filter(m -> m.path("name").asText().equals(name)).findFirst().orElseThrow();
    }

    private static String written(Param param) {
        return param.name() + (param.required() ? "" : "?");
    }

    /** The rows of the table of methods: {@code | `a` / `b` | `x`, `y?` (…) | … |}. */
    private static Map<String, List<String>> onThePage() throws IOException {
        Map<String, List<String>> methods = new LinkedHashMap<>();
        String table = page().split("## Methods")[1].split("\n## ")[0];
        for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
            String[] cells = row.split("\\|");
            String params = cells[2].replaceAll("\\([^)]*\\)", "").replaceAll(": \\{[^}]*}", "");
            List<String> names = words(params);
            words(cells[1]).forEach(method -> methods.put(method, names));
        }
        return methods;
    }

    private static List<String> words(String cell) {
        Matcher matcher = Pattern.compile("`([^`]+)`").matcher(cell);
        return matcher.results().map(found -> found.group(1)).toList();
    }

    private static String page() throws IOException {
        assumeTrue(Files.exists(PAGE), "docs/reference/rpc.md is read from a checkout");
        return Files.readString(PAGE);
    }
}
