package dev.heph.gateway.vault;

import java.nio.file.Path;
import java.util.List;

/**
 * What a folder holds.
 *
 * @param notes the markdown files by their path in the folder
 * @param skipped what cannot be followed or read as a folder
 * @param hidden how many files and folders were left out because their name starts with a dot
 * @param attachments how many other files there are
 */
record Folder(List<Entry> notes, List<Skipped> skipped, int hidden, int attachments) {

    /** A file. @param path in the folder, with forward slashes */
    record Entry(String path, Path file) {}
}
