package dev.heph.cli.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, and what comes to it. */
final class Tail {
    /** A log is rotated at 5 MB, and nobody reads that much: the last part will do. */
    private static final long READ_MAX_BYTES = 1 << 20;

    private final String service;
    private final Path file;
    private long read;

    Tail(String service, Path file) {
        this.service = service;
        this.file = file;
    }

    String service() {
        return service;
    }

    Path file() {
        return file;
    }

    List<String> last(int count) throws IOException {
        List<String> lines = added();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /**
     * The whole lines that came since the last call. A file that is shorter than it was has been rotated: it
     * starts anew.
     */
    List<String> added() throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            long length = log.length();
            long from = Math.max(length < read ? 0 : read, length - READ_MAX_BYTES);
            var bytes = new byte[(int) (length - from)];
            log.seek(from);
            log.readFully(bytes);
            int whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            read = from + whole;
            return new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
