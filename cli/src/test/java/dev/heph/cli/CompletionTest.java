package dev.heph.cli;

import static dev.heph.cli.Answers.BUDGET_ID;
import static dev.heph.cli.Answers.NEXT;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.RENT_ID;
import static dev.heph.cli.Answers.json;
import static dev.heph.cli.Answers.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    /** In the order in which they fit. */
    private static final String NAMED = json("[{'id': '" + BUDGET_ID + "', 'kind': 'doc', 'title': 'Budget', 'name': 'Budget'},"
            + " {'id': '" + RENT_ID + "', 'kind': 'task', 'title': 'Pay rent', 'name': 'Pay rent'}]");

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer("task.list", "{\"tasks\":" + NEXT + ",\"total\":3}");
        cli.answer("node.complete", NAMED);
        cli.answer("node.list", nodes(1, RENT));
        cli.answer("project.list", json("[{'title': 'House', 'outstanding': 3}, {'title': 'Reading list', 'outstanding': 1}]"));
        cli.answer("tag.list", json("[{'tag': 'home', 'count': 12}, {'tag': 'town', 'count': 3}]"));
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    /** The words after heph, with a dot for an empty one, and the first words of the candidates. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unb                   | unblock
            help on-              | on-deck
            list --s              | --state --sort
            list --kind t         | task tag
            add x --attention re  | red
            edit k3f9 --project H | House
            project move x --into R | Reading list
            tasks @               | @House @"Reading list"
            tasks @r              | @"Reading list"
            tasks #to             | #town
            add +h                | +home
            search x --tag t      | town
            done .                | k3f9 w8tr zzzz
            done k                | k3f9 m2x1
            done Pay              | m2x1 k3f9
            block k3f9 --on w     | w8tr m2x1 k3f9
            check ren             | m2x1 k3f9
            show .                | k3f9
            link k3f9 bud         | m2x1 k3f9
            attention k3f9 or     | orange m2x1 k3f9
            do k3f9 tom           | tomorrow m2x1 k3f9
            move k3f9 Hou         | House m2x1 k3f9
            tag k3f9 ho           | home m2x1 k3f9
            project m             | move
            completion .          | bash fish zsh
            frobnicate x          |
            add Pay               |
            """, quoteCharacter = '`')
    void complete(String line, String candidates) {
        var words = new ArrayList<>(List.of("complete", "--no-start", "--"));
        List.of(line.split(" ")).forEach(word -> words.add(word.equals(".") ? "" : word));
        Outcome outcome = cli.run(words.toArray(String[]::new));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        List<String> found = outcome.out().lines().map(each -> each.split("\t")[0]).toList();
        assertThat(String.join(" ", found)).isEqualTo(candidates == null ? "" : candidates);
    }

    /** A word of the shell that is a line of heph: what stands before the last part of it stays. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add              | Pay rent @h      | Pay rent @House
            add              | Pay rent #to     | Pay rent #town
            add              | Pay rent @"Read  | Pay rent @"Reading list"
            add              | @"Reading l      | @"Reading list"
            done --where     | !red -@ho        | !red -@House
            tasks            | (#ho             | (#home
            tasks            | @House or (#ho   | @House or (#home
            done --where     | rent             |
            add --do fri     | Pay rent         |
            edit k3f9 --title | Bud             |
            move k3f9        | Reading l        | Reading list
            """, quoteCharacter = '`')
    void complete_withinAWord(String words, String last, String candidates) {
        var line = new ArrayList<>(List.of("complete", "--no-start", "--"));
        line.addAll(List.of(words.split(" ")));
        line.add(last);

        List<String> found = cli.run(line.toArray(String[]::new)).out().lines().map(each -> each.split("\t")[0]).toList();
        assertThat(String.join(" ", found)).startsWith(candidates == null ? "" : candidates);
        assertThat(found.isEmpty()).isEqualTo(candidates == null);
    }

    @Test
    void complete_saysWhatEachIs() {
        assertThat(cli.run("complete", "--", "done", "k").out()).isEqualTo("k3f9\tPay rent\nm2x1\tBudget\n");
        assertThat(cli.asked)
                .contains("task.list {'where':'state:outstanding','limit':200}",
                        "node.complete {'text':'k','limit':20,'kind':'task','state':'outstanding'}");
        assertThat(cli.run("complete", "--titles", "--", "done", "bud").out()).isEqualTo("Budget\tm2x1\nPay rent\tk3f9\n");
        assertThat(cli.run("complete", "--", "aliased").out()).isEmpty();
    }

    @Test
    void complete_views() {
        cli.run("view", "save", "errands", "#town");
        assertThat(cli.run("complete", "--", "view", "").out()).isEqualTo("save\nlist\ndelete\nerrands\t#town\n");
        assertThat(cli.run("complete", "--", "view", "delete", "e").out()).isEqualTo("errands\t#town\n");
    }

    @Test
    void complete_withoutADaemon_isSilent() {
        var away = new Cli(directory.resolve("other"));
        assertThat(away.run("complete", "--no-start", "--", "done", "k")).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void completion_noSuchShell() {
        assertThat(cli.run("completion", "csh"))
                .isEqualTo(new Outcome(
                        64, "", "heph: completion knows bash, zsh and fish, not 'csh'. Try: heph help completion\n"));
    }

    /** The line as it is typed up to Tab, what heph answers, and what bash is told: with a single answer, what it inserts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            heph un          | unblock~let         | unblock
            heph done rent   | k3f9~Pay            | k3f9
            heph done p      | k3f9~Pay;m2x1~Plan  | k3f9  Pay;m2x1  Plan
            heph tasks @Ho   | @House~3            | @House
            heph tasks '@Ho  | @House~3            | @House
            heph move k3f9 R | Reading list~1      | Reading\\ list
            heph done        |                     |
            heph add 'Pay rent @nos        | Pay rent @nosuch~1 | Pay rent @nosuch
            heph add "Pay rent @nos        | Pay rent @nosuch~1 | Pay rent @nosuch
            heph add Pay\\ rent\\ x@nos      | Pay rent x@nosuch~1 | @nosuch
            heph done --where '!red @nos   | !red @nosuch~1     | !red @nosuch
            heph add @hou                  | @house~3;@HOUSE/cellar~1;@household~1 | @house  3;@HOUSE/cellar  1;@household  1;.
            heph add @HOU                  | @house~3;@household~1 | @house  3;@household  1
            heph add 'x @hou               | x @house~3;x @HOUSE/cellar~1 | x @house  3;x @HOUSE/cellar  1;.
            heph done pay                  | k3f9~Pay;k2x1~Plan | k3f9  Pay;k2x1  Plan;.
            heph move k3f9 Rea             | Reading list~1;Reading room~1 | Reading\\.
            """, quoteCharacter = '`')
    void bash(String typed, String answer, String inserted) throws Exception {
        Path script = directory.resolve("completion.bash");
        Files.writeString(script, cli.run("completion", "bash").out());
        String answers = answer == null ? "" : answer.replace('~', '\t').replace(';', '\n') + "\n";
        String run = "heph() { printf '%s' \"$ANSWER\"; }; source \"$1\"; COMP_LINE=$2 COMP_POINT=${#2}; "
                + "COMP_WORDS=(heph \"${2##* }\") COMP_CWORD=1; _heph; (IFS=';'; printf '%s' \"${COMPREPLY[*]}\")";
        var builder = new ProcessBuilder("bash", "-c", run, "bash", script.toString(), typed).redirectErrorStream(true);
        builder.environment().put("ANSWER", answers);
        Process bash = builder.start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(inserted == null ? "" : inserted.replaceAll("\\.$", " "));
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void scripts_askWithoutStartingTheDaemon() {
        for (String shell : List.of("bash", "zsh", "fish")) {
            assertThat(cli.run("completion", shell).out()).contains("heph complete --no-start").doesNotContain("\r");
        }
    }
}
