package dev.heph.cli;

import static dev.heph.cli.Answers.NEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTest {
    private static final String PAGE = "{\"tasks\":" + NEXT + ",\"total\":3}";

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up().answer("task.list", PAGE);
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void save_asksWhetherTheFilterCanBeRead() throws IOException {
        assertThat(cli.run("view", "save", "errands", "#town or @shopping"))
                .isEqualTo(new Outcome(0, "Saved errands · #town or @shopping · 3 now. Look: heph view errands\n", ""));
        assertThat(cli.asked).containsExactly("task.list {'where':'#town or @shopping','usual':'state:outstanding','limit':1}");
        assertThat(Files.readString(file())).isEqualTo("{\"errands\":\"#town or @shopping\"}\n");
    }

    @Test
    void save_again_replaces() throws IOException {
        cli.run("view", "save", "b", "#b");
        cli.run("view", "save", "a", "#a", "-@house");
        assertThat(cli.run("view", "save", "b", "#c", "--json").out()).isEqualTo("{\"name\":\"b\",\"filter\":\"#c\"}\n");
        assertThat(Files.readString(file())).isEqualTo("{\"a\":\"#a -@house\",\"b\":\"#c\"}\n");
        try (var files = Files.list(file().getParent())) {
            assertThat(files).filteredOn(file -> file.toString().contains("views")).hasSize(1);
        }
    }

    @Test
    void save_aFilterThatCannotBeRead_isNotSaved() {
        cli.refuse("task.list", -32602, "invalid-params", "There is no key 'tga'. Did you mean tag?", "");
        assertThat(cli.run("view", "save", "x", "tga:home"))
                .isEqualTo(new Outcome(65, "", "heph: There is no key 'tga'. Did you mean tag?\n"));
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "", "save", "list", "-a", "ä.b"})
    void save_names(String name) {
        assertThat(cli.run("view", "save", name, "#a"))
                .isEqualTo(new Outcome(64, "", "heph: '" + name
                        + "' cannot be a view's name: letters, digits, - and _, and none of save, list, delete\n"));
        assertThat(cli.asked).isEmpty();
    }

    @Test
    void shown() {
        cli.run("view", "save", "Über-1_x", "!red");
        assertThat(cli.run("view", "Über-1_x", "--limit", "5").out()).startsWith("k3f9  ● red     Pay rent");
        assertThat(cli.asked).endsWith("task.list {'where':'!red','usual':'state:outstanding','limit':5}");
        assertThat(cli.run("view", "Über-1_x", "--json").out()).isEqualTo(PAGE + "\n");
        cli.answer("task.list", "{\"tasks\":[],\"total\":0}");
        assertThat(cli.run("view", "Über-1_x")).isEqualTo(new Outcome(0, "", "No task matches: !red\n"));
    }

    @Test
    void list() {
        assertThat(cli.run("view"))
                .isEqualTo(new Outcome(0, "", "No views yet. Begin: heph view save errands '#town or @shopping'\n"));
        assertThat(cli.run("view", "list", "--json").out()).isEqualTo("{}\n");
        cli.run("view", "save", "errands", "#town");
        cli.run("view", "save", "a", "#a");
        assertThat(cli.run("view", "list")).isEqualTo(new Outcome(0, "a        #a\nerrands  #town\n", ""));
        assertThat(cli.run("view", "--json").out()).isEqualTo("{\"a\":\"#a\",\"errands\":\"#town\"}\n");
    }

    @Test
    void delete() throws IOException {
        cli.run("view", "save", "errands", "#town");
        assertThat(cli.run("view", "delete", "errands")).isEqualTo(new Outcome(0, "Deleted errands, which was: #town\n", ""));
        assertThat(Files.readString(file())).isEqualTo("{}\n");
        cli.run("view", "save", "errands", "#town");
        assertThat(cli.run("view", "delete", "errands", "--json").out())
                .isEqualTo("{\"name\":\"errands\",\"filter\":\"#town\"}\n");
    }

    @Test
    void misuse() {
        cli.run("view", "save", "errands", "#town");
        assertThat(cli.run("view", "erands"))
                .isEqualTo(new Outcome(66, "", "heph: no view 'erands'. Did you mean errands? Try: heph view list\n"));
        assertThat(cli.run("view", "delete", "x"))
                .isEqualTo(new Outcome(66, "", "heph: no view 'x'. Try: heph view list\n"));
        assertThat(cli.run("view", "save", "x"))
                .isEqualTo(new Outcome(64, "",
                        "heph: view save needs a NAME and a FILTER. Try: heph view save errands '#town or @shopping'\n"));
        assertThat(cli.run("view", "delete"))
                .isEqualTo(new Outcome(64, "", "heph: view delete needs a NAME. Try: heph view list\n"));
        assertThat(cli.run("view", "errands", "more"))
                .isEqualTo(new Outcome(64, "", "heph: view does not take 'more' as well. Try: heph help view\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]"})
    void aFileThatIsBroken_isLeftAlone(String text) throws IOException {
        Files.writeString(file(), text);
        Outcome outcome = cli.run("view", "save", "a", "#a");
        assertThat(outcome.exitCode()).isEqualTo(65);
        assertThat(outcome.err()).startsWith("heph: " + file() + " is not").endsWith(". Mend it, or move it away\n");
        assertThat(Files.readString(file())).isEqualTo(text);
    }

    private Path file() {
        return cli.home().config().resolve("views.json");
    }
}
