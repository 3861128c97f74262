package dev.heph.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.auth.verify.TokenVerifier;
import dev.heph.auth.verify.Vouched;
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

    private String admitted(Vouched person) {
        ObjectNode who = Json.object().put("issuer", person.issuer()).put("subject", person.subject()).put("name", person.name());
        return store.call("people.admit", who).path("space").asText();
    }

    String words() {
        return "lets in whom " + login.issuer() + " vouches for" + login.group().map(group -> ", in the group " + group)
                .orElse(", in any group (one only: auth.group)");
    }
}
