package dev.heph.auth.login;

import dev.heph.settings.Home;
import java.util.Map;
import java.util.Optional;

/** Where a desktop keeps secrets; open while its user is logged in there. One secret for each home of heph. */
public interface Keychain {
    /** What people call it. */
    String name();

    /** @return whether it has it now; it may be locked, or not run at all */
    boolean put(String secret);

    /** What was put there; empty if there is nothing, or it does not give it now. */
    Optional<String> get();

    /** @return whether there is nothing any more */
    boolean clear();

    /** The one of this desktop, if there is one. */
    static Optional<Keychain> of(Map<String, String> environment, Home home) {
        return KeychainProgram.of(environment, System.getProperty("os.name"), home);
    }
}
