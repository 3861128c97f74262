package dev.heph.settings;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** What one launch's services prove to each other that they belong together: 32 random bytes in hex, in a 0600 file. */
public final class Secret {
    private static final int BYTES = 32;

    private final String hex;

    private Secret(String hex) {
        this.hex = hex;
    }

    /** A new secret, in place of the last launch's. Called before any service starts. */
    public static Secret renew(Home home) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String hex = HexFormat.of().formatHex(bytes);
        Path draft = home.secret().resolveSibling("secret." + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(draft);
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (var channel = Files.newByteChannel(draft, options, ownerOnly)) {
                channel.write(StandardCharsets.US_ASCII.encode(hex));
            }
            Files.move(draft, home.secret(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot write " + home.secret() + ": " + IoReason.of(e), e);
        }
        return new Secret(hex);
    }

    /** The secret of the running launch, or empty if there has been none. */
    public static Optional<Secret> read(Home home) {
        try {
            return Optional.of(Files.readString(home.secret()).strip()).filter(hex -> hex.length() == 2 * BYTES).map(Secret::new);
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** The secret of the running launch; the first service started by hand makes it. */
    public static Secret readOrMake(Home home) {
        return read(home).orElseGet(() -> renew(home));
    }

    /** The value of the {@code Authorization} header. */
    public String bearer() {
        return "Bearer " + hex;
    }

    /** Whether that header is ours; takes the same time for every wrong one of our length. */
    public boolean admits(String authorization) {
        return MessageDigest.isEqual(
                bearer().getBytes(StandardCharsets.US_ASCII), authorization.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
