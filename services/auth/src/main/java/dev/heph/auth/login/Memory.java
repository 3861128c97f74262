package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.runtime.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Where a login is remembered: in a file, its tokens in the keychain of the desktop where that takes them. */
public final class Memory {
    private static final System.Logger LOG = System.getLogger(Memory.class.getName());

    private final Path file;
    private final Optional<Keychain> keychain;

    public Memory(Path file, Optional<Keychain> keychain) {
        this.file = file;
        this.keychain = keychain;
    }

    /** The tokens too, if the keychain gives them. */
    Kept read() {
        Kept kept = Kept.read(file);
        return new Kept(kept.owner(), kept.session().map(open -> unlocked(open).orElse(open)));
    }

    /** The same session with the tokens that the keychain has; empty if it does not give them now. */
    Optional<Session> unlocked(Session session) {
        return session.tokens().elsewhere() ? keychain.flatMap(Keychain::get).flatMap(secret -> session(session, secret)) : Optional.of(session);
    }

    void write(Kept kept) {
        boolean elsewhere = kept.session().filter(open -> open.tokens().elsewhere() || given(open)).isPresent();
        if (kept.session().isEmpty() && Kept.read(file).session().filter(before -> before.tokens().elsewhere()).isPresent()) {
            keychain.ifPresent(Keychain::clear);
        }
        kept.write(file, elsewhere);
    }

    private boolean given(Session open) {
        boolean taken = keychain.filter(any -> any.put(secret(open.tokens()))).isPresent();
        if (!taken && keychain.isPresent()) {
            LOG.log(System.Logger.Level.WARNING, "the {0} does not take the login; it is kept in {1}", keychain.get().name(), file);
        }
        return taken;
    }

    /** One word, whatever the tokens are. */
    private static String secret(Tokens tokens) {
        var json = Json.object().put("access", tokens.access());
        tokens.refresh().ifPresent(token -> json.put("refresh", token));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json));
    }

    private static Optional<Session> session(Session session, String secret) {
        try {
            JsonNode json = Json.read(new String(Base64.getUrlDecoder().decode(secret), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
            Tokens dates = session.tokens();
            return Optional.of(json.path("access").asText()).filter(access -> !access.isEmpty()).map(access -> new Session(session.hub(), session.issuer(),
                    session.client(), new Tokens(access, Optional.ofNullable(json.path("refresh").textValue()), dates.given(), dates.life())));
        } catch (IllegalArgumentException | HephException somebodyElseWroteThere) {
            return Optional.empty();
        }
    }

    /** Why a login cannot be shown to a hub now. */
    String locked() {
        return "the login is in this desktop's keychain" + keychain.map(one -> " (" + one.name() + ")").orElse("")
                + ", which does not give it now; unlock it, or log in again: heph auth login";
    }

    /** For people, behind who is logged in. */
    String where(Session session) {
        return session.tokens().elsewhere() ? "; " + locked() : "";
    }
}
