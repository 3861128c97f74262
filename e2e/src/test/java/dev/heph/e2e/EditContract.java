package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code heph edit}, with scripts that type. */
interface EditContract extends OnADevice {
    @AfterEach
    default void putTheEditorAway() {
        device().with("EDITOR", "");
    }

    @Test
    default void edit_savesWhatTheEditorLeft() {
        note("Dough", "flour\nwater\n");
        editor("printf 'salt\\n' >> \"$1\"");

        assertThat(device().heph("edit", "Dough").ok().out()).matches("Saved \\w+ Dough\n");

        assertThat(device().heph("show", "Dough", "--raw").ok().out()).isEqualTo("flour\nwater\nsalt\n");
        assertThat(drafts()).isEmpty();
    }

    @Test
    default void edit_whileItChanges_keepsBoth() {
        String id = note("Shared dough", "flour\nwater\n");
        String meanwhile =
                Installation.cli("rpc", "node.update", "{\"id\":\"" + id + "\",\"body\":\"rye flour\\nwater\\n\"}")
                        .stream()
                        .map(word -> "'" + word + "'")
                        .collect(Collectors.joining(" "));
        editor(meanwhile + " >/dev/null && printf 'salt\\n' >> \"$1\"");

        assertThat(device().heph("edit", id).ok().out())
                .contains("It had changed meanwhile; both changes are in it now.");

        assertThat(device().heph("show", id, "--raw").ok().out()).isEqualTo("rye flour\nwater\nsalt\n");
    }

    @Test
    default void edit_thatFails_orChangesNothing_savesNothing() {
        note("Left alone", "as it was");
        editor("echo half >> \"$1\"; exit 3");
        String failed = device().heph("edit", "Left alone").failure(1);
        assertThat(failed).contains("ended with exit code 3; nothing was saved");
        Path draft = Path.of(failed.replaceFirst("(?s).*Your text is in ", ""));
        assertThat(draft).content().contains("half");

        editor("true");
        assertThat(device().heph("edit", "Left alone").ok().remark()).isEqualTo("nothing changed");
        assertThat(device().heph("show", "Left alone", "--raw").ok().out()).isEqualTo("as it was");
        assertThat(draft.toFile().delete()).isTrue();
    }

    @Test
    default void edit_thatIsNotText_keepsTheDraft() throws IOException {
        note("Binary", "text");
        editor("printf '\\377\\376' > \"$1\"");

        String said = device().heph("edit", "Binary").failure(65);

        Path draft = Path.of(said.replaceFirst("(?s).*Your text is in ", ""));
        assertThat(Files.readAllBytes(draft)).startsWith(0xff, 0xfe);
        assertThat(device().heph("show", "Binary", "--raw").ok().out()).isEqualTo("text");
        Files.delete(draft);
    }

    private void editor(String script) {
        try {
            Path file = directory().resolve("editor");
            Files.writeString(file, "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            device().with("EDITOR", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> drafts() {
        try (var files = Files.list(device().data().resolve("drafts"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
