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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * By what services prove to each other that they belong together. On one machine it is 32 random bytes in hex, in a 0600 file, made anew by
 * each launch. On several it is a file that all of them are given: its first line is what a service shows, and each of its lines is
 * admitted, so that a new secret can be brought in without a moment in which they do not know each other.
 */
public final class Secret {
    private static final int BYTES = 32;
    private static final Pattern LINE = Pattern.compile("[A-Za-z0-9+/=_.~-]{32,256}");

    private final List<String> lines;

    private Secret(List<String> lines) {
        this.lines = lines;
    }

    /**
     * The secret in a file that this service was given.
     *
     * @throws SettingsException if it is not there, or holds something that could be guessed
     */
    public static Secret in(Path file) {
        try {
            List<String> lines = Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
            if (lines.isEmpty() || !lines.stream().allMatch(LINE.asMatchPredicate())) {
                throw new SettingsException("internal.secret " + file + " holds no secret: each of its lines must be 32 to 256 letters,"
                        + " digits and +/=_.~- such as: openssl rand -hex 32");
            }
            return new Secret(lines);
        } catch (IOException e) {
            throw new SettingsException("internal.secret " + file + " cannot be read: " + IoReason.of(e));
        }
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
        return new Secret(List.of(hex));
    }

    /** The secret of the running launch, or empty if there has been none. */
    public static Optional<Secret> read(Home home) {
        try {
            return Optional.of(Files.readString(home.secret()).strip()).filter(hex -> hex.length() == 2 * BYTES)
                    .map(hex -> new Secret(List.of(hex)));
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
        return bearer(lines.getFirst());
    }

    /** Whether that header is ours; takes the same time for every wrong one of our length. */
    public boolean admits(String authorization) {
        byte[] shown = authorization.getBytes(StandardCharsets.US_ASCII);
        boolean admitted = false;
        for (String line : lines) {
            admitted |= MessageDigest.isEqual(bearer(line).getBytes(StandardCharsets.US_ASCII), shown);
        }
        return admitted;
    }

    private static String bearer(String line) {
        return "Bearer " + line;
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
