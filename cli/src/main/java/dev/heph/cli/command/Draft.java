package dev.heph.cli.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * A text on its way through the user's editor. It lives in the data directory, not among the temporary files: when
 * saving fails, what the user wrote is still there after a restart of the machine.
 */
final class Draft {
    private static final int NAME_MAX_LETTERS = 40;

    private final Session session;
    private final Path file;
    private final String loaded;

    private Draft(Session session, Path file, String loaded) {
        this.session = session;
        this.file = file;
        this.loaded = loaded;
    }

    static Draft of(Session session, String title, String body) throws IOException {
        Path directory = session.home().create().data().resolve("drafts");
        Files.createDirectories(directory);
        // A name of its own (createTempFile), since the same note may be open in two terminals.
        Path file = Files.createTempFile(directory, fileName(title) + "-", ".md");
        Files.writeString(file, body);
        return new Draft(session, file, body);
    }

    /**
     * Lets the user edit the text and hands it to {@code save}; the draft goes only when that worked.
     *
     * @return what {@code save} returns; 0 without asking it when the text is as it was
     */
    int save(ToIntFunction<String> save) throws IOException {
        try {
            edit();
            String text = withoutAddedNewline(Utf8.strict(written(), "the text"));
            int exitCode = 0;
            if (text.equals(loaded)) {
                session.shell().say("heph: nothing changed");
            } else {
                exitCode = save.applyAsInt(text);
            }
            Files.deleteIfExists(file);
            return exitCode;
        } catch (HephException e) {
            if (Files.notExists(file) || Files.isReadable(file) && Arrays.equals(written(), loaded.getBytes(StandardCharsets.UTF_8))) {
                Files.deleteIfExists(file);
                throw e;
            }
            throw new HephException(e.reason(), e.getMessage() + ". Your text is in " + file, e);
        }
    }

    private byte[] written() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot read " + file + ", which the editor was to write: " + IoReason.of(e) + "; nothing was saved", e);
        }
    }

    /**
     * Many editors end the last line. A text that had no such end keeps having none, or opening it would be a
     * change.
     */
    private String withoutAddedNewline(String text) {
        boolean added = !loaded.isEmpty() && !loaded.endsWith("\n") && text.endsWith("\n");
        return added ? text.substring(0, text.length() - 1) : text;
    }

    private void edit() throws IOException {
        String editor = editor();
        // Through a shell, because the variable may hold arguments: EDITOR='code --wait'.
        Process process = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString())
                .inheritIO()
                .start();
        try {
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new HephException(
                        Reason.CONFLICT,
                        "the editor '" + editor + "' ended with exit code " + exitCode + "; nothing was saved");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.CONFLICT, "interrupted while the editor was open; nothing was saved", e);
        }
    }

    private String editor() {
        for (String variable : new String[] {"VISUAL", "EDITOR"}) {
            String editor = session.shell().environment().getOrDefault(variable, "");
            if (!editor.isBlank()) {
                return editor;
            }
        }
        return "vi";
    }

    private static String fileName(String title) {
        String name = title.replaceAll("[^\\p{L}\\p{N}]+", "-");
        return name.substring(0, Math.min(NAME_MAX_LETTERS, name.length()));
    }
}
