package dev.heph.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.heph.model.text.Splice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every library is given to type is what was recorded. */
class SessionTest {
    @TempDir
    Path directory;

    @Test
    void aTraceBecomesSplicesInUnits() {
        Session session = Session.of("alone", TraceFile.read(Path.of("src/test/resources/traces/alone.json")));
        assertThat(typed(session)).isEqualTo(session.end());
        assertThat(session.splices()).contains(new Splice(22, 3, "日本茶"));
    }

    @Test
    void aNoteHasItsSaves() {
        Session note = Session.note(1, 10_000, 50);
        assertThat(note.splices()).hasSize(51);
        assertThat(typed(note)).isEqualTo(note.end()).hasSizeGreaterThan(9_000);
    }

    @Test
    void hephAndThePeersTypeIt() throws Exception {
        Session session = Session.of("alone", TraceFile.read(Path.of("src/test/resources/traces/alone.json")));
        assertThat(TextFigures.ofHeph(session).keystroke()).isBetween(5L, 30L);
        Path peers = Path.of("peers");
        assumeThat(Files.exists(peers.resolve("node_modules/yjs"))).as("what bench/peers/install installs").isTrue();
        for (String library : List.of("yjs", "loro", "automerge")) {
            List<TextFigures> figures = TextFigures.ofPeer(peers, library, List.of(session.write(directory.resolve("session.json"))));
            assertThat(figures).as(library).hasSize(1).allMatch(each -> each.size() > 20 && each.keystroke() > 10);
        }
    }

    private static String typed(Session session) {
        StringBuilder text = new StringBuilder();
        session.splices().forEach(splice -> text.replace(splice.position(), splice.position() + splice.deleted(), splice.inserted()));
        return text.toString();
    }
}
