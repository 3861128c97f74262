package dev.heph.gateway.vault;

import dev.heph.gateway.vault.Folder.Entry;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the notes of a folder. First come the files that are really there; symbolic links are followed afterwards,
 * inside the folder only, and only to what has not been found yet. So each note is found once, under its own name, and
 * no loop has an end to look for.
 */
final class FolderWalk {
    private final Path root;
    private final List<Entry> notes = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final Deque<Path> links = new ArrayDeque<>();
    private final Set<Path> found = new HashSet<>();
    private int hidden;
    private int attachments;

    private FolderWalk(Path root) {
        this.root = root;
    }

    /** @param root a directory, with its own links resolved */
    static Folder of(Path root) {
        FolderWalk walk = new FolderWalk(root);
        walk.found.add(root);
        walk.enter(root);
        while (!walk.links.isEmpty()) {
            walk.follow(walk.links.poll());
        }
        walk.notes.sort(Comparator.comparing(Entry::path));
        return new Folder(walk.notes, walk.skipped, walk.hidden, walk.attachments);
    }

    private void enter(Path directory) {
        Deque<Path> open = new ArrayDeque<>();
        open.push(directory);
        while (!open.isEmpty()) {
            Path next = open.pop();
            for (Path child : children(next)) {
                if (child.getFileName().toString().startsWith(".")) {
                    hidden++;
                } else if (Files.isSymbolicLink(child)) {
                    links.add(child);
                } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    if (found.add(real(child))) {
                        open.push(child);
                    }
                } else {
                    file(child, child);
                }
            }
        }
    }

    private void follow(Path link) {
        Path target;
        try {
            target = link.toRealPath();
        } catch (NoSuchFileException e) {
            skip(link, "a symbolic link that leads nowhere");
            return;
        } catch (IOException e) {
            skip(link, "a symbolic link that cannot be followed: " + IoReason.of(e));
            return;
        }
        if (!target.startsWith(root)) {
            skip(link, "a symbolic link that leads out of the folder");
        } else if (Files.isDirectory(target)) {
            if (found.add(target)) {
                enter(link);
            }
        } else if (!found.contains(target)) {
            file(link, target);
        }
    }

    private void file(Path named, Path target) {
        found.add(real(target));
        if (!named.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".md")) {
            attachments++;
        } else if (!Files.isRegularFile(target)) {
            skip(named, "not a file with text in it");
        } else if (path(named).indexOf('\uFFFD') >= 0) {
            skip(named, "its name is not UTF-8: rename it");
        } else {
            notes.add(new Entry(path(named), target));
        }
    }

    private List<Path> children(Path directory) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            skip(directory, "cannot be read to its end: " + IoReason.of(e.getCause()));
        } catch (IOException e) {
            skip(directory, "cannot be opened: " + IoReason.of(e));
        }
        children.sort(Comparator.comparing(Path::toString));
        return children;
    }

    private void skip(Path path, String reason) {
        skipped.add(new Skipped(path(path), reason));
    }

    private String path(Path path) {
        return root.relativize(path).toString();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException unreadable) {
            return path;
        }
    }
}
