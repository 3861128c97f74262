package dev.heph.cli;

import static dev.heph.cli.Answers.BACKLINK;
import static dev.heph.cli.Answers.BUDGET;
import static dev.heph.cli.Answers.IMPORTED;
import static dev.heph.cli.Answers.LINKS;
import static dev.heph.cli.Answers.PROGRESS;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.RENT_ID;
import static dev.heph.cli.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import dev.heph.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in from files and goes out again. */
class ImportCommandsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer(
                "node.resolve",
                params -> "\"result\":" + found(params.at("name").text().equals("k3f9") ? RENT : BUDGET));
        cli.answer("node.get", params -> "\"result\":" + (params.at("id").text().equals(RENT_ID) ? RENT : BUDGET));
        cli.answer("links.outgoing", LINKS);
        cli.answer("links.backlinks", "[" + BACKLINK + "]");
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void import_namesOfFilesAreHarmless() throws IOException {
        Files.createDirectory(directory.resolve("vault"));
        cli.answer("import", params -> "\"result\":" + Answers.json("{'files': 1, 'created': 0, 'updated': 0, 'unchanged': 1, 'attachments': 0,"
                + " 'notes_total': 1, 'skipped': [{'path': 'a\\u001b[31m\\nb.md', 'reason': 'not UTF-8'}], 'gone': 1, 'gone_paths': ['c\\u001b]0;d.md'],"
                + " 'moved_paths': [{'from': 'e\\u001bc.md', 'to': 'f\\u0007.md'}]}"));

        Outcome outcome = cli.run("import", "vault");

        assertThat(outcome.out() + outcome.err()).doesNotContain("\u001b", "\u0007")
                .contains("  moved e c.md to f .md\n", "any more: c ]0;d.md.", "skipped a [31m b.md: not UTF-8\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "-", "."})
    void import_namesAProgramItDoesNotKnowFirst(String path) {
        assertThat(cli.run("import", "--from", "bogus", path))
                .isEqualTo(new Outcome(65, "", "heph: 'from' must be one of taskwarrior, todoist, not 'bogus'\n"));
    }

    @Test
    void import_() throws IOException {
        Path vault = Files.createDirectory(directory.resolve("vault"));
        cli.terminal = new Terminal(true, false, true, false, Integer.MAX_VALUE);
        cli.sendBefore(PROGRESS).answer("import", IMPORTED);

        Outcome outcome = cli.run("import", "vault");

        assertThat(cli.asked).containsExactly("import {'path':'" + vault + "'}");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out())
                .isEqualTo("Imported 3 files in 0.00 s: 1 new, 1 changed, 0 as they were; 9 notes in all\n");
        assertThat(outcome.err()).contains("50 %  1 of 2  a.md").endsWith("\r\u001b[Kskipped b.md: not UTF-8\n");
    }

    @Test
    void import_says_whatWasDeleted_whatIsBroken_andWhatStays() throws IOException {
        Path vault = Files.createDirectory(directory.resolve("vault"));
        cli.answer("import", "{'files':3,'created':1,'updated':0,'unchanged':2,'deleted':1,'deleted_paths':['old.md'],'skipped':[],'problems':[{'path':'b.md',"
                + "'reason':'the front matter is broken'}],'attachments':2,'attachment_paths':['p.png','q.pdf'],'notes_total':9}");

        Outcome outcome = cli.run("import", "vault", "--prune", "--attachments");

        assertThat(cli.asked).containsExactly("import {'path':'" + vault + "','prune':true}");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEqualTo("Imported 3 files in 0.00 s: 1 new, 0 changed, 2 as they were, 1 deleted; 9 notes in all;"
                + " files that are no notes stay where they are: 2 (--attachments names them)\n  deleted old.md\n  p.png\n  q.pdf\n");
        assertThat(outcome.err()).isEqualTo("b.md came in, but the front matter is broken\n");
    }

    @Test
    void import_says_whichNotesHaveNoFileAnyMore_andWhatMovedAndIsHidden() throws IOException {
        Files.createDirectory(directory.resolve("My vault"));
        String counts = "'files':%d,'created':0,'updated':0,'unchanged':2,'moved':1,'moved_paths':[{'from':'m.md','to':'a/n.md'}],'gone':%d,'gone_paths':[%s],"
                + "'deleted':0,'deleted_paths':[],'skipped':[],'problems':[],'hidden':%d,'attachments':0,'attachment_paths':[],'notes_total':9";
        cli.answer("import", "{" + counts.formatted(3, 4, "'1.md','2.md','3.md','4.md'", 2) + "}");
        assertThat(cli.run("import", "My vault", "--vault", "mine")).isEqualTo(new Outcome(0,
                "Imported 3 files in 0.00 s: 0 new, 0 changed, 2 as they were, 1 moved; 9 notes in all; hidden files and folders, which stay out: 2\n"
                + "  moved m.md to a/n.md\n"
                + "4 notes have no file in this folder any more: 1.md, 2.md, 3.md …. To delete them: heph import 'My vault' --vault mine --prune\n", ""));

        Files.createDirectory(directory.resolve("vault"));
        cli.answer("import", "{" + counts.formatted(3, 1, "'1.md'", 0) + "}");
        assertThat(cli.run("import", "vault").out())
                .endsWith("1 note has no file in this folder any more: 1.md. To delete it: heph import vault --prune\n");
        assertThat(cli.run("import", "vault", "--prune").out()).as("some were kept, which is said of each").doesNotContain("any more");
        cli.answer("import", "{" + counts.formatted(0, 1, "'1.md'", 0) + "}");
        assertThat(cli.run("import", "vault").out()).endsWith("any more: 1.md. Is it the right folder, and all of it there?\n");
    }

    @Test
    void import_watch_takesInWhatChanges() throws Exception {
        Path vault = Files.createDirectory(directory.resolve("vault"));
        cli.answer("import", IMPORTED);
        Thread watching = Thread.ofVirtual().start(() -> cli.run("import", "vault", "--watch"));
        for (int times = 1; times < 3; times++) {
            awaitImports(times);
            Files.writeString(vault.resolve(times + ".md"), "changed");
        }
        awaitImports(3);
        watching.interrupt();
        watching.join();
        assertThat(cli.asked).hasSize(3);
    }

    private void awaitImports(int imports) {
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> cli.asked.size() >= imports);
    }

    @Test
    void import_from() throws IOException {
        Path file = Files.writeString(directory.resolve("tasks.json"), "[]");
        cli.answer("import", "{'files':4,'created':2,'updated':1,'unchanged':0,'skipped':[{'path':'line 12','reason':'breaks off'}],'notes_total':9}");

        Outcome outcome = cli.run("import", "--from", "taskwarrior", "tasks.json");

        assertThat(cli.asked).containsExactly("import {'path':'" + file + "','from':'taskwarrior'}");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEqualTo("Read 4 entries in 0.00 s: 2 new, 1 changed, 0 as they were\n");
        assertThat(outcome.err()).isEqualTo("skipped line 12: breaks off\n");
    }

    @Test
    void import_ofTasks_fromAPipe() throws IOException {
        cli.in = "[{}]".getBytes(StandardCharsets.UTF_8);
        var read = new StringBuilder();
        cli.answer("import", params -> {
            try {
                read.append(Files.readString(Path.of(params.at("path").text())));
            } catch (IOException e) {
                read.append(e);
            }
            return "\"result\":{\"files\":1,\"created\":1,\"updated\":0,\"unchanged\":0,\"skipped\":[],\"notes_total\":1}";
        });
        assertThat(cli.run("import", "--from", "taskwarrior", "-")).isEqualTo(
                new Outcome(0, "Read 1 entries in 0.00 s: 1 new, 0 changed, 0 as they were\n", ""));
        assertThat(read.toString()).isEqualTo("[{}]");
        try (var left = Files.list(cli.home().data())) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".tasks"));
        }
        assertThat(cli.run("import", "--from", "todoist", "-").exitCode()).isEqualTo(64);
    }

    @Test
    void import_ofTasks_fromAPipe_doesNotNameTheFileThatItBecomes() {
        for (int shown : new int[] {1000, 20}) { // the daemon cuts what is long
            cli.answer("import", params -> {
                String path = params.at("path").text();
                String file = path.length() > shown ? path.substring(0, shown) + "…" : path;
                return "\"error\":{\"code\":-32602,\"message\":\"'" + file + "' is no export of Taskwarrior: make one with: task export > tasks.json\","
                        + "\"data\":{\"reason\":\"invalid-params\"}}";
            });
            assertThat(cli.run("import", "--from", "taskwarrior", "-")).isEqualTo(
                    new Outcome(65, "", "heph: standard input is no export of Taskwarrior: make one with: task export > tasks.json\n"));
        }
    }

    @Test
    void export() {
        cli.answer("export", "{'count':12,'path':'/x/out'}");
        assertThat(cli.run("export", "out", "--force").out()).isEqualTo("Exported 12 files to /x/out\n");
        assertThat(cli.asked).containsExactly("export {'path':'" + directory.resolve("out") + "','force':true}");
    }
}
