package dev.heph.settings;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where one installation of heph keeps its files. {@code HEPH_HOME} puts everything below one directory, so that several devices
 * live on one machine; without it the XDG base directories are used. All paths are absolute, with symbolic links resolved, so
 * that two names of one directory are one installation.
 */
public record Home(Path data, Path config, Path run, Path logs) {
    /** The environment variable that names the one directory. */
    public static final String VARIABLE = "HEPH_HOME";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** Linux takes 107 bytes for the path of a unix socket, macOS 103; beyond this we go elsewhere. */
    private static final int SOCKET_PATH_MAX_BYTES = 100;

    /** @param flag the directory given with {@code --home}; it wins over the environment */
    public static Home locate(Map<String, String> environment, Optional<Path> flag) {
        // No lambdas here: every command of the CLI begins with this, and to link one takes it milliseconds.
        Optional<String> variable = text(environment, VARIABLE);
        if (flag.isPresent() || variable.isPresent()) {
            return in(flag.isPresent() ? flag.get() : Path.of(variable.get()));
        }
        Path user = Path.of(text(environment, "HOME").orElse(System.getProperty("user.home")));
        Path state = xdg(environment, "XDG_STATE_HOME").orElse(user.resolve(".local/state")).resolve("heph");
        Optional<Path> runtime = xdg(environment, "XDG_RUNTIME_DIR");
        return new Home(
                real(xdg(environment, "XDG_DATA_HOME").orElse(user.resolve(".local/share")).resolve("heph")),
                real(xdg(environment, "XDG_CONFIG_HOME").orElse(user.resolve(".config")).resolve("heph")),
                real(runtime.isPresent() ? runtime.get().resolve("heph") : state.resolve("run")),
                real(state.resolve("logs")));
    }

    /** Everything below one directory. */
    public static Home in(Path directory) {
        Path root = real(directory);
        return new Home(root.resolve("data"), root.resolve("config"), root.resolve("run"), root.resolve("logs"));
    }

    /** The gateway's socket; beside the run directory's path it has to fit what the system takes for a socket. */
    public Path socket() {
        Path usual = run.resolve("hephd.sock");
        return usual.toString().getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH_MAX_BYTES
                ? usual
                : shortDirectory().resolve("hephd.sock");
    }

    /**
     * The gateway's socket, for one who is going to connect to it.
     *
     * @throws HephException {@link Reason#CONFLICT} if its directory, among everyone's temporary ones, is not this user's alone:
     *     whoever made it would be told everything
     */
    public Path socketToConnect() {
        Path socket = socket();
        if (!socket.startsWith(run) && Files.exists(socket.getParent(), LinkOption.NOFOLLOW_LINKS)) {
            refuseForeign(socket.getParent());
            refuseOpen(socket.getParent());
        }
        return socket;
    }

    /** Held by the store for its whole life, with its pid inside. */
    public Path lock() {
        return data.resolve("heph.lock");
    }

    /** On a hub with a login: the directories of those who logged in. */
    public Path people() {
        return data.resolve("people");
    }

    /** Whether anybody ever logged in to the hub that lives here. */
    boolean hasPeople() {
        try (Stream<Path> all = Files.list(people())) {
            return all.findAny().isPresent();
        } catch (NoSuchFileException nobody) {
            return false;
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot look into " + people() + ": " + IoReason.of(e), e);
        }
    }

    /** What every request between the services carries. */
    public Path secret() {
        return run.resolve("secret");
    }

    public Path configFile() {
        return config.resolve("heph.properties");
    }

    /** What a running service says about itself, see {@link RunFile}. */
    public Path runFile(String service) {
        return run.resolve(service + ".json");
    }

    public Path log(String service) {
        return logs.resolve(service + ".log");
    }

    /**
     * Makes the directories that are not there, for this user alone. Those that hold what is private (data, run, the socket) are
     * closed to others if they are not; config and logs may be shared as their owner likes.
     *
     * @return this
     */
    public Home create() {
        for (Path directory : new Path[] {data, config, run, logs}) {
            make(directory);
        }
        close(data);
        close(run);
        if (!socket().startsWith(run)) {
            make(shortDirectory());
            refuseForeign(shortDirectory());
            close(shortDirectory());
        }
        return this;
    }

    /** Derived from the run directory, so that the CLI and the gateway agree on it without a word. */
    private Path shortDirectory() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(run.toString().getBytes(StandardCharsets.UTF_8));
            return Path.of(System.getProperty("java.io.tmpdir"), "heph-" + HexFormat.of().formatHex(hash, 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tmp dir is everyone's: a directory of that name may have been put there by somebody else. */
    private void refuseForeign(Path directory) {
        try {
            boolean ours = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && Files.isDirectory(run)
                    && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(run));
            if (!ours) {
                throw new HephException(Reason.CONFLICT, directory + " belongs to somebody else; choose a shorter HEPH_HOME");
            }
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot use " + directory + ": " + IoReason.of(e), e);
        }
    }

    private static void refuseOpen(Path directory) {
        try {
            if (!Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
                throw new HephException(
                        Reason.CONFLICT, directory + " is open to others; close it (chmod 700), or choose a shorter HEPH_HOME");
            }
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot use " + directory + ": " + IoReason.of(e), e);
        }
    }

    private static void make(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
        } catch (IOException e) {
            throw new HephException(
                    Reason.STORAGE,
                    "cannot make the directory " + directory + ": " + IoReason.of(e) + ". Choose another place: HEPH_HOME=DIR",
                    e);
        }
    }

    private static void close(Path directory) {
        try {
            if (!Files.getPosixFilePermissions(directory).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(directory, OWNER_ONLY);
            }
        } catch (IOException e) {
            throw new HephException(
                    Reason.STORAGE,
                    "cannot close " + directory + " to others: " + IoReason.of(e) + ". Choose another place: HEPH_HOME=DIR",
                    e);
        }
    }

    private static Optional<String> text(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
    }

    /** The XDG specification tells to ignore a relative path. */
    private static Optional<Path> xdg(Map<String, String> environment, String variable) {
        Optional<String> text = text(environment, variable);
        Path path = text.isPresent() ? Path.of(text.get()) : null;
        return path == null || !path.isAbsolute() ? Optional.empty() : Optional.of(path);
    }

    /** The path with the links of its existing part resolved; the rest need not exist yet. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path existing = absolute; existing != null; existing = existing.getParent()) {
            try {
                return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
            } catch (IOException tryTheParent) {
                continue;
            }
        }
        return absolute;
    }
}
