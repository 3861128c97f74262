package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.runtime.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where a login is remembered: in a file, its tokens in the keychain of the desktop where that takes them. The file is read and written at
 * once; the keychain may ask its user and take ten seconds, so it is never waited for with a lock that others need. One that did not answer
 * is left alone for a while: each question may be a window that pops up.
 */
public final class Memory implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Memory.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final KeptFiles files;
    private final Optional<Keychain> keychain;
    private final boolean wanted;
    private final InstantSource clock;

    /** What the keychain is told, one thing after the other. */
    private final ExecutorService followers = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("keychain").factory());

    private Duration pause = Duration.ZERO;
    private Instant failed = Instant.MIN;

    /**
     * @param keychain the one that is here
     * @param wanted whether tokens are to go there; what is there already is found in any case
     */
    public Memory(Path file, Optional<Keychain> keychain, boolean wanted, InstantSource clock) {
        this.files = new KeptFiles(file);
        this.keychain = keychain;
        this.wanted = wanted;
        this.clock = clock;
    }

    /** What is in the files; tokens that are not are {@linkplain Tokens#elsewhere() elsewhere}. */
    Kept read() {
        return files.read();
    }

    /** @param elsewhere whether the keychain has the tokens */
    void write(Kept kept, boolean elsewhere) {
        files.write(kept, elsewhere);
    }

    /**
     * Brings the keychain to what is remembered, on another thread; until it has the tokens they are in the file.
     *
     * @param remembered what it is by then: if it is something else, that follows by itself
     * @param settled told when the keychain has the tokens
     */
    void follow(Optional<Session> session, Supplier<Optional<Session>> remembered, Consumer<Optional<Session>> settled) {
        if (keychain.isPresent() && !followers.isShutdown()) {
            followers.submit(() -> settle(session, remembered, settled));
        }
    }

    /** What the keychain is being told is broken off; what it does not have is in the file. */
    @Override
    public void close() {
        followers.shutdownNow();
        try {
            if (!followers.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.DEBUG, "the keychain's program still runs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(Optional<Session> session, Supplier<Optional<Session>> remembered, Consumer<Optional<Session>> settled) {
        if (!remembered.get().equals(session)) {
            return;
        }
        if (session.isEmpty() || !wanted) {
            clear();
        } else if (mayBeAsked() && given(session.get())) {
            settled.accept(session);
        }
    }

    boolean wanted() {
        return wanted;
    }

    /** The same session with the tokens that the keychain has; empty if it does not give them now. */
    Optional<Session> unlocked(Session session) {
        if (!session.tokens().elsewhere()) {
            return Optional.of(session);
        }
        Optional<Session> open = mayBeAsked() ? keychain.flatMap(Keychain::get).flatMap(Memory::session).filter(session::isOf) : Optional.empty();
        answered(open.isPresent());
        return open;
    }

    /** Puts the tokens of a session into the keychain. @return whether it has them */
    private boolean given(Session session) {
        boolean taken = keychain.filter(one -> one.put(secret(session))).isPresent();
        answered(taken);
        if (!taken) {
            LOG.log(System.Logger.Level.WARNING, "the keychain does not take the login; it is kept in {0}", files);
        }
        return taken;
    }

    private void clear() {
        if (keychain.isPresent() && !keychain.get().clear()) {
            LOG.log(System.Logger.Level.WARNING, "the {0} could not be told to forget the login; what it has of it has ended, if the identity provider was reached",
                    keychain.get().name());
        }
    }

    /** Somebody is at the desktop: it may be asked again. */
    synchronized void attended() {
        pause = Duration.ZERO;
    }

    private synchronized boolean mayBeAsked() {
        Instant now = clock.instant();
        return keychain.isPresent() && (pause.isZero() || now.isBefore(failed) || !now.isBefore(failed.plus(pause)));
    }

    private synchronized void answered(boolean well) {
        if (well) {
            pause = Duration.ZERO;
        } else if (mayBeAsked()) {
            Duration twice = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
            failed = clock.instant();
        }
    }

    /** One word, whatever the tokens are; it says whose they are, so that they go nowhere else. */
    private static String secret(Session session) {
        Tokens tokens = session.tokens();
        var json = Json.object().put("hub", session.hub().toString()).put("issuer", session.issuer().toString())
                .put("access", tokens.access()).put("given", tokens.given().toEpochMilli()).put("life_ms", tokens.life().toMillis());
        session.client().write(json);
        tokens.refresh().ifPresent(token -> json.put("refresh", token));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json));
    }

    private static Optional<Session> session(String secret) {
        try {
            JsonNode json = Json.read(Base64.getUrlDecoder().decode(secret));
            Tokens tokens = new Tokens(json.path("access").asText(), Optional.ofNullable(json.path("refresh").textValue()),
                    Instant.ofEpochMilli(json.path("given").asLong()), Duration.ofMillis(json.path("life_ms").asLong()));
            return Optional.of(new Session(URI.create(json.path("hub").asText()), URI.create(json.path("issuer").asText()), Client.read(json), tokens))
                    .filter(session -> !session.tokens().elsewhere());
        } catch (IllegalArgumentException | HephException somebodyElseWroteThere) {
            return Optional.empty();
        }
    }

    /** Why a login cannot be shown to a hub now. */
    String locked() {
        return keychain.map(one -> "the login is in this desktop's keychain (" + one.name() + "), which does not give it now; unlock it, or log in again: heph auth login")
                .orElse("the login is in the keychain of a desktop, and heph runs outside of one; start it there (heph down, then any command), or log in again:"
                        + " heph auth login");
    }

    /** For people, behind who is logged in. */
    synchronized String where(Session session) {
        boolean away = keychain.isEmpty() || !pause.isZero();
        return session.tokens().elsewhere() && away ? "; " + locked() : "";
    }
}
