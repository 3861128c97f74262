package dev.heph.cli.command;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which markdown files a folder holds, or the one file it is, how long they are and when each was written last: two that are equal
 * hold the same, as far as can be seen from outside. Links are not followed, and what cannot be looked at counts as not there.
 */
record FolderState(Map<Path, Written> files) {

    record Written(long size, FileTime at) {}

    /** @throws IOException if there is nothing at that path */
    static FolderState of(Path root) throws IOException {
        var files = new HashMap<Path, Written>();
        Files.walkFileTree(root.toRealPath(), new SimpleFileVisitor<>() {
            private boolean below;

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
                boolean hidden = below && folder.getFileName().toString().startsWith(".");
                below = true;
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                if (!below || file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".md")) {
                    files.put(file, new Written(is.size(), is.lastModifiedTime()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException why) {
                return FileVisitResult.CONTINUE;
            }
        });
        return new FolderState(files);
    }
}
