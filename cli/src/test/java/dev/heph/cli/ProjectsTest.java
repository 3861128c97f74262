package dev.heph.cli;

import static dev.heph.cli.Answers.found;
import static dev.heph.cli.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsTest {
    private static final String HOUSE = json("{'id': '01KAHX5T9ZV2Q8R4N6B7C9H0SE', 'kind': 'project', 'title': 'House'}");
    private static final String ATTIC = json("{'id': '01KAHX5T9ZV2Q8R4N6B7C9ATTK', 'kind': 'project', 'title': 'Attic'}");

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer("node.resolve", params -> "\"result\":" + found(params.at("name").text().equals("House") ? HOUSE : ATTIC));
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void tree() {
        String projects = "[" + project("ATTK", "Attic", "H0SE", 3) + "," + project("B0XX", "Boxes", "ATTK", 4) + ","
                + project("H0SE", "House", null, 1) + "," + project("WWWW", "Work", null, 9) + "]";
        cli.answer("project.list", projects);

        assertThat(cli.run("project")).isEqualTo(new Outcome(0, """
                h0se  House      1 (8)
                attk    Attic    3 (7)
                b0xx      Boxes  4
                wwww  Work       9
                """, ""));
        assertThat(cli.run("project", "list").out()).startsWith("h0se  House");
        assertThat(cli.run("project", "--json").out()).isEqualTo(projects + "\n");
    }

    @Test
    void tree_withoutATop_isShownAllTheSame() {
        cli.answer("project.list", "[" + project("ATTK", "Attic", "H0SE", 3) + "," + project("H0SE", "House", "ATTK", 1) + "]");
        assertThat(cli.run("project").out()).isEqualTo("""
                attk  Attic    3 (4)
                h0se    House  1 (4)
                """);
    }

    @Test
    void tree_empty() {
        cli.answer("project.list", "[]");
        assertThat(cli.run("project"))
                .isEqualTo(new Outcome(
                        0, "", "No projects yet. Begin: heph project add House, or heph add 'Paint the door @House'\n"));
    }

    @Test
    void add() {
        cli.answer("project.create", ATTIC);
        assertThat(cli.run("project", "add", "Attic")).isEqualTo(new Outcome(0, "Project attk Attic\n", ""));
        assertThat(cli.run("project", "add", "Attic", "--parent", "House").out()).isEqualTo("Project attk Attic · in House\n");
        assertThat(cli.run("project", "add", "Attic", "--json").out()).isEqualTo(ATTIC + "\n");
        assertThat(cli.asked)
                .startsWith("project.create {'name':'Attic'}", "project.create {'name':'Attic','parent':'House'}");
    }

    @Test
    void move() {
        cli.answer("project.move", ATTIC);
        assertThat(cli.run("project", "move", "Attic", "--into", "House"))
                .isEqualTo(new Outcome(0, "Moved attk Attic · in h0se House\n", ""));
        assertThat(cli.asked)
                .endsWith("project.move {'id':'01KAHX5T9ZV2Q8R4N6B7C9ATTK','parent':'01KAHX5T9ZV2Q8R4N6B7C9H0SE'}");
        assertThat(cli.run("project", "move", "Attic").out()).isEqualTo("Moved attk Attic · on its own\n");
        assertThat(cli.asked).endsWith("project.move {'id':'01KAHX5T9ZV2Q8R4N6B7C9ATTK'}");
        assertThat(cli.run("project", "move", "Attic", "--json").out()).isEqualTo(ATTIC + "\n");
    }

    @Test
    void move_intoItself_isSaidByTheDaemon() {
        cli.refuse("project.move", -32009, "conflict", "a project cannot lie within itself: take the other one out first", "");
        assertThat(cli.run("project", "move", "House", "--into", "Attic"))
                .isEqualTo(new Outcome(1, "", "heph: a project cannot lie within itself: take the other one out first\n"));
    }

    @Test
    void misuse() {
        assertThat(cli.run("project", "remove", "House"))
                .isEqualTo(new Outcome(64, "", "heph: project takes add or move, not 'remove'. Its tasks: heph tasks '@remove'\n"));
        assertThat(cli.run("project", "add"))
                .isEqualTo(new Outcome(64, "", "heph: project add needs a NAME. Try: heph help project\n"));
        assertThat(cli.run("project", "House").err())
                .isEqualTo("heph: project takes add or move, not 'House'. Its tasks: heph tasks '@House'\n");
    }

    private static String project(String end, String title, String parent, int outstanding) {
        String id = "01KAHX5T9ZV2Q8R4N6B7C9";
        return json("{'id': '%s%s', 'title': '%s', 'parent': %s, 'outstanding': %d, 'done': 2, 'dropped': 0}")
                .formatted(id, end, title, parent == null ? "null" : "\"" + id + parent + "\"", outstanding);
    }
}
