package dev.heph.gateway.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonObjectsTest {
    /** In what is found {@code 1:{…}} is the object that begins in line 1; / is the end of a line. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [/{'a':1},/{'a':2}/]          | 2:{'a':1} 3:{'a':2}
            {'a':1}/{'a':2}/              | 1:{'a':1} 2:{'a':2}
            {'a':1},/{'a':2},/            | 1:{'a':1} 2:{'a':2}
            [{'a':1},{'a':2}]             | 1:{'a':1} 1:{'a':2}
            [{'a':1}/,{'a':2}/]           | 1:{'a':1} 2:{'a':2}
            {'a':[{'b':{}},{}]}           | 1:{'a':[{'b':{}},{}]}
            {'a':'}'}/{'a':'\\'}'}        | 1:{'a':'}'} 2:{'a':'\\'}'}
            {'a':'\\\\'}/{'b':'{'}        | 1:{'a':'\\\\'} 2:{'b':'{'}
            {'a':1/{'b':2}/{'c':3}        | 1:breaks off 2:{'b':2} 3:{'c':3}
            {'a':'1/{'b':2}               | 1:breaks off inside quotes 2:{'b':2}
            {'a':{'b':1}/,{'b':2}         | 1:breaks off 2:{'b':2}
            {'a':1/                       | 1:breaks off
            {'a':1}/what?/,{'b':2}        | 1:{'a':1} 2:is no JSON object 3:{'b':2}
            {'a':1}}/{'b':2}              | 1:{'a':1} 1:is no JSON object 2:{'b':2}
            """)
    void objectsAreFoundAlsoBehindWhatIsBroken(String file, String found) {
        assertThat(String.join(" ", read(file.replace('\'', '"').replace('/', '\n')))).isEqualTo(found.replace('\'', '"'));
    }

    @Test
    void objectsOfManyLinesAreKnownByTheirIndentation() {
        String pretty = """
                [
                  {
                    "a": [
                      {
                        "b": 1
                      }
                    ]
                  },
                  {
                    "a": "broken
                  },
                  {
                    "c": {
                  {
                    "d": 4
                  }
                ]
                """;
        assertThat(read(pretty)).satisfiesExactly(
                first -> assertThat(first).startsWith("2:{").contains("\"b\": 1"),
                second -> assertThat(second).isEqualTo("9:breaks off inside quotes"),
                third -> assertThat(third).isEqualTo("12:breaks off"),
                fourth -> assertThat(fourth).startsWith("14:{").contains("\"d\": 4"));
    }

    @Test
    void anObjectHasASize() {
        assertThat(read("{\"a\":\"" + "x".repeat(JsonObjects.MAX_BYTES) + "\"}\n{}")).containsExactly("1:is over 1 MiB", "2:{}");
    }

    /** Whatever becomes of one line, all others are found. */
    @Property
    void damageStaysInItsLine(@ForAll @IntRange(max = 9) int damaged, @ForAll @Size(max = 30) byte[] damage) {
        StringBuilder file = new StringBuilder();
        List<String> whole = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String object = "{\"n\":" + i + ",\"sub\":[{\"text\":\"a } \\\" { b\"}]}";
            if (i == damaged) {
                file.append(' ').append(new String(damage, StandardCharsets.ISO_8859_1).replace('\n', ' '));
            } else {
                file.append(object);
                whole.add((i + 1) + ":" + object);
            }
            file.append(i % 2 == 0 ? ",\n" : "\n");
        }
        assertThat(read(file.toString())).containsAll(whole);
    }

    private static List<String> read(String file) {
        List<String> found = new ArrayList<>();
        JsonObjects.Sink sink = new JsonObjects.Sink() {
            @Override
            public void object(long line, byte[] json) {
                found.add(line + ":" + new String(json, StandardCharsets.UTF_8));
            }

            @Override
            public void broken(long line, String reason) {
                found.add(line + ":" + reason);
            }
        };
        try {
            JsonObjects.read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
