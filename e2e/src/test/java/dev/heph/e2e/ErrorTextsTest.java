package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every error text that a person can meet, seen once: {@code errors.txt} is typed line by line at a device, and says what comes
 * back. With {@code -Dheph.errors=write} it is written anew, for a person to read again.
 */
class ErrorTextsTest {
    private static final Path TEXTS = Path.of("src/test/resources/errors.txt");
    private static final Path CLI = Installation.ROOT.resolve("cli/src/main/java");

    /** What is thrown up to the end of the statement; a semicolon within a text does not end it. */
    private static final Pattern THROWN =
            Pattern.compile("new (?:Usage|Heph)Exception\\((?:\"(?:\\\\.|[^\"\\\\])*\"|[^;\"])*;");

    private static final Pattern LITERAL = Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"");
    private static final Pattern WORD = Pattern.compile("\\b[0-9a-z]{4,26}\\b", Pattern.CASE_INSENSITIVE);

    /** A day that an answer names, not one as an example of how to write it. */
    private static final Pattern DAY = Pattern.compile("(?<!like )\\b[0-9]{4}-[0-9]{2}-[0-9]{2}\\b");

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // some 200 commands: half a minute, on a machine that does nothing else
    void eachCommandSaysWhatIsWrittenDown() {
        var transcript = new Transcript(TEXTS);
        List<Transcript.Entry> actual = new ArrayList<>();
        try (var device = Device.at(directory.resolve("home")).with("HEPH_ZONE", "UTC").with("EDITOR", "false")) {
            device.heph("up").ok();
            for (Transcript.Entry entry : transcript.entries()) {
                actual.add(new Transcript.Entry(entry.remarks(), entry.command(), typed(entry.command(), device)));
            }
        }
        if ("write".equals(System.getProperty("heph.errors"))) {
            transcript.replace(actual);
        }
        assertThat(texts(actual)).isEqualTo(texts(transcript.entries()));
    }

    /** What the command line itself can say, in its sources; what its services say is in the table as far as a person meets it. */
    @Test
    void noTextOfTheCommandLineIsMissing() throws IOException {
        String known = Files.readString(TEXTS);
        List<String> missing = new ArrayList<>();
        try (var sources = Files.walk(CLI)) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".java")).sorted().toList()) {
                for (String text : texts(Files.readString(source))) {
                    if (!known.contains(text)) {
                        missing.add(source.getFileName() + ": " + text);
                    }
                }
            }
        }
        assertThat(missing)
                .as("texts that %s shows nowhere: add a command that leads to each, or say in a remark why none can", TEXTS)
                .isEmpty();
    }

    /** The longest piece of each text that is thrown. */
    private static List<String> texts(String source) {
        return THROWN.matcher(source)
                .results()
                .map(MatchResult::group)
                .flatMap(thrown -> LITERAL.matcher(thrown)
                        .results()
                        .map(literal -> literal.group(1).translateEscapes().strip())
                        .reduce((one, other) -> other.length() > one.length() ? other : one)
                        .stream())
                .toList();
    }

    private static String texts(List<Transcript.Entry> entries) {
        return String.join("\n", entries.stream().map(Transcript.Entry::text).toList());
    }

    /** The last words of the command and its exit code, with what is different each time masked. */
    private List<String> typed(String command, Device device) {
        String heph = "heph() { " + String.join(" ", Installation.cli().stream().map(word -> "'" + word + "'").toList()) + " \"$@\"; }";
        Outcome outcome = device.program(
                List.of("bash", "-c", heph + "\ncd '" + directory + "' && " + command));
        List<String> said = new ArrayList<>(masked(outcome.err(), device).lines().toList());
        if (outcome.exitCode() != 0) {
            said.add("[" + outcome.exitCode() + "]");
        }
        return said;
    }

    private String masked(String text, Device device) {
        String known = String.join(" ", ids(device)).toLowerCase(Locale.ROOT);
        String lasting = DAY.matcher(text.replace(directory.toString(), "DIR"))
                .replaceAll(day -> isNear(day.group()) ? "DAY" : day.group());
        return WORD.matcher(lasting)
                .replaceAll(word -> isEndOf(word.group().toLowerCase(Locale.ROOT), known) ? "ID" : word.group());
    }

    /** Yesterday, today or tomorrow, also when midnight passes on the way. */
    private static boolean isNear(String day) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return today.minusDays(2).datesUntil(today.plusDays(3)).map(LocalDate::toString).anyMatch(day::equals);
    }

    private static boolean isEndOf(String word, String ids) {
        return (ids + " ").contains(word + " ");
    }

    private static List<String> ids(Device device) {
        try (Client client = device.connect()) {
            return client.result("node.list", "limit", 1000).findValuesAsText("id");
        }
    }
}
