package dev.heph.cli;

import static dev.heph.cli.Answers.BUDGET;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.RENT_ID;
import static dev.heph.cli.Answers.budget;
import static dev.heph.cli.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real editors: shell commands that change the file they are given. */
class EditTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.terminal = Cli.TERMINAL;
        cli.answer("node.resolve", found(BUDGET)).answer("node.get", BUDGET);
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void saves_withTheRevItLoadedAsBase() throws IOException {
        editor("printf 'more\\n' >>");
        cli.answer("node.update", budget("# Plan\\n\\nSee [[Pay rent]].\\nmore\\n", "r8"));

        assertThat(cli.run("edit", "Budget")).isEqualTo(new Outcome(0, "Saved m2x1 Budget\n", ""));
        assertThat(cli.asked.getLast())
                .isEqualTo("node.update {'id':'" + Answers.BUDGET_ID
                        + "','body':'# Plan\\n\\nSee [[Pay rent]].\\nmore\\n','base':'r7'}");
        assertThat(drafts()).isEmpty();
    }

    @Test
    void open_isEditWithoutItsOptions() throws IOException {
        editor("printf 'more\\n' >>");
        cli.answer("node.update", budget("# Plan\\n\\nSee [[Pay rent]].\\nmore\\n", "r8"));

        assertThat(cli.run("open", "Budget")).isEqualTo(new Outcome(0, "Saved m2x1 Budget\n", ""));
        assertThat(cli.asked.getLast()).startsWith("node.update").endsWith("'base':'r7'}");
        assertThat(cli.run("open").err()).isEqualTo("heph: open needs a NOTE. Try: heph help open\n");
    }

    @Test
    void saysWhenTheMergeBroughtOthersChanges() throws IOException {
        editor("printf 'more\\n' >>");
        cli.answer("node.update", budget("# Plan of theirs\\n\\nSee [[Pay rent]].\\nmore\\n", "r9"));

        assertThat(cli.run("edit", "Budget").out()).isEqualTo("""
                Saved m2x1 Budget
                It had changed meanwhile; both changes are in it now. Look: heph show m2x1
                """);
    }

    @Test
    void unchanged_savesNothing() throws IOException {
        editor("true");
        assertThat(cli.run("edit", "Budget")).isEqualTo(new Outcome(0, "", "heph: nothing changed\n"));
        assertThat(drafts()).isEmpty();
    }

    @Test
    void newlineThatOnlyTheEditorAdded_isNoChange() throws IOException {
        cli.answer("node.get", budget("no end", "r1"));
        editor("printf '\\n' >>");
        assertThat(cli.run("edit", "Budget").err()).isEqualTo("heph: nothing changed\n");
    }

    @Test
    void failedSave_keepsTheDraft() throws IOException {
        editor("printf 'more\\n' >>");
        cli.refuse("node.update", -32011, "no-space", "the disk is full; nothing was written", "");

        Outcome outcome = cli.run("edit", "Budget");

        Path draft = drafts().getFirst();
        assertThat(outcome)
                .isEqualTo(new Outcome(
                        75, "", "heph: the disk is full; nothing was written. Your text is in " + draft + "\n"));
        assertThat(draft).hasContent("# Plan\n\nSee [[Pay rent]].\nmore\n");
    }

    @Test
    void editorThatFails_keepsWhatWasWritten() throws IOException {
        editor("sh -c 'echo more >> $0; exit 3'");
        Outcome outcome = cli.run("edit", "Budget");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("ended with exit code 3; nothing was saved. Your text is in " + drafts().getFirst());
    }

    @Test
    void editorThatIsNotThere_leavesNothing() throws IOException {
        editor("no-such-editor");
        assertThat(cli.run("edit", "Budget").err())
                .startsWith("heph: the editor 'no-such-editor' ended with exit code 127");
        assertThat(drafts()).isEmpty();
    }

    @Test
    void editorThatTakesTheFileAway_isToldWithItsName() {
        editor("rm -f");
        Outcome outcome = cli.run("edit", "Budget");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("heph: cannot read " + cli.home().data().resolve("drafts/Budget-"))
                .endsWith(".md, which the editor was to write: no such file or directory; nothing was saved\n");
        assertThat(cli.asked).noneMatch(asked -> asked.startsWith("node.update"));
    }

    @Test
    void editorThatFailsAndTakesTheFileAway_isNamed() {
        editor("f() { rm $1; return 3; }; f");
        assertThat(cli.run("edit", "Budget").err()).endsWith("ended with exit code 3; nothing was saved\n");
    }

    @Test
    void note_fromTheEditor() throws IOException {
        editor("printf 'Hello\\n' >");
        cli.answer("node.resolve", Answers.candidates()).answer("node.create", BUDGET);

        assertThat(cli.run("note", "Budget").out()).isEqualTo("Added m2x1 Budget\n");
        assertThat(cli.asked).endsWith("node.create {'kind':'doc','title':'Budget','body':'Hello\\n'}");
    }

    @Test
    void note_thatExists_isRefusedBeforeTheEditorOpens() throws IOException {
        editor("touch " + directory.resolve("opened") + "; true");

        assertThat(cli.run("note", "Budget").exitCode()).isEqualTo(65);
        assertThat(directory.resolve("opened")).doesNotExist();
    }

    @Test
    void note_gatewayFallsSilent_textIsKept() throws IOException {
        editor("printf 'Hello\\n' >");
        cli.refuse("node.create", -32012, "timeout", "no answer", "");
        Outcome outcome = cli.run("note", "--new", "Budget");

        assertThat(outcome.exitCode()).isEqualTo(75);
        assertThat(drafts().getFirst()).hasContent("Hello");
        assertThat(outcome.err()).isEqualTo("heph: no answer. Your text is in " + drafts().getFirst() + "\n");
    }

    @Test
    void options_changeWhatStandsBesideTheText() {
        editor("touch " + directory.resolve("opened") + "; true");
        cli.answer("node.resolve", found(RENT)).answer("node.get", RENT).answer("node.update", RENT);
        cli.answer("task.change", "{\"changed\":1,\"tasks\":[]}");
        cli.answer("date.parse", params -> "\"result\":{\"local\":"
                + (params.at("text").text().equals("none") ? null : "\"2026-11-22\"") + "}");

        assertThat(cli.run("edit", "k3f9", "--title", "Pay rent", "--do", "+3d", "--late", "none", "--attention", "red",
                        "--project", "House"))
                .isEqualTo(new Outcome(0, "Changed k3f9 Pay rent · red · do Sun 22 Nov · late Tue 1 Dec 9:00 · @House\n", ""));
        assertThat(cli.asked)
                .containsExactly(
                        "node.resolve {'name':'k3f9','kind':'task'}",
                        "date.parse {'text':'+3d'}",
                        "date.parse {'text':'none'}",
                        "task.change {'ids':['" + RENT_ID + "'],'title':'Pay rent','do_date':'2026-11-22','late_on':'none',"
                                + "'attention':'red','project':'House'}",
                        "node.get {'id':'" + RENT_ID + "'}");
        assertThat(directory.resolve("opened")).doesNotExist();
    }

    @Test
    void options_theRuleGoesWithTheOthersAsOneAction() {
        cli.answer("node.resolve", found(RENT)).answer("node.get", RENT).answer("task.change", "{\"changed\":1,\"tasks\":[]}");
        cli.answer("recur.preview", "{\"words\":\"every month\",\"rule\":\"FREQ=MONTHLY\",\"after_done\":true,\"dates\":[]}");
        assertThat(cli.run("edit", "k3f9", "--recur", "every month after done", "--title", "Rent").exitCode()).isZero();
        assertThat(cli.asked).contains("task.change {'ids':['" + RENT_ID + "'],'title':'Rent','rule':'FREQ=MONTHLY','after_done':true}");
        cli.run("edit", "k3f9", "--recur", "none");
        assertThat(cli.asked).contains("task.change {'ids':['" + RENT_ID + "'],'rule':'none'}");
    }

    @Test
    void title_alsoOfANote() {
        cli.answer("node.update", BUDGET);
        assertThat(cli.run("edit", "Budget", "--title", "Budget")).isEqualTo(new Outcome(0, "Changed m2x1 Budget\n", ""));
        assertThat(cli.asked.getFirst()).isEqualTo("node.resolve {'name':'Budget'}");
        assertThat(cli.run("edit", "Budget", "--title", "Budget", "--json").out()).isEqualTo(BUDGET + "\n");
    }

    @Test
    void options_aDateThatIsNone_changesNothing() {
        cli.answer("node.resolve", found(RENT));
        cli.refuse("date.parse", -32602, "invalid-params", "I do not know the date 'frday'. Did you mean friday?", "");
        assertThat(cli.run("edit", "k3f9", "--title", "x", "--late=frday"))
                .isEqualTo(new Outcome(65, "", "heph: I do not know the date 'frday'. Did you mean friday?\n"));
        assertThat(cli.asked).endsWith("date.parse {'text':'frday'}").hasSize(2);
    }

    private void editor(String command) {
        cli.environment.put("EDITOR", command);
    }

    private List<Path> drafts() throws IOException {
        try (var files = Files.list(cli.home().data().resolve("drafts"))) {
            return files.toList();
        }
    }
}
