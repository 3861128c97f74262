package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a login; {@link KeptFiles} has it. Where the tokens are in a keychain they are not in it.
 *
 * @param owner whose notes this device has given to a hub, and to which; stays when they log out
 * @param session empty when nobody is logged in
 * @param damage why it cannot be read, and what to do, as one line; then there may be an owner who is not known
 */
record Kept(Optional<Owner> owner, Optional<Session> session, Optional<String> damage) {
    static final Kept NOTHING = new Kept(Optional.empty(), Optional.empty());

    Kept(Optional<Owner> owner, Optional<Session> session) {
        this(owner, session, Optional.empty());
    }

    /** Whose notes a hub has from here. */
    record Owner(URI hub, Person person) {
        ObjectNode write(ObjectNode json) {
            return json.put("hub", hub.toString()).put("issuer", person.issuer()).put("subject", person.subject()).put("name", person.name());
        }

        /** @throws IllegalArgumentException if it is none */
        static Owner read(JsonNode json) {
            return new Owner(URI.create(text(json, "hub")), new Person(text(json, "issuer"), text(json, "subject"), json.path("name").asText()));
        }

        private static String text(JsonNode json, String name) {
            return Optional.ofNullable(json.path(name).textValue()).orElseThrow(() -> new IllegalArgumentException("no " + name));
        }
    }

    boolean ownerUnknown() {
        return damage.isPresent() && owner.isEmpty();
    }

    /** @throws HephException if these may be somebody's notes of whom nothing is known */
    void requireKnownOwner() {
        if (ownerUnknown()) {
            throw new HephException(Reason.CONFLICT, damage.get());
        }
    }

    /**
     * One person's notes never go into another's space because somebody else sat at the keyboard, whatever the hub and its name.
     *
     * @throws HephException if these are the notes of somebody else
     */
    void requireOf(Person person) {
        requireKnownOwner();
        Optional<Person> other = owner.map(Owner::person).filter(one -> !one.is(person));
        if (other.isPresent()) {
            throw new HephException(Reason.CONFLICT, "this device holds the notes of " + other.get().name() + ", so " + person.name()
                    + " cannot log in here: use a home of its own (HEPH_HOME=DIR), or, to give them all to " + person.name()
                    + ": heph auth logout --forget, then log in again");
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static Kept read(JsonNode json) {
        return new Kept(
                Optional.of(json.path("owner")).filter(JsonNode::isObject).map(Owner::read),
                Optional.of(json.path("session")).filter(JsonNode::isObject).map(Kept::session));
    }

    /** @param elsewhere whether the tokens are in a keychain and not to be in it */
    ObjectNode json(boolean elsewhere) {
        ObjectNode json = Json.object();
        owner.ifPresent(known -> known.write(json.putObject("owner")));
        session.ifPresent(open -> write(open, elsewhere, json.putObject("session")));
        return json;
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

    private static Session session(JsonNode json) {
        var tokens = new Tokens(json.path("access").asText(), Optional.ofNullable(json.path("refresh").textValue()),
                Instant.ofEpochMilli(json.path("given").asLong()), Duration.ofMillis(json.path("life_ms").asLong()));
        return new Session(URI.create(json.path("hub").asText()), URI.create(json.path("issuer").asText()), Client.read(json),
                tokens);
    }
}
