package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a login: {@code data/login.json}, 0600. Where the tokens are in a keychain they are not in it.
 *
 * @param owner whose notes this device has given to a hub, and to which; stays when they log out
 * @param session empty when nobody is logged in
 */
record Kept(Optional<Owner> owner, Optional<Session> session) {
    static final Kept NOTHING = new Kept(Optional.empty(), Optional.empty());

    /** Whose notes a hub has from here. */
    record Owner(URI hub, Person person) {}

    static Kept read(Path file) {
        try {
            JsonNode json = Json.read(Files.readAllBytes(file));
            return new Kept(
                    Optional.of(json.path("owner")).filter(JsonNode::isObject).map(Kept::owner),
                    Optional.of(json.path("session")).filter(JsonNode::isObject).map(Kept::session));
        } catch (NoSuchFileException nobodyYet) {
            return NOTHING;
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Replaces the file in one step; it is never open to others, not even while it is written.
     *
     * @param elsewhere whether the tokens are in a keychain and not to be in the file
     */
    void write(Path file, boolean elsewhere) {
        ObjectNode json = Json.object();
        owner.ifPresent(known -> json.putObject("owner").put("hub", known.hub().toString()).put("issuer", known.person().issuer())
                .put("subject", known.person().subject()).put("name", known.person().name()));
        session.ifPresent(open -> write(open, elsewhere, json.putObject("session")));
        try {
            Path draft = Files.createTempFile(file.getParent(), "login", ".tmp"); // made 0600
            Files.write(draft, Json.bytes(json));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void write(Session open, boolean elsewhere, ObjectNode json) {
        json.put("hub", open.hub().toString()).put("issuer", open.issuer().toString())
                .put("given", open.tokens().given().toEpochMilli()).put("life_ms", open.tokens().life().toMillis());
        open.client().write(json);
        if (!elsewhere) {
            json.put("access", open.tokens().access());
            open.tokens().refresh().ifPresent(token -> json.put("refresh", token));
        }
    }

    private static Owner owner(JsonNode json) {
        return new Owner(URI.create(json.path("hub").asText()),
                new Person(json.path("issuer").asText(), json.path("subject").asText(), json.path("name").asText()));
    }

    private static Session session(JsonNode json) {
        var tokens = new Tokens(json.path("access").asText(), Optional.ofNullable(json.path("refresh").textValue()),
                Instant.ofEpochMilli(json.path("given").asLong()), Duration.ofMillis(json.path("life_ms").asLong()));
        return new Session(URI.create(json.path("hub").asText()), URI.create(json.path("issuer").asText()), Client.read(json),
                tokens);
    }
}
