package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Plain;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** An OpenID Connect provider, by what a device asks it: where its endpoints are, a code for a person, tokens, their end. */
final class Provider {
    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    /** RFC 8628, 3.2: where the provider does not say. */
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);

    private final Web web;
    private final InstantSource clock;
    private final URI issuer;
    private final JsonNode document;

    private Provider(Web web, InstantSource clock, URI issuer, JsonNode document) {
        this.web = web;
        this.clock = clock;
        this.issuer = issuer;
        this.document = document;
    }

    /**
     * By its discovery document (OpenID Connect Discovery 4, RFC 8414). @throws HephException if it has none, or says that it is another
     */
    static Provider discover(Web web, InstantSource clock, URI issuer) {
        Web.Answer found = web.get(URI.create(issuer.toString().replaceAll("/$", "") + "/.well-known/openid-configuration"));
        if (found.status() >= 500) {
            throw new HephException(Reason.AWAY, "the identity provider " + issuer + " is not ready (HTTP status " + found.status()
                    + "); try again");
        }
        if (found.status() != 200 || !found.json().path("issuer").asText().equals(issuer.toString())) {
            throw new HephException(Reason.CONFLICT, "there is no identity provider at " + issuer
                    + " that calls itself so; tell whoever runs the hub");
        }
        return new Provider(web, clock, issuer, found.json());
    }

    /** What a person is shown, and the code by which the device asks for what came of it. */
    record Code(String device, String user, String uri, Optional<String> complete, Instant expires, Duration interval) {}

    /** What came of a question for tokens. */
    sealed interface Outcome {
        /** @param person whom the id token names; empty where there is none */
        record Given(Tokens tokens, Optional<Person> person) implements Outcome {}

        /** @param code of RFC 6749, 5.2 or RFC 8628, 3.5 */
        record Refused(String code, String description) implements Outcome {}
    }

    Code begin(Client client, String scope) {
        if (!document.has("device_authorization_endpoint")) {
            throw new HephException(Reason.CONFLICT, issuer + " offers no login for devices; whoever runs it can switch on the device flow"
                    + " (RFC 8628)");
        }
        Web.Answer answer = post("device_authorization_endpoint", client.asking(Map.of("scope", scope)));
        JsonNode said = answer.json();
        if (answer.status() != 200 || !said.hasNonNull("device_code")) {
            throw new HephException(Reason.CONFLICT, issuer + " does not let " + Plain.line(client.id()) + " log anybody in ("
                    + Plain.line(said.path("error").asText("HTTP status " + answer.status()))
                    + "): its client needs the device flow; tell whoever runs the hub");
        }
        Duration interval = said.has("interval") ? Duration.ofSeconds(Math.clamp(said.path("interval").asLong(), 1, 60)) : USUAL_INTERVAL;
        return new Code(said.path("device_code").asText(), Plain.line(said.path("user_code").asText()),
                page(said.path("verification_uri").asText()),
                Optional.ofNullable(said.path("verification_uri_complete").textValue()).map(this::page),
                clock.instant().plusSeconds(Math.clamp(said.path("expires_in").asLong(600), 1, 3_600)), interval);
    }

    /** Where a person types their password. */
    private String page(String address) {
        return Web.sealed(issuer, address, "the page for logging in of " + issuer).toString();
    }

    /** What came of a code so far. */
    Outcome tokens(Client client, Code code) {
        return outcome(post("token_endpoint", client.asking(Map.of("grant_type", DEVICE_GRANT, "device_code", code.device()))));
    }

    Outcome refresh(Client client, String token) {
        return outcome(post("token_endpoint", client.asking(Map.of("grant_type", "refresh_token", "refresh_token", token))));
    }

    /** Ends a login there (RFC 7009). @return whether the provider says that it did */
    boolean revoke(Client client, String token) {
        var form = Map.of("client_id", client.id(), "token", token, "token_type_hint", "refresh_token");
        return document.has("revocation_endpoint") && post("revocation_endpoint", form).status() == 200;
    }

    private Web.Answer post(String endpoint, Map<String, String> form) {
        Web.Answer answer = web.post(Web.sealed(issuer, document.path(endpoint).asText(), "the " + endpoint + " of " + issuer), form);
        if (answer.status() >= 500 || answer.status() == 429) {
            throw away(answer);
        }
        return answer;
    }

    private HephException away(Web.Answer answer) {
        return new HephException(Reason.AWAY, "the identity provider " + issuer + " is not ready (HTTP status " + answer.status()
                + "); try again");
    }

    private Outcome outcome(Web.Answer answer) {
        JsonNode said = answer.json();
        boolean given = answer.status() == 200 && said.hasNonNull("access_token");
        if (!given && !said.path("error").isTextual()) { // a page of a proxy before it, for instance
            throw away(answer);
        }
        if (!given) {
            return new Outcome.Refused(Plain.line(said.path("error").asText()), Plain.line(said.path("error_description").asText()));
        }
        var life = Duration.ofSeconds(Math.clamp(said.path("expires_in").asLong(60), 1, 86_400));
        var tokens = new Tokens(said.path("access_token").asText(), Optional.ofNullable(said.path("refresh_token").textValue()),
                clock.instant(), life);
        // What the provider itself just said over TLS needs no signature (OpenID Connect Core, 3.1.3.7, 6).
        return new Outcome.Given(tokens, Optional.ofNullable(said.path("id_token").textValue()).flatMap(Person::of)
                .filter(person -> person.issuer().equals(issuer.toString())));
    }
}
