package dev.heph.cli;

import static dev.heph.cli.TaskAnswers.PLANTS;
import static dev.heph.cli.TaskAnswers.READ;
import static dev.heph.cli.TaskAnswers.RENT;
import static dev.heph.cli.TaskAnswers.TRIP;
import static dev.heph.cli.TaskAnswers.board;
import static dev.heph.cli.TaskAnswers.counts;
import static dev.heph.cli.TaskAnswers.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextTest {
    private static final String NONE = counts(0, 0, 0, 0, 0);

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void notSyncedForDays_isTheLastLine() {
        cli.terminal = Cli.TERMINAL;
        cli.answer("board", board(counts(1, 0, 0, 0, 4), READ).replace("\"counts\"", "\"not_synced_since\":1795075200000,\"counts\""));
        assertThat(cli.run("next").out()).endsWith("\nNOT SYNCED FOR 2 DAYS. Why: heph sync --status\n");
    }

    @Test
    void rows_onlyAPassedLateOnIsLate_anOldDoDateHasAnAge() {
        cli.answer("board", board(counts(2, 9, 12, 12, 4), RENT, PLANTS, READ));

        assertThat(cli.run("next", "--limit", "3")).isEqualTo(new Outcome(0, """
                k3f9  ● red     Pay rent          @House  late since Thu 19 Nov
                w8tr  ◐ orange  Water the plants          3 days
                zzzz  ○ white   Read
                """, "2 late · 1 red · 9 orange (limit 6) · 12 on deck · 4 inbox\n"));
        assertThat(cli.asked).containsExactly("board {'limit':3}");
    }

    @Test
    void scoped_theInboxIsNotCounted_itLiesInNoScope() {
        cli.answer("board", board(counts(1, 0, 0, 0, 4), READ));

        assertThat(cli.run("next", "--scope", "#home").err()).isEqualTo("1 late · 1 red\n");
        assertThat(cli.asked).containsExactly("board {'scope':'#home'}");
        cli.answer("board", board(counts(0, 0, 0, 0, 4), READ));
        assertThat(cli.run("next", "--scope", "#home").err()).isEqualTo("1 red\n");
    }

    @Test
    void onATerminal_theCountsStandBelow_andALongTitleGivesWay() {
        cli.terminal = Cli.TERMINAL;
        cli.answer("board", board(counts(1, 1, 31, 0, 0), RENT, PLANTS.replace("Water the", "Water all of the many")));

        assertThat(cli.run("next")).isEqualTo(new Outcome(0, """
                k3f9  ● red     Pay rent       @House  late since Thu 19 Nov
                w8tr  ◐ orange  Water all of…          3 days
                1 late · 1 red · 1 orange · 31 active (limit 30)
                """, ""));
    }

    @Test
    void aBlockerSaysWhatItUnblocks_andACycleIsMarked() {
        String unblocks = "'unblocks':[{'id':'x','title':'Move house'},{'id':'y','title':'Sell'}],'in_cycle':false";
        cli.answer("board", board(NONE, with(TRIP, unblocks), with(READ, "'unblocks':[],'in_cycle':true")));

        assertThat(cli.run("next").out()).isEqualTo("""
                tr1p  ○ white  Book the trip  do Sun 29 Nov 18:00  unblocks: Move house and 1 more
                zzzz  ○ white  Read                                (cycle)
                """);
    }

    @Test
    void aRepeatingTaskSaysHowManyDatesItStandsFor() {
        cli.answer("board", board(NONE, with(READ, "'recurrence':{'words':'every day','missed':3}"), with(TRIP, "'recurrence':{'words':'every day','missed':0}")));

        assertThat(cli.run("next").out()).isEqualTo("""
                zzzz  ○ white  Read                                missed 3
                tr1p  ○ white  Book the trip  do Sun 29 Nov 18:00
                """);
    }

    @Test
    void whatIsLateInADayOrThreeSaysSo() {
        String late = READ.replace("'late_on':null", "'late_on':" + TaskAnswers.date("2026-11-24T12:00", 4_000_000_000_000L));
        String today = PLANTS.replace("'late_on':null", "'late_on':" + TaskAnswers.date("2026-11-21", 4_000_000_000_000L));
        String far = READ.replace("ZZZZ", "FAAR").replace("'late_on':null", "'late_on':" + TaskAnswers.date("2026-11-25", 4_000_000_000_000L));
        cli.answer("board", board(NONE, late, today, far));
        assertThat(cli.run("next").out()).isEqualTo("""
                zzzz  ○ white   Read              late Tue 12:00
                w8tr  ◐ orange  Water the plants  3 days · late today
                faar  ○ white   Read
                """);
    }

    @Test
    void saysHowManyMoreThereAre() {
        cli.answer("board", board(NONE + ",'offered':31", READ, PLANTS));
        assertThat(cli.run("next").err()).isEqualTo("2 of 31 · --limit 31 · 1 red\n");
        cli.answer("board", board(NONE + ",'offered':2", READ, PLANTS));
        assertThat(cli.run("next").err()).isEqualTo("1 red\n");
    }

    @Test
    void explain_whyInThisOrder_andWhatIsHidden() {
        String first = with(RENT, "'own_attention':'white','before_next':'asks for more attention'");
        String hidden = String.join(
                ",",
                with(READ, "'hidden':'limit','position':6"),
                with(PLANTS.replace("W8TR", "BL0C"), "'hidden':'blocked','blocked_by':[" + RENT + "]"),
                with(TRIP, "'hidden':'future'"),
                with(READ.replace("ZZZZ", "D3CK").replace("white", "blue"), "'hidden':'on_deck'"));
        cli.answer("board", board(NONE, first, PLANTS).replace("\"counts\"", Answers.json("'hidden':[" + hidden + "],'counts'")));

        assertThat(cli.run("next", "--explain").out()).isEqualTo("""
                k3f9  ● red     Pay rent          @House  late since Thu 19 Nov
                      is white itself, but what it unblocks is red; before the next: asks for more attention
                w8tr  ◐ orange  Water the plants          3 days

                Beyond the limit (1)
                  zzzz  ○ white  Read  place 6

                Blocked (1)
                  bl0c  ◐ orange  Water the plants  waits for k3f9 Pay rent

                Not yet (1)
                  tr1p  ○ white  Book the trip  do Sun 29 Nov 18:00

                On deck (1)
                  d3ck  · blue  Read

                """);
        assertThat(cli.asked).containsExactly("board {'explain':true}");
    }

    @Test
    void json_isTheResult() {
        cli.answer("next", "[" + READ + "]").answer("board", board(NONE));

        assertThat(cli.run("next", "--json").out()).isEqualTo(Answers.json("[" + READ + "]") + "\n");
        assertThat(cli.run("next", "--json", "--explain").out()).isEqualTo(board(NONE) + "\n");
        assertThat(cli.asked).containsExactly("next {}", "board {'explain':true}");
    }

    @Test
    void nothingActionable_namesWhatComes() {
        cli.answer("board", board(counts(0, 0, 1, 0, 1)).replace("\"counts\"", Answers.json("'next_up':" + TRIP + ",'counts'")));
        assertThat(cli.run("next"))
                .isEqualTo(new Outcome(0, "", "Nothing actionable now. Next: Book the trip, Sun 29 Nov 18:00.\n1 red · 1 inbox\n"));

        cli.answer("board", board(counts(0, 0, 0, 3, 0)));
        assertThat(cli.run("next").err()).isEqualTo("Nothing actionable now.\n1 red · 3 on deck\n");

        cli.answer("board", board(NONE));
        assertThat(cli.run("next", "--scope", "house").err()).isEqualTo("Nothing actionable now.\n1 red\n");
    }

    @Test
    void nothingAtAll_saysHowToBegin() {
        cli.answer("board", board(NONE)).answer("node.list", Answers.nodes(7));
        assertThat(cli.run("next").err()).isEqualTo("Nothing to do now. Capture something: heph add Pay rent tomorrow\n1 red\n");

        cli.answer("node.list", Answers.nodes(0));
        assertThat(cli.run("next").out()).startsWith("heph keeps your notes and tasks").hasLineCount(3);
    }

    @Test
    void bare_isNext() {
        cli.answer("board", board(NONE, READ)).answer("next", "[]");

        assertThat(cli.run()).isEqualTo(cli.run("next"));
        assertThat(cli.run("--json").out()).isEqualTo("[]\n");
        assertThat(cli.run("--home", cli.environment.get("HEPH_HOME")).out()).contains("Read");
        assertThat(cli.run("--version").out()).startsWith("heph ");
    }
}
