package dev.heph.cli;

import static dev.heph.cli.Answers.BACKLINK;
import static dev.heph.cli.Answers.BUDGET;
import static dev.heph.cli.Answers.BUDGET_ID;
import static dev.heph.cli.Answers.CHANGED;
import static dev.heph.cli.Answers.HITS;
import static dev.heph.cli.Answers.LINKS;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.RENT_ID;
import static dev.heph.cli.Answers.UNCHANGED;
import static dev.heph.cli.Answers.found;
import static dev.heph.cli.Answers.json;
import static dev.heph.cli.Answers.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import dev.heph.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each command about notes asks, and what it prints. */
class NotesCommandsTest {
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
    void note_bodyFromThePipe() {
        cli.in = "# Plan\n\"é\"".getBytes(StandardCharsets.UTF_8);
        Outcome note = cli.answer("node.create", BUDGET).run("note", "My", "-1st", "Budget");

        assertThat(cli.asked)
                .containsExactly(
                        "node.resolve {'name':'My -1st Budget','kind':'doc'}",
                        "node.create {'kind':'doc','title':'My -1st Budget','body':'# Plan\\n\\'é\\''}");
        assertThat(note).isEqualTo(new Outcome(0, "Added m2x1 Budget\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Budget", " budget", "BUDGET"})
    void note_ofATitleThatExists_isRefused(String title) {
        String refusal = "heph: there is a note 'Budget' already, m2x1. Change it: heph edit m2x1."
                + " Make another all the same: heph note --new …\n";
        cli.answer("node.create", BUDGET);

        assertThat(cli.run("note", title)).isEqualTo(new Outcome(65, "", refusal));
        cli.answer("node.resolve", Answers.several(BUDGET, BUDGET));
        assertThat(cli.run("note", title)).isEqualTo(new Outcome(65, "", refusal));
        assertThat(cli.asked).allMatch(asked -> asked.startsWith("node.resolve"));

        assertThat(cli.run("note", "--new", title).out()).isEqualTo("Added m2x1 Budget\n");
        assertThat(cli.asked).endsWith("node.create {'kind':'doc','title':'" + title + "','body':''}");
    }

    @Test
    void note_ofATitleThatOnlyAnAliasOrATaskHas_isMade() {
        cli.answer("node.create", BUDGET);
        assertThat(cli.run("note", "Money").exitCode()).isZero();

        cli.answer("node.resolve", Answers.candidates(RENT));
        assertThat(cli.run("note", "Pay rent").exitCode()).isZero();
    }

    @Test
    void show() {
        assertThat(cli.run("show", "Budget")).isEqualTo(new Outcome(0, """
                Budget
                doc · m2x1 · modified 2026-11-21 00:00 · #money · alias Money

                # Plan

                See [[Pay rent]].

                Linked from
                  k3f9  Pay rent  as in the [[Budget]]
                """, ""));
        assertThat(cli.asked.getFirst()).isEqualTo("node.resolve {'name':'Budget'}");
    }

    @Test
    void show_part_thatAlone() {
        cli.answer("node.resolve", "{\"match\":\"one\",\"node\":" + BUDGET + ",\"anchor\":\"Plan\",\"candidates\":[]}")
                .answer("node.get", "{\"title\":\"Budget\",\"part\":{\"text\":\"  - a\\n    - b\\n\",\"first_line\":3,\"last_line\":4}}");
        assertThat(cli.run("show", "Budget#Plan")).isEqualTo(new Outcome(0, "Budget · lines 3 to 4\n\n- a\n  - b\n", ""));
        assertThat(cli.asked.getLast()).isEqualTo("node.get {'id':'01KAHX5T9ZV2Q8R4N6B7C9M2X1','anchor':'Plan'}");
        assertThat(cli.run("show", "Budget#Plan", "--raw").out()).isEqualTo("  - a\n    - b\n");
    }

    @Test
    void aPartIsNoNote() {
        cli.answer("node.resolve", "{\"match\":\"one\",\"node\":" + BUDGET + ",\"anchor\":\"Plan\",\"candidates\":[]}");
        assertThat(cli.run("delete", "Budget#Plan"))
                .isEqualTo(new Outcome(66, "", "heph: no note 'Budget#Plan'. Did you mean m2x1 Budget? Try: heph list\n"));
        assertThat(cli.asked).noneMatch(asked -> asked.startsWith("node.tombstone"));
    }

    @Test
    void show_task_withItsFields() {
        cli.answer("links.outgoing", "[]").answer("links.backlinks", "[]").answer("log.list", "[]");
        assertThat(cli.run("show", "k3f9").out())
                .isEqualTo("Pay rent\n"
                        + "task · k3f9 · red · do Sun 22 Nov · late Tue 1 Dec 9:00 · modified 2026-11-21 00:00\n");
    }

    /** What people say, and none of the words that links are stored under. */
    @Test
    void show_task_withWhatStandsBesideIt() {
        cli.answer("links.outgoing", json("""
                [{'src': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'dst': '01KAHX5T9ZV2Q8R4N6B7C9M0VE', 'type': 'blocks', 'title': 'Move house', 'kind': 'task'},
                 {'src': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'dst': '01KAHX5T9ZV2Q8R4N6B7C9H0US', 'type': 'in-project', 'title': 'House', 'kind': 'project'}]"""));
        cli.answer("links.backlinks", json("""
                [{'src': '01KAHX5T9ZV2Q8R4N6B7C9W8TR', 'type': 'blocks', 'title': 'Sand', 'kind': 'task'},
                 {'src': '01KAHX5T9ZV2Q8R4N6B7C9AAAA', 'type': 'context-of', 'title': 'Cable', 'kind': 'task'},
                 {'src': '01KAHX5T9ZV2Q8R4N6B7C9BBBB', 'type': 'context-of', 'title': 'Promoted', 'kind': 'task'}]"""));
        String sand = RENT.replace("K3F9", "W8TR").replace("Pay rent", "Sand").replace("outstanding", "done");
        cli.answer("node.get", params -> "\"result\":" + (params.at("id").text().endsWith("W8TR") ? sand : RENT));
        cli.answer("item.list", json("[{'id': '01KAHX5T9ZV2Q8R4N6B7C9AAAA', 'title': 'Cable', 'state': 'done'}]"));
        cli.answer("log.list", json("[" + "{'at': 1795219200000, 'text': 'Old', 'device': 'd'},"
                + "{'at': 1795219200000, 'text': 'Called', 'device': 'd'},".repeat(5).replaceFirst(",$", "") + "]"));
        assertThat(cli.run("show", "k3f9").out()).isEqualTo("""
                Pay rent
                task · k3f9 · red · do Sun 22 Nov · late Tue 1 Dec 9:00 · @House · modified 2026-11-21 00:00
                waits for w8tr Sand (done)
                unblocks m0ve Move house

                To tick off
                  aaaa  [x]  Cable

                Tasks from here
                  bbbb  Promoted

                Log (the last 5 of 6; all: heph log k3f9)
                """ + "  2026-11-21 00:00  Called\n".repeat(5));
    }

    @Test
    void show_item_hasNoEmptyPart() {
        cli.answer("links.outgoing", "[]").answer("links.backlinks", "[]").answer("log.list", "[]");
        cli.answer("node.get", RENT.replace("\"attention\": \"red\"", "\"attention\": null").replace("\"committed\": true", "\"committed\": false")
                .replaceAll("\"(do_date|late_on)\": \\{[^}]*}", "\"$1\": null").replace("outstanding", "done"));
        assertThat(cli.run("show", "k3f9").out()).isEqualTo("Pay rent\nitem · k3f9 · done · modified 2026-11-21 00:00\n");
    }

    @Test
    void show_task_withTheTextOfItsContext() {
        String rent = RENT.replace("\"context\": null", "\"context\": \"" + BUDGET_ID + "\"");
        cli.answer("node.resolve", found(rent));
        cli.answer("node.get", params -> "\"result\":" + (params.at("id").text().equals(BUDGET_ID) ? BUDGET : rent));

        assertThat(cli.run("show", "k3f9", "--raw").out()).isEqualTo("# Plan\n\nSee [[Pay rent]].\n");
    }

    @Test
    void show_raw_isTheBodyByteForByte() {
        cli.answer("node.get", Answers.budget("\\u001b[1m\\r\\n no newline at the end é\\t", "r1"));
        assertThat(cli.run("show", "Budget", "--raw").out()).isEqualTo("\u001b[1m\r\n no newline at the end é\t");
    }

    @Test
    void show_json_isTheResultAsItCame() {
        cli.answer("node.get", "{ 'id' : 'x','body':'\\u00e9' }");
        assertThat(cli.run("show", "Budget", "--json"))
                .isEqualTo(new Outcome(0, "{ \"id\" : \"x\",\"body\":\"\\u00e9\" }\n", ""));
    }

    @Test
    void show_colour() {
        cli.terminal = Cli.COLOUR;
        assertThat(cli.run("show", "Budget").out().replace('\u001b', '^')).isEqualTo("""
                ^[1mBudget^[0m
                ^[2mdoc · m2x1 · modified 2026-11-21 00:00 · #money · alias Money^[0m

                ^[1m# Plan^[0m

                See ^[4mPay rent^[0m.

                ^[1mLinked from^[0m
                  ^[33mk3f9^[0m  Pay rent  ^[2mas in the [[Budget]]^[0m
                """);
    }

    @Test
    void search() {
        cli.answer("search", HITS);

        assertThat(cli.run("search", "rent", "-late", "\"to pay\"", "--kind", "doc", "--limit", "2"))
                .isEqualTo(new Outcome(0, """
                m2x1  Budget
                      for the rent and more
                k3f9  Pay rent  task
                """, "2 of 41. More: --limit 41\n"));
        assertThat(cli.asked)
                .containsExactly("search {'query':'rent -late \\'to pay\\'','filters':{'kind':'doc'},'limit':2}");
        cli.terminal = Cli.TERMINAL;
        assertThat(cli.run("search", "rent").out()).endsWith("2 of 41. More: --limit 41\n");
    }

    @Test
    void search_wordsOfFewValues_inAnyCaseAndWithTheSynonymsOfFilters() {
        cli.answer("search", HITS);
        cli.run("search", "--kind", "Note", "--project", "house");
        cli.run("search", "x", "--state", "OPEN");
        assertThat(cli.asked).containsExactly(
                "search {'query':'','filters':{'kind':'doc','project':'house'}}", "search {'query':'x','filters':{'state':'outstanding'}}");
        assertThat(cli.run("search")).isEqualTo(new Outcome(64, "", "heph: search needs a WORD. Try: heph help search\n"));
    }

    @Test
    void search_nothing() {
        cli.answer("search", "{'hits':[],'total':0}");
        assertThat(cli.run("search", "rye")).isEqualTo(new Outcome(0, "", "Nothing found for: rye\n"));
        cli.answer("search", "{'hits':[],'total':0,'did_you_mean':'rye bread'}");
        assertThat(cli.run("search", "rye", "braed")).isEqualTo(new Outcome(0, "", "Nothing found for: rye braed. Did you mean: rye bread\n"));
    }

    @Test
    void list() {
        cli.answer("node.list", nodes(7, RENT, BUDGET));

        assertThat(cli.run("list", "--sort", "title")).isEqualTo(new Outcome(0, """
                k3f9  task  2026-11-21  Pay rent
                m2x1  doc   2026-11-21  Budget
                """, "2 of 7. More: --limit 7\n"));
        assertThat(cli.asked).containsExactly("node.list {'sort':'title'}");
        cli.terminal = Cli.TERMINAL;
        assertThat(cli.run("list").out()).endsWith("2 of 7. More: --limit 7\n");
    }

    @Test
    void list_longTitles_cutOnATerminalOnly() {
        cli.answer("node.list", nodes(1, BUDGET.replace("Budget", "A".repeat(80))));
        assertThat(cli.run("list").out()).hasSize("m2x1  doc  2026-11-21  \n".length() + 80);

        cli.terminal = Cli.TERMINAL;
        assertThat(cli.run("list").out().strip()).hasSize(60).endsWith("AAA…");
    }

    @Test
    void list_empty() {
        cli.answer("node.list", "{'nodes':[],'total':0}");
        assertThat(cli.run("list")).isEqualTo(new Outcome(0, "", "Nothing here yet. Begin: heph note 'First note'\n"));
    }

    @Test
    void links() {
        assertThat(cli.run("links", "Budget").out()).isEqualTo("""
                wiki    k3f9  Pay rent
                tagged  t4gs  money
                wiki    -     Savings   no such note yet
                """);
        cli.answer("links.outgoing", "[]");
        assertThat(cli.run("links", "Budget")).isEqualTo(new Outcome(0, "", "Budget links to nothing.\n"));
    }

    @Test
    void backlinks() {
        cli.answer("links.backlinks", "[" + BACKLINK + "," + BACKLINK + "]");
        assertThat(cli.run("backlinks", "Budget").out()).isEqualTo("k3f9  Pay rent  as in the [[Budget]]\n");
        cli.answer("links.backlinks", "[]");
        assertThat(cli.run("backlinks", "Budget")).isEqualTo(new Outcome(0, "", "Nothing links to Budget.\n"));
        assertThat(cli.run("backlinks", "Budget", "--json")).isEqualTo(new Outcome(0, "[]\n", ""));
    }

    @Test
    void link_unlink() {
        cli.answer("link.add", CHANGED).answer("link.remove", UNCHANGED);

        assertThat(cli.run("link", "k3f9", "Budget").out()).isEqualTo("Linked k3f9 Pay rent → m2x1 Budget (related)\n");
        assertThat(cli.asked).endsWith("link.add {'src':'" + RENT_ID + "','dst':'" + BUDGET_ID + "','type':'related'}");
        assertThat(cli.run("unlink", "k3f9", "Budget", "--type", "blocks").out())
                .isEqualTo("There was no such link: k3f9 Pay rent → m2x1 Budget (blocks)\n");
    }

    @Test
    void alias() {
        cli.answer("alias.add", CHANGED).answer("alias.remove", UNCHANGED);

        assertThat(cli.run("alias", "Budget", "Money").out()).isEqualTo("m2x1 Budget is also called Money\n");
        assertThat(cli.run("alias", "Budget", "Coins", "--remove").out())
                .isEqualTo("m2x1 Budget was not called Coins\n");
    }

    @Test
    void delete_several() {
        cli.answer("node.tombstone", CHANGED);

        assertThat(cli.run("delete", "k3f9", "Budget").out()).isEqualTo("Deleted k3f9 Pay rent\nDeleted m2x1 Budget\n");
        assertThat(cli.asked).endsWith("node.tombstone {'ids':['" + Answers.RENT_ID + "','" + BUDGET_ID + "']}");
        cli.terminal = Cli.TERMINAL;
        assertThat(cli.run("delete", "k3f9").out()).isEqualTo("Deleted k3f9 Pay rent\nundo: heph undo\n");
        cli.terminal = Terminal.NONE;
        assertThat(cli.run("delete", "k3f9", "Budget", "--json").out()).isEqualTo(CHANGED + "\n");
    }
}
