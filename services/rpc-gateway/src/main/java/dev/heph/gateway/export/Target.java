package dev.heph.gateway.export;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The directory that an export goes to. Nothing is written or removed outside it, wherever a path or a symbolic link in
 * it points, and each file is replaced in one step.
 */
final class Target {
    private static final String DRAFT = ".heph-export.tmp";

    private final Path root;
    private final boolean fresh;
    /** Directories that are known to be there, and to be no symbolic links. */
    private final Set<Path> sound = new HashSet<>();

    private Target(Path root, boolean fresh) {
        this.root = root;
        this.fresh = fresh;
        this.sound.add(root);
    }

    /**
     * @param force whether a directory will do that has other things in it
     * @throws HephException {@link Reason#CONFLICT} if it will not do
     */
    static Target open(String path, boolean force) {
        try {
            Path wanted = Path.of(path);
            if (Files.exists(wanted) && !Files.isDirectory(wanted)) {
                throw new HephException(Reason.CONFLICT, wanted + " is a file: choose a directory to export to");
            }
            Path root = Files.createDirectories(wanted.toAbsolutePath()).toRealPath();
            boolean fresh = empty(root);
            boolean mayWrite = force
                    || Files.isRegularFile(root.resolve(Manifest.FILE), LinkOption.NOFOLLOW_LINKS)
                    || fresh;
            if (!mayWrite) {
                throw new HephException(
                        Reason.CONFLICT,
                        root + " is not empty and not an earlier export: choose another directory, or force it to write"
                                + " into this one");
            }
            return new Target(root, fresh);
        } catch (IOException e) {
            throw failure("cannot export to " + path, e);
        } catch (InvalidPathException e) {
            throw unwritable(path);
        }
    }

    Path root() {
        return root;
    }

    /** Whether it was empty when it was opened. */
    boolean fresh() {
        return fresh;
    }

    /** The files that an earlier export wrote, by its manifest. */
    Map<String, String> earlier() {
        Path manifest = root.resolve(Manifest.FILE);
        try {
            if (Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)) {
                return Manifest.files(Files.readAllBytes(manifest));
            }
        } catch (IOException e) {
            throw failure("cannot read " + manifest, e);
        }
        return Map.of();
    }

    /** Marks the directory as an export before the first file is written, so that one that breaks off can be repeated. */
    void mark() {
        if (!Files.isRegularFile(root.resolve(Manifest.FILE), LinkOption.NOFOLLOW_LINKS)) {
            write(Manifest.FILE, Manifest.unfinished());
        }
    }

    /** The hash of the file that is there; of what is no file (a link, a directory), a text that is no hash. */
    Optional<String> hash(String path) {
        Path file = within(path);
        for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
            refuseLink(folder);
        }
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            return Optional.of(
                    Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            ? Manifest.sha256(Files.readAllBytes(file))
                            : "no file");
        } catch (IOException e) {
            throw failure("cannot read " + file, e);
        }
    }

    /** Puts a file there; one that is the same already is left alone. */
    void write(String path, byte[] content) {
        Path file = within(path);
        try {
            makeSound(file.getParent());
            if (same(file, content)) {
                return;
            }
            Path draft = file.resolveSibling(DRAFT);
            Files.deleteIfExists(draft); // left by an export that was killed; or a link, which must not be followed
            Files.write(draft, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure("cannot write " + file, e);
        }
    }

    /**
     * Removes a file that an earlier export wrote, if it is still as it was written, and the folders that it leaves
     * empty.
     */
    void remove(String path, String sha256) {
        try {
            Path file = within(path);
            boolean ours = soundSoFar(file.getParent())
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Manifest.sha256(Files.readAllBytes(file)).equals(sha256);
            if (!ours) {
                return;
            }
            Files.delete(file);
            for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
                Files.delete(folder);
            }
        } catch (DirectoryNotEmptyException stillInUse) {
            // as it should be
        } catch (IOException e) {
            throw failure("cannot remove " + path, e);
        }
    }

    /** Whether the two paths are one file there, as names that differ in case are on some file systems. */
    boolean sameFile(String one, String other) {
        try {
            return Files.isSameFile(within(one), within(other));
        } catch (IOException notBoth) {
            return false;
        }
    }

    private Path within(String path) {
        try {
            Path file = root.resolve(path).normalize();
            if (file.startsWith(root) && !file.equals(root)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw unwritable(path);
        }
        throw new HephException(Reason.CONFLICT, "'" + path + "' leads out of " + root + ": nothing is written there");
    }

    private void makeSound(Path directory) throws IOException {
        if (sound.contains(directory)) {
            return;
        }
        makeSound(directory.getParent());
        refuseLink(directory);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(directory);
        }
        sound.add(directory);
    }

    private static void refuseLink(Path directory) {
        if (Files.isSymbolicLink(directory)) {
            throw new HephException(
                    Reason.CONFLICT,
                    directory + " is a symbolic link, which an export does not follow: remove it, or export elsewhere");
        }
    }

    /** As {@link #makeSound}, without making anything. */
    private boolean soundSoFar(Path directory) {
        return sound.contains(directory)
                || Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && soundSoFar(directory.getParent());
    }

    private static boolean same(Path file, byte[] content) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == content.length
                && Files.isReadable(file)
                && Arrays.equals(Files.readAllBytes(file), content);
    }

    private static boolean empty(Path directory) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            return !children.iterator().hasNext();
        }
    }

    private static HephException unwritable(String path) {
        return new HephException(
                Reason.CONFLICT,
                "'" + path + "' cannot be a file's name here: start heph with LC_ALL=C.UTF-8 in its environment");
    }

    private static HephException failure(String what, IOException e) {
        String why = IoReason.of(e);
        boolean full = why.startsWith("No space left") || why.startsWith("Disk quota exceeded");
        return full
                ? new HephException(Reason.NO_SPACE, what + ": the disk is full; make room and export again", e)
                : new HephException(Reason.CONFLICT, what + ": " + why, e);
    }
}
