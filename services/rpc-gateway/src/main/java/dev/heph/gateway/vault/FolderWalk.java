package dev.heph.gateway.vault;

import dev.heph.gateway.export.Exported;
import dev.heph.gateway.intake.Skipped;
import dev.heph.gateway.vault.Folder.Entry;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
    private final List<String> attachments = new ArrayList<>();
    private int hidden;

    /**
     * @param named by which links of the folder it was come to
     * @param real without links; known from where it lies, for to look it up anew takes long in a deep tree
     */
    private record Place(Path named, Path real) {}

    private FolderWalk(Path root) {
        this.root = root;
    }

    /** @param root a directory, with its own links resolved */
    static Folder of(Path root) {
        FolderWalk walk = new FolderWalk(root);
        walk.found.add(root);
        walk.enter(new Place(root, root));
        while (!walk.links.isEmpty()) {
            walk.follow(walk.links.poll());
        }
        walk.notes.sort(Comparator.comparing(Entry::path));
        walk.attachments.sort(Comparator.naturalOrder());
        return new Folder(walk.notes, walk.skipped, walk.hidden, walk.attachments);
    }

    private void enter(Place folder) {
        Deque<Place> open = new ArrayDeque<>();
        open.push(folder);
        while (!open.isEmpty()) {
            Place next = open.pop();
            for (Path child : children(next.named())) {
                if (child.getFileName().toString().startsWith(".")) {
                    hidden += Exported.isManifest(child) ? 0 : 1;
                } else {
                    look(new Place(child, next.real().resolve(child.getFileName())), open);
                }
            }
        }
    }

    /** @param open gets the child if it is a folder */
    private void look(Place child, Deque<Place> open) {
        BasicFileAttributes is;
        try {
            is = Files.readAttributes(child.named(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            skip(child.named(), "cannot be looked at: " + IoReason.of(e));
            return;
        }
        if (is.isSymbolicLink()) {
            links.add(child.named());
        } else if (!is.isDirectory()) {
            file(child);
        } else if (found.add(child.real())) {
            open.push(child);
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
                enter(new Place(link, target));
            }
        } else if (!found.contains(target)) {
            file(new Place(link, target));
        }
    }

    private void file(Place file) {
        Path named = file.named();
        found.add(file.real());
        if (!named.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".md")) {
            attachments.add(path(named));
        } else if (!Files.isRegularFile(file.real())) {
            skip(named, "not a file with text in it");
        } else if (!isText(root.relativize(named))) {
            skip(named, "its name is not UTF-8: rename it");
        } else if (named.getFileName().toString().lines().count() > 1) {
            skip(named, "its name has a line break in it, which a title has not: rename it");
        } else {
            notes.add(new Entry(path(named), file.real()));
        }
    }

    /** Whether a path is the one that its text says: bytes that are no text are shown as U+FFFD, which a name may hold as well. */
    private static boolean isText(Path path) {
        String text = path.toString();
        try {
            return text.indexOf('\uFFFD') < 0 || path.getFileSystem().getPath(text).equals(path);
        } catch (InvalidPathException noNameHere) {
            return false;
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
}
