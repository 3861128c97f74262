package dev.heph.launcher;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A log that does not grow for ever: at 5 MB it becomes {@code .1}, what was that becomes {@code .2}, and three are kept. */
final class LogFile implements AutoCloseable {
    static final long MAX_BYTES = 5_000_000;

    private static final int KEPT = 3;

    private final Path file;
    private OutputStream out;
    private long length;

    LogFile(Path file) {
        this.file = file;
        try {
            out = append();
            length = Files.size(file);
        } catch (IOException e) {
            throw cannot(file, e);
        }
    }

    /** Appends a line at once. A disk that is full costs the log its lines, not the services their lives. */
    synchronized void add(String line) {
        try {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            if (length > 0 && length + bytes.length > MAX_BYTES) {
                turnOver();
            }
            out.write(bytes);
            length += bytes.length;
        } catch (IOException lost) {
            return;
        }
    }

    /** Turns the log if it is over its size: for one that a process writes by itself. */
    static void turnIfLong(Path file) {
        try {
            if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
                turn(file);
            }
        } catch (IOException e) {
            throw cannot(file, e);
        }
    }

    /** The last line in which a process said why it could not go on, without its {@code heph: }. */
    static String lastComplaint(List<String> lines) {
        return lines.reversed().stream()
                .filter(line -> line.startsWith("heph: "))
                .findFirst()
                .map(line -> line.substring("heph: ".length()))
                .orElse("");
    }

    /** If it cannot be done we go on in the file we have, and try again when as much has been added. */
    private void turnOver() {
        length = 0;
        try {
            turn(file);
            OutputStream old = out;
            out = append();
            old.close();
        } catch (IOException goOn) {
            return;
        }
    }

    private OutputStream append() throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void turn(Path file) throws IOException {
        for (int i = KEPT - 1; i > 0; i--) {
            Path older = numbered(file, i);
            if (Files.exists(older)) {
                Files.move(older, numbered(file, i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, numbered(file, 1), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path numbered(Path file, int i) {
        return file.resolveSibling(file.getFileName() + "." + i);
    }

    private static HephException cannot(Path file, IOException e) {
        return new HephException(Reason.STORAGE, "cannot write the log " + file + ": " + IoReason.of(e), e);
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException lost) {
            return;
        }
    }
}
