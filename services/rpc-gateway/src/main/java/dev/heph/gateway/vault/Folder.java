package dev.heph.gateway.vault;

import dev.heph.gateway.intake.Skipped;
import java.nio.file.Path;
import java.util.List;

/**
 * What a folder holds.
 *
 * @param notes the markdown files by their path in the folder
 * @param skipped what cannot be followed or read as a folder
 * @param hidden how many files and folders were left out because their name starts with a dot
 * @param attachments the other files, by their paths
 */
record Folder(List<Entry> notes, List<Skipped> skipped, int hidden, List<String> attachments) {

    /** A file. @param path in the folder, with forward slashes */
    record Entry(String path, Path file) {

        /** The file's stem: what a wiki link says. */
        String title() {
            String name = path.substring(path.lastIndexOf('/') + 1);
            return name.substring(0, name.length() - ".md".length());
        }
    }
}
