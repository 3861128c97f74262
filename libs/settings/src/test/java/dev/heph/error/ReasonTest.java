package dev.heph.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReasonTest {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| −(\\d+) \\| (\\d+) \\| (\\d+) \\|.*");

    @Test
    void theTableInTheDocsIsTheEnum() throws Exception {
        var documented = Files.readAllLines(Path.of("../../docs/reference/errors.md")).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> row.group(1) + " -" + row.group(2) + " " + row.group(3) + " " + row.group(4))
                .toList();
        var coded = java.util.Arrays.stream(Reason.values())
                .map(r -> r.word() + " " + r.code() + " " + r.httpStatus() + " " + r.exitCode())
                .toList();
        assertThat(documented).isEqualTo(coded);
    }

    @Test
    void aWordLeadsBackToItsReason() {
        for (Reason reason : Reason.values()) {
            assertThat(Reason.of(reason.word())).contains(reason);
        }
        assertThat(Reason.of("from-the-future")).isEmpty();
    }
}
