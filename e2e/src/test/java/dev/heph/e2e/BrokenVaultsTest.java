package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Folders as they are found on old disks: what is wrong is named file by file, everything else comes in, and once. */
class BrokenVaultsTest {
    private static final String NOBODY = "65534";

    @TempDir
    static Path directory;

    private static Device device;

    /**
     * @param created notes that come in
     * @param skipped {@code path: the beginning of why}, of each file that does not come in
     * @param problems likewise of those that do, and yet have something wrong in them
     * @param attachments files that are no notes
     */
    record Vault(String name, Making making, int created, List<String> skipped, List<String> problems, int attachments) {
        interface Making {
            void in(Path folder) throws Exception;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vault> vaults() {
        return Stream.of(
                new Vault("broken YAML", folder -> {
                    write(folder, "open.md", "---\ntags: [a, b\n---\nopen [[fine]]\n");
                    write(folder, "quote.md", "\uFEFF---\r\ntitle: \"no end\r\n---\r\n");
                    write(folder, "tab.md", "---\na:\n\t- b\n---\n");
                    write(folder, "fine.md", "---\ntags: [a]\n---\n");
                }, 4, List.of(), List.of(
                        "open.md: the front matter is not valid YAML: line 3", "quote.md: the front matter", "tab.md: the front matter"), 0),
                new Vault("not UTF-8", folder -> {
                    Files.write(folder.resolve("latin1.md"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
                    Files.write(folder.resolve("utf16.md"), "text".getBytes(StandardCharsets.UTF_16));
                    Files.write(folder.resolve("half.md"), new byte[] {'a', (byte) 0xe6, (byte) 0x97});
                    write(folder, "fine.md", "café");
                }, 1, List.of("half.md: is not UTF-8",
                        "latin1.md: is not UTF-8 (at byte 4)", "utf16.md: is not UTF-8 (at byte 1)"), List.of(), 0),
                new Vault("binary", folder -> {
                    write(folder, "nul.md", "a\0b");
                    write(folder, "picture.png", "png");
                    write(folder, "fine.md", "");
                }, 1, List.of("nul.md: holds a NUL"), List.of(), 1),
                new Vault("links in circles", folder -> {
                    write(folder, "a/note.md", "n");
                    Files.createSymbolicLink(folder.resolve("a/up"), folder);
                    Files.createSymbolicLink(folder.resolve("a/self.md"), folder.resolve("a/self.md"));
                    Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));
                    Files.createSymbolicLink(folder.resolve("out.md"), Path.of("/etc/hostname"));
                    Files.createSymbolicLink(folder.resolve("nowhere.md"), folder.resolve("gone.md"));
                }, 1, List.of("a/self.md: a symbolic link that cannot be followed", "nowhere.md: a symbolic link that leads nowhere",
                        "out.md: a symbolic link that leads out of the folder"), List.of(), 0),
                new Vault("not ours to read", folder -> {
                    write(folder, "fine.md", "x");
                    write(folder, "secret.md", "x");
                    write(folder, "closed/note.md", "x");
                    write(folder, "listed/note.md", "x");
                    deny(folder.resolve("secret.md"), "---------");
                    deny(folder.resolve("closed"), "---------");
                    deny(folder.resolve("listed"), "r--r--r--");
                }, 1, List.of("closed: cannot be opened: permission denied", "listed/note.md: cannot be looked at: permission denied",
                        "secret.md: cannot be read: permission denied"), List.of(), 0),
                new Vault("large files", folder -> {
                    write(folder, "ten.md", "0123456789 [[Link]]\n".repeat(500_000));
                    Files.write(folder.resolve("seventeen.md"), new byte[(16 << 20) + 1]);
                }, 1, List.of("seventeen.md: is over 16 MiB: split it"), List.of(), 0),
                new Vault("a deep tree", folder -> {
                    write(folder, "d/".repeat(300) + "deep.md", "at the bottom");
                    String script = "cd \"$1\" && for i in $(seq 20); do mkdir $2 && cd -P $2 || exit 1; done; echo x > deep.md";
                    run("bash", "-c", script, "bash", folder.toString(), "x".repeat(250));
                }, 1, List.of(("x".repeat(250) + "/").repeat(3)), List.of(), 0),
                new Vault("names that are nearly one", folder -> {
                    write(folder, "a/Note.md", "in a");
                    write(folder, "b/Note.md", "in b");
                    write(folder, "b/note.md", "small");
                    write(folder, "e\u0301.md", "decomposed");
                    write(folder, "\u00e9.md", "composed");
                    write(folder, ".md", "hidden");
                }, 5, List.of(), List.of(), 0),
                new Vault("not what they are called", folder -> {
                    Files.createDirectories(folder.resolve("folder.md"));
                    run("mkfifo", folder.resolve("pipe.md").toString());
                    write(folder, "line\nbreak.md", "x");
                    write(folder, "UPPER.MD", "x");
                    write(folder, "note.md.bak", "x");
                }, 1, List.of("line\nbreak.md: its name has a line break in it", "pipe.md: not a file with text in it"), List.of(), 1),
                new Vault("line ends of all kinds", folder -> {
                    write(folder, "crlf.md", "a\r\nb\r\n");
                    write(folder, "mixed.md", "\uFEFFa\r\nb\nc\rd");
                    write(folder, "spaces.md", "a  \n\tb \n\n\n");
                    write(folder, "empty.md", "");
                    write(folder, "separators.md", "a\u2028b\u0085c\u000bd");
                }, 5, List.of(), List.of(), 0));
    }

