package dev.heph.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Test
    void read() {
        Json json = Json.parse(" { \"a\" : [ 1 , -2.5e3, true, null, \"x\\u00e9\\n\\\"\" ], \"b\": {} } ");

        assertThat(json.at("a").list()).extracting(Json::text).containsExactly("1", "-2500.0", "true", "", "xé\n\"");
        assertThat(json.at("b").value()).isEqualTo(Map.of());
    }

    @Test
    void at_missing_isNull() {
        assertThat(Json.parse("{\"a\":1}").at("b").at("c").isNull()).isTrue();
        assertThat(Json.parse("[]").at("b").text()).isEmpty();
        assertThat(Json.NULL.list()).isEmpty();
    }

    @Test
    void object_leavesNullOut() {
        assertThat(Json.object("a", 1, "b", null)).isEqualTo(Map.of("a", 1));
    }

    @Property
    void write_isWhatJacksonReads(@ForAll("values") Object value) throws IOException {
        assertThat(JACKSON.readTree(new Json(value).toString()))
                .isEqualTo(JACKSON.readTree(JACKSON.writeValueAsBytes(value)));
    }

    @Property
    void read_isWhatJacksonWrites(@ForAll("values") Object value) throws IOException {
        byte[] compact = JACKSON.writeValueAsBytes(value);
        byte[] pretty = JACKSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);

        assertThat(Json.parse(compact).value()).isEqualTo(value);
        assertThat(Json.parse(pretty).value()).isEqualTo(value);
    }

    @Property
    void members_standWhereTheyAre(@ForAll("values") Object one, @ForAll("values") Object two) throws IOException {
        byte[] line = JACKSON.writeValueAsBytes(Json.object("one", List.of(one), "two", Map.of("x", two)));

        Map<String, JsonReader.Slice> members = JsonReader.members(line);

        assertThat(members.keySet()).containsExactly("one", "two");
        assertThat(members.get("one").json().value()).isEqualTo(List.of(one));
        assertThat(members.get("two").json().value()).isEqualTo(Map.of("x", two));
    }

    /** Whatever comes, it is read or refused in one line, never a crash or an endless loop. */
    @Property
    void read_garbage_isRefused(@ForAll("garbage") String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            Json.parse(bytes);
        } catch (JsonException e) {
            assertThat(e.getMessage()).startsWith("not JSON").hasLineCount(1).doesNotContain("Source");
        }
        try {
            JsonReader.members(bytes);
        } catch (JsonException e) {
            assertThat(e.getMessage()).startsWith("not ").hasLineCount(1).doesNotContain("Source");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\"}",
                "{\"a\":1,}",
                "01",
                "1.",
                "-",
                "tru",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "1 2",
                "\"\n\""
            })
    void read_malformed(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("not JSON: ");
    }

    @Test
    void read_malformed_saysWhere() {
        assertThatThrownBy(() -> Json.parse("{\"a\": 1, x: 2}")).hasMessageEndingWith("at byte 10");
        assertThatThrownBy(() -> Json.parse("{\"a\"")).hasMessage("not JSON: it ends too soon");
        assertThatThrownBy(() -> Json.parse("[1] 2")).hasMessage("not JSON: something follows its end at byte 5");
    }

    @Test
    void read_numbersOfAnySize_areWrittenAsTheyCame() {
        String numbers = "[0,-1,9007199254740993,9223372036854775807,-170141183460469231731687303715884105728,0.5]";

        assertThat(Json.parse(numbers)).hasToString(numbers);
    }

    @Test
    void halfACharacter_isWrittenAsItCame() {
        assertThat(Json.parse("\"a\\uD800\"")).hasToString("\"a\\uD800\"");
        assertThat(Json.parse("\"\\ud83d\\ude00\"")).hasToString("\"\ud83d\ude00\"");
    }

    @Test
    void read_tooDeep() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("levels");
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars("aZ09 \"\\/\n\t\u0001\u001fé漢{}[],:")
                .withCharRange('\u0000', '\ud7ff')
                .ofMaxLength(12);
        return Arbitraries.lazyOf(
                () -> texts.map(text -> (Object) text),
                () -> Arbitraries.longs().between(-(1L << 53), 1L << 53).map(number -> (Object) number),
                () -> Arbitraries.doubles()
                        .between(-1e6, 1e6)
                        .ofScale(3)
                        .filter(d -> d != Math.rint(d))
                        .map(number -> (Object) number),
                () -> Arbitraries.of(true, false).map(truth -> (Object) truth),
                () -> values().list().ofMaxSize(3).map(list -> (Object) list),
                () -> Arbitraries.maps(texts, values()).ofMaxSize(3).map(map -> (Object) map));
    }

    @Provide
    Arbitrary<String> garbage() {
        return Arbitraries.of(
                        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "1", "-", ".5", "e3", "true", "null", " ", "\\",
                        "\\n", "{\"a\":", "[1,2]")
                .list()
                .ofMaxSize(7)
                .map(parts -> String.join("", parts));
    }
}
