package dev.heph.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.auth.verify.Claims;
import dev.heph.auth.verify.TokenVerifier;
import dev.heph.auth.verify.Vouched;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import dev.heph.settings.Login;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** auth on a hub with a login: whose space a token opens. */
final class HubAuth {
    private record Who(String issuer, String subject) {}

    private final Login login;
    private final TokenVerifier verifier;
    private final ServiceClient store;

    /** Whom the store has admitted; it says the same every time. */
    private final Map<Who, String> spaces = new ConcurrentHashMap<>();

    HubAuth(Login login, TokenVerifier verifier, ServiceClient store) {
        this.login = login;
        this.verifier = verifier;
        this.store = store;
    }

    /** {@code {token}} to {@code {space, name, expires}}. */
    JsonNode identify(JsonNode params) {
        Vouched person = verifier.verify(params.path("token").asText());
        String space = spaces.computeIfAbsent(new Who(person.issuer(), person.subject()), who -> admitted(person));
        return Json.object().put("space", space).put("name", person.name()).put("expires", person.expires().toEpochMilli());
    }

    /**
     * {@code hub.token} {token}: what it says of itself, whether it would open a space, and why not. Nobody is let in by that, and no space made.
     */
    JsonNode judged(JsonNode params) {
        String token = params.path("token").asText();
        ObjectNode told = Claims.told(token);
        try {
            verifier.verify(token);
            return told.put("admitted", true).put("reason", "");
        } catch (HephException refused) {
            if (refused.reason() != Reason.AWAY) {
                told.put("admitted", false);
            }
            return told.put("reason", refused.getMessage());
        }
    }

    private String admitted(Vouched person) {
        ObjectNode who = Json.object().put("issuer", person.issuer()).put("subject", person.subject()).put("name", person.name());
        return store.call("people.admit", who).path("space").asText();
    }

    String words() {
        return "lets in whom " + login.issuer() + " vouches for" + login.group().map(group -> ", in the group " + group)
                .orElse(", in any group (one only: auth.group)");
    }
}
