package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.auth.login.Kept.Owner;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where a login is kept: {@code data/login.json}, which is written at each renewal, and {@code data/owner.json}, which says whose notes these are and is
 * hardly ever written. So whatever happens to the one, the notes stay theirs. Both are 0600.
 */
final class KeptFiles {
    private final Path login;
    private final Path owner;

    /** Why a file says nothing; never what is in it, which may be a token. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(Path file, String why) {
            super(file + " cannot be read (" + why + ")");
        }
    }

    /** How a file is understood. */
    private interface Meaning<T> {
        T of(JsonNode json);
    }

    KeptFiles(Path login) {
        this.login = login;
        this.owner = login.resolveSibling("owner.json");
    }

    /** Of a file that cannot be read it says so: heph works without a login. */
    Kept read() {
        Kept kept;
        try {
            kept = read(login, Kept::read).orElse(Kept.NOTHING);
        } catch (Unreadable e) {
            kept = new Kept(known(), Optional.empty(), Optional.of(e.getMessage()));
        }
        if (kept.owner().isPresent()) {
            return kept.damage().isEmpty() ? kept : new Kept(kept.owner(), kept.session(),
                    kept.damage().map(what -> what + ": the login is lost, nothing else; log in again: heph auth login"));
        }
        try {
            Optional<Owner> beside = read(owner, Owner::read);
            if (beside.isPresent() || kept.damage().isEmpty()) {
                return new Kept(beside, kept.session(), Optional.empty());
            }
        } catch (Unreadable e) {
            kept = new Kept(Optional.empty(), Optional.empty(), kept.damage().or(() -> Optional.of(e.getMessage())));
        }
        return new Kept(Optional.empty(), Optional.empty(), kept.damage().map(what -> what
                + ", and so not whose notes these are; if they are yours: heph auth logout --forget, then heph auth login"));
    }

    private static <T> Optional<T> read(Path file, Meaning<T> meaning) throws Unreadable {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length == 0) {
                throw new Unreadable(file, "it is empty");
            }
            JsonNode json = Json.read(bytes);
            if (!json.isObject()) {
                throw new Unreadable(file, "it is damaged");
            }
            return Optional.of(meaning.of(json));
        } catch (HephException | IllegalArgumentException e) {
            throw new Unreadable(file, "it is damaged");
        } catch (IOException e) {
            throw new Unreadable(file, IoReason.of(e));
        }
    }

    /**
     * Whose notes these are is on the disk before a login is; it is forgotten after that.
     *
     * @param elsewhere whether the tokens are in a keychain and not to be in the file
     */
    void write(Kept kept, boolean elsewhere) {
        try {
            if (kept.owner().isPresent() && !kept.owner().equals(known())) {
                replace(owner, Json.bytes(kept.owner().get().write(Json.object())));
            }
            replace(login, Json.bytes(kept.json(elsewhere)));
            if (kept.owner().isEmpty()) {
                Files.deleteIfExists(owner);
                force(owner.getParent());
            }
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot write " + login + ": " + IoReason.of(e), e);
        }
    }

    private Optional<Owner> known() {
        try {
            return read(owner, Owner::read);
        } catch (Unreadable e) {
            return Optional.empty();
        }
    }

    /** In one step, which a power cut does not undo; it is never open to others, not even while it is written. */
    private static void replace(Path file, byte[] bytes) throws IOException {
        Path draft = Files.createTempFile(file.getParent(), "login", ".tmp"); // made 0600
        try {
            Files.write(draft, bytes);
            force(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(file.getParent());
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public String toString() {
        return login.toString();
    }
}
