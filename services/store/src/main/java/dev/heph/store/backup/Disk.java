package dev.heph.store.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** What is written stays written, and what is half written goes. */
public final class Disk {
    private Disk() {}

    /** Returns when a file's bytes, or a directory's names, would survive a power cut. */
    public static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a file, or a directory with all that is in it, if it is there. */
    public static void remove(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Removes a draft and what SQLite may have left beside it, as far as it can. @param draft null: there is none */
    static void delete(Path draft) {
        if (draft == null) {
            return;
        }
        for (String end : new String[] {"", "-journal", "-wal", "-shm"}) {
            try {
                Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + end));
            } catch (IOException e) {
                System.getLogger(Disk.class.getName()).log(System.Logger.Level.WARNING, "left behind: " + draft + end, e);
            }
        }
    }
}
