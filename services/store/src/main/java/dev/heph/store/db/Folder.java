package dev.heph.store.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for work that is thrown away. */
public final class Folder {
    private Folder() {}

    /** Removes it with all that is in it, as far as it can; nothing if it is not there. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (NoSuchFileException gone) {
            // as it should be
        } catch (IOException e) {
            System.getLogger(Folder.class.getName()).log(System.Logger.Level.WARNING, "left behind: " + folder, e);
        }
    }
}
