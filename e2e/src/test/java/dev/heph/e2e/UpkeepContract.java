package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How it is, taking everything out, and what goes wrong with which exit code. */
interface UpkeepContract extends OnADevice {
    @Test
    default void export_writesFiles_andAgain() throws IOException {
        note("Exported", "byte for byte\r\n");
        Path target = directory().resolve("out");

        JsonNode first =
                device().heph("export", target.toString(), "--json").ok().json();

        assertThat(Json.names(first)).containsExactlyInAnyOrder("count", "path");
        assertThat(target.resolve("Exported.md")).hasContent("byte for byte\r\n");
        assertThat(target.resolve(".heph-export.json")).exists();
        device().heph("export", target.toString()).ok();
        Path others = Files.createDirectories(directory().resolve("others"));
        Files.writeString(others.resolve("mine.txt"), "mine");
        assertThat(device().heph("export", others.toString()).failure(1))
                .contains("not empty and not an earlier export");
        assertThat(others.toFile().list()).containsExactly("mine.txt");
    }

    @Test
    default void status_health_logs() {
        JsonNode status = device().heph("status", "--json").ok().json();
        assertThat(status.path("status").asText()).isEqualTo("up");
        assertThat(Json.texts(status.path("services"), "name")).containsExactly("store", "auth", "sync", "rpc-gateway");
        assertThat(Json.texts(status.path("services"), "status")).containsOnly("up");
        assertThat(status.path("socket").asText()).isEqualTo(device().socket().toString());
        assertThat(device().heph("status").ok().out()).contains("no hub is configured");

        note("Counted", "");
        JsonNode health = device().heph("health", "--json").ok().json();
        assertThat(Json.names(health))
                .containsExactlyInAnyOrder(
                        "status",
                        "services",
                        "orange_count",
                        "active_count",
                        "on_deck_count",
                        "conflict_count",
                        "note_count",
                        "unapplied_count",
                        "sync_status");
        assertThat(health.path("note_count").asInt()).isPositive();
        assertThat(health.path("unapplied_count").asInt()).isZero();
        assertThat(device().heph("health").ok().out()).contains("store").contains("up");

        assertThat(device().heph("logs").ok().out()).contains(" listens");
        assertThat(device().heph("logs", "stor").failure(66)).startsWith("no service 'stor'");
    }

    @Test
    default void doctor_findsNothingWrong() {
        JsonNode report =
                device().heph("doctor", "--rebuild-check", "--json").ok().json();

        assertThat(report.path("ok").asBoolean()).as("%s", report).isTrue();
        assertThat(Json.names(report.path("checks").path(0))).containsExactlyInAnyOrder("name", "ok", "detail");
        assertThat(device().heph("doctor").ok().out()).startsWith("ok  ");
    }

    @Test
    default void exitCodes() {
        note("Lonely", "");
        assertThat(device().heph("lst").failure(64)).isEqualTo("no command 'lst'. Did you mean list? Try: heph help");
        assertThat(device().heph("list", "--limt", "3").failure(64)).contains("'--limt'", "--limit");
        assertThat(device().heph("rpc", "node.gett").failure(64)).contains("'node.gett'", "node.get");
        assertThat(device().heph("rpc", "node.get", "{").failure(65)).contains("not JSON");
        assertThat(device().heph("rpc", "node.get", "{\"id\":7}").failure(65)).contains("'id' must be a string");
        assertThat(device().heph("rpc", "node.get", "{\"id\":\"Lonely\",\"bdoy\":1}")
                        .failure(65))
                .contains("bdoy");
        assertThat(device().hephWith(new byte[] {(byte) 0xc3, 0x28}, "note", "Not text")
                        .failure(65))
                .contains("not UTF-8");
        assertThat(device().heph("show", "Lonly").failure(66))
                .matches("no note 'Lonly'\\. Did you mean \\w+ Lonely\\? Try: heph list");
        assertThat(device().heph("import", directory().resolve("nowhere").toString())
                        .failure(66))
                .contains("does not exist");
        assertThat(device().heph("link", "Lonely", "Lonely").failure(1)).contains("cannot be linked to itself");
    }

    @Test
    default void import_ofWhatCannotBeRead_takesInTheRest() throws IOException {
        Path vault = Files.createDirectories(directory().resolve("broken vault/.obsidian"))
                .getParent();
        Files.writeString(vault.resolve("Good.md"), "links to [[Bad]]\n");
        Files.write(vault.resolve("Bad.md"), new byte[] {'x', (byte) 0xff, 'y'});
        Files.writeString(vault.resolve(".obsidian/hidden.md"), "hidden");
        Files.createSymbolicLink(vault.resolve("Again"), vault);
        Files.createSymbolicLink(vault.resolve("Out"), directory());

        Outcome partly = device().heph("import", vault.toString(), "--json").exits(2);

        JsonNode counts = partly.json();
        assertThat(counts.path("created").asInt()).isOne();
        assertThat(Json.texts(counts.path("skipped"), "path")).containsExactlyInAnyOrder("Bad.md", "Out");
        assertThat(partly.err()).contains("skipped Bad.md: ").hasLineCount(2);
        assertThat(device().heph("show", "Good", "--raw").ok().out()).isEqualTo("links to [[Bad]]\n");
    }
}
