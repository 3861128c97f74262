package dev.heph.cli;

import static dev.heph.cli.Answers.BUDGET;
import static dev.heph.cli.Answers.BUDGET_ID;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.RENT_ID;
import static dev.heph.cli.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command about the graph asks, and what it prints. */
class GraphCommandsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer("node.resolve", params -> "\"result\":" + found(params.at("name").text().equals("k3f9") ? RENT : BUDGET));
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void unresolved() {
        cli.answer("links.unresolved", "{'missing':[{'name':'Savings','count':9,'places':["
                + String.join(",", place("a"), place("a"), place("b"), place("c"), place("d"), place("e"), place("f")) + "]},"
                + "{'name':'Gold','count':1,'places':[" + place("g") + "]}],'total':2,'files':3}");
        assertThat(cli.run("unresolved")).isEqualTo(new Outcome(0, """
                Savings
                  m2x1  Budget  See a
                  m2x1  Budget  See b
                  m2x1  Budget  See c
                  m2x1  Budget  See d
                  m2x1  Budget  See e
                  and 3 more
                Gold
                  m2x1  Budget  See g
                """, "Left out: 3 files, such as pictures. See: heph unresolved --files\n"));
        cli.run("unresolved", "--files", "--limit", "3");
        assertThat(cli.asked).containsExactly("links.unresolved {'limit':20}", "links.unresolved {'files':true,'limit':3}");
    }

    @Test
    void unresolved_none() {
        cli.answer("links.unresolved", "{'missing':[],'total':0,'files':0}");
        assertThat(cli.run("unresolved")).isEqualTo(new Outcome(0, "", "Every link leads to a note.\n"));
        assertThat(cli.run("unresolved", "--files")).isEqualTo(new Outcome(0, "", "Nothing refers to a file.\n"));
    }

    @Test
    void orphans() {
        cli.answer("links.orphans",
                "{'nodes':[{'id':'" + BUDGET_ID + "','kind':'doc','title':'Budget','modified_at':1795219200000}],'total':1}");
        assertThat(cli.run("orphans")).isEqualTo(new Outcome(0, "m2x1  2026-11-21  Budget\n", ""));
        cli.answer("links.orphans", "{'nodes':[],'total':0}");
        assertThat(cli.run("orphans")).isEqualTo(new Outcome(0, "", "Every note is linked with another.\n"));
    }

    @Test
    void neighbours_areATree() {
        cli.answer("links.neighbours", "{'node':{'id':'" + BUDGET_ID + "','kind':'doc','title':'Budget'},'neighbours':["
                + "{'id':'" + RENT_ID + "','kind':'task','title':'Pay rent','type':'wiki','direction':'out','distance':1,'via':'"
                + BUDGET_ID + "'},"
                + "{'id':'01KAHX5T9ZV2Q8R4N6B7C9W8TR','kind':'doc','title':'Year','type':'related','direction':'in','distance':1,'via':'"
                + BUDGET_ID + "'},"
                + "{'id':'01KAHX5T9ZV2Q8R4N6B7C9ZZZZ','kind':'doc','title':'House','type':'wiki','direction':'in','distance':2,'via':'"
                + RENT_ID + "'}],'more':false}");
        assertThat(cli.run("neighbours", "Budget", "--within", "2")).isEqualTo(new Outcome(0, """
                m2x1  Budget
                → k3f9  Pay rent
                  ← zzzz  House
                ← w8tr  Year  related
                """, ""));
        assertThat(cli.asked).containsExactly("node.resolve {'name':'Budget'}",
                "links.neighbours {'id':'" + BUDGET_ID + "','within':2,'limit':100}");
    }

    @Test
    void neighbours_none() {
        cli.answer("links.neighbours", "{'node':{'id':'" + BUDGET_ID + "','kind':'doc','title':'Budget'},'neighbours':[],'more':false}");
        assertThat(cli.run("neighbours", "Budget")).isEqualTo(new Outcome(0, "", "Nothing is linked with Budget.\n"));
    }

    @Test
    void path() {
        cli.answer("links.path", "{'found':true,'path':[{'id':'" + BUDGET_ID + "','kind':'doc','title':'Budget'},"
                + "{'id':'01KAHX5T9ZV2Q8R4N6B7C9W8TR','kind':'doc','title':'Year','type':'wiki','direction':'in',"
                + "'context':'The [[Budget]].'},"
                + "{'id':'" + RENT_ID + "','kind':'task','title':'Pay rent','type':'related','direction':'out'}]}");
        assertThat(cli.run("path", "Budget", "k3f9")).isEqualTo(new Outcome(0, """
                   m2x1  Budget
                ←  w8tr  Year      The [[Budget]].
                →  k3f9  Pay rent  related
                """, ""));
        assertThat(cli.asked).endsWith("links.path {'from':'" + BUDGET_ID + "','to':'" + RENT_ID + "'}");
    }

    @Test
    void path_none() {
        cli.answer("links.path", "{'found':false,'path':[]}");
        assertThat(cli.run("path", "Budget", "k3f9"))
                .isEqualTo(new Outcome(0, "", "No links lead from Budget to Pay rent, whichever way they are followed.\n"));
        assertThat(cli.run("path", "Budget", "k3f9", "--json").out()).isEqualTo("{\"found\":false,\"path\":[]}\n");
    }

    private static String place(String what) {
        return "{'id':'" + BUDGET_ID + "','kind':'doc','title':'Budget','context':'See " + what + "'}";
    }
}
