package dev.heph.model.recur;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dates that others computed: the examples of RFC 5545, and 400 random rules by python-dateutil. */
class VectorsTest {
    private static final String GOES_ON = " ...";

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void anExampleOfTheRfc(String what, String rule, String start, String dates) {
        check(rule, start, dates, Optional.of(ZoneId.of("America/New_York")));
    }

    @ParameterizedTest(name = "{0} from {1}")
    @MethodSource("dateutil")
    void aRuleAsDateutilHasIt(String rule, String start, String dates) {
        check(rule, start, dates, Optional.empty());
    }

    private static void check(String rule, String start, String dates, Optional<ZoneId> zone) {
        boolean goesOn = dates.endsWith(GOES_ON);
        List<LocalDateTime> expected =
                Arrays.stream(dates.replace(GOES_ON, "").split(" ")).map(LocalDateTime::parse).toList();
        List<LocalDateTime> found = Rule.parse(rule).from(LocalDateTime.parse(start), zone).stream().limit(expected.size() + 1L)
                .takeWhile(date -> date.getYear() < 2100).toList();
        assertThat(found).hasSize(expected.size() + (goesOn ? 1 : 0)).startsWith(expected.toArray(LocalDateTime[]::new));
    }

    static Stream<Object[]> examples() throws IOException {
        return rows("rfc5545.txt");
    }

    static Stream<Object[]> dateutil() throws IOException {
        return rows("dateutil.txt");
    }

    private static Stream<Object[]> rows(String file) throws IOException {
        return Files.readAllLines(Path.of("src", "test", "resources", "recur", file)).stream().filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| "));
    }
}