    @BeforeAll
    static void start() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(Files.createDirectory(directory.resolve("out")), PosixFilePermissions.fromString("rwxrwxrwx"));
        // For root no permission means anything.
        boolean root = System.getProperty("user.name").equals("root");
        device = Device.as(home, root ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--") : List.of())
                .with("HEPH_LIGHT", "true");
        assumeTrue(device.heph("version").exitCode() == 0, "what was built is not readable by other users of this machine");
    }

    @AfterAll
    static void end() throws Exception {
        device.close();
        run("chmod", "-R", "u+rwX", directory.toString());
        run("rm", "-rf", directory.resolve("a deep tree").toString());
    }

    @ParameterizedTest
    @MethodSource("vaults")
    void whatIsWrongIsNamed_theRestComesIn_andOnce(Vault vault) throws Exception {
        Path folder = Files.createDirectory(directory.resolve(vault.name()));
        vault.making().in(folder);
        boolean whole = vault.skipped().isEmpty() && vault.problems().isEmpty();

        Outcome outcome = device.heph("import", folder.toString(), "--json").exits(whole ? 0 : 2);

        JsonNode counts = outcome.json();
        assertThat(counts.path("created").asInt()).as("%s", counts).isEqualTo(vault.created());
        matches(counts.path("skipped"), vault.skipped());
        matches(counts.path("problems"), vault.problems());
        assertThat(counts.path("attachments").asInt()).isEqualTo(vault.attachments());
        assertThat(counts.path("attachment_paths")).hasSize(vault.attachments());
        for (String named : Stream.concat(vault.skipped().stream(), vault.problems().stream()).toList()) {
            assertThat(outcome.err()).contains(named.split(": ")[0].replace('\n', ' ')); // a line for people is one line
        }

        JsonNode again = device.heph("import", folder.toString(), "--json").exits(whole ? 0 : 2).json();
        assertThat(again.path("unchanged").asInt()).isEqualTo(vault.created());
        assertThat(again.path("created").asInt() + again.path("updated").asInt()).isZero();
        exported(vault, folder);
    }

    /** Every file that came in goes out with its bytes; of names that some file systems take for one, all but the first under another. */
    private static void exported(Vault vault, Path folder) throws IOException {
        Path target = directory.resolve("out").resolve(vault.name());
        device.heph("export", target.toString()).ok();
        JsonNode manifest = Json.read(Files.readString(target.resolve(".heph-export.json")));
        int seen = 0;
        for (JsonNode node : manifest.path("nodes")) {
            if (node.at("/source/vault").asText().equals(vault.name())) {
                seen++;
                assertThat(target.resolve(node.path("path").asText()))
                        .hasBinaryContent(Files.readAllBytes(folder.resolve(node.at("/source/path").asText())));
            }
        }
        assertThat(seen).isEqualTo(vault.created());
    }

    private static void matches(JsonNode named, List<String> expected) {
        var found = new TreeSet<String>();
        named.forEach(one -> found.add(one.path("path").asText() + ": " + one.path("reason").asText()));
        assertThat(found).hasSameSizeAs(expected);
        int at = 0;
        for (String line : found) {
            assertThat(line).startsWith(expected.get(at++));
        }
    }

    private static void write(Path folder, String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void deny(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
