package dev.heph.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a device says of the token that it shows its hub. */
class HeldTokenTest extends LoggingIn {
    private final List<String> shown = new CopyOnWriteArrayList<>();

    /** From now on the hub answers so, to whoever asks. */
    private void hubSays(int status, String message) {
        hub.createContext("/sync/v1/vector", exchange -> {
            shown.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = Json.bytes(Json.object().put("message", message));
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private JsonNode told(String... flags) {
        ObjectNode params = Json.object().put("hub", url());
        List.of(flags).forEach(flag -> params.put(flag, true));
        return new HeldToken(account).told(params);
    }

    @Test
    void whoseItIsAndThatTheHubTakesIt() {
        hubSays(200, "");
        logIn("ada");
        JsonNode told = told();
        assertThat(told.path("subject").asText()).isEqualTo("ada");
        assertThat(told.path("issuer").asText()).isEqualTo(provider.issuer().toString());
        assertThat(told.path("audience").valueStream().map(JsonNode::asText)).containsExactly("heph");
        assertThat(told.path("admitted").asBoolean()).isTrue();
        assertThat(shown).containsExactly("Bearer " + token());
        assertThat(told.toString()).as("not the token itself").doesNotContain(token()).doesNotContain(token().split("\\.")[2]);
        assertThat(told("print").path("token").asText()).isEqualTo(token());
    }

    @Test
    void whyTheHubDoesNotTakeItInItsOwnWords() {
        hubSays(403, "ada is not in the group family\u001b[2J");
        logIn("ada");
        JsonNode told = told();
        assertThat(told.path("admitted").asBoolean(true)).isFalse();
        assertThat(told.path("reason").asText()).isEqualTo("ada is not in the group family [2J");
    }

    @Test
    void aHubThatIsAwayOrBusyRefusesNobody() {
        logIn("ada");
        JsonNode busy = told(); // nothing is there at that path
        assertThat(busy.has("admitted")).isFalse();
        assertThat(busy.path("reason").asText()).isEqualTo("it answers with the HTTP status 404");
        hub.stop(0);
        JsonNode away = told();
        assertThat(away.has("admitted")).isFalse();
        assertThat(away.path("reason").asText()).contains("is not reached");
        assertThat(away.path("subject").asText()).isEqualTo("ada");
    }

    @Test
    void whoHasNeverLoggedInHasNone() {
        hubSays(200, "");
        assertThatThrownBy(this::told).isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
                .hasMessageStartingWith("this device has no token for " + url());
        logIn("ada");
        account.logout(Json.object());
        assertThatThrownBy(this::told).isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAUTHENTICATED));
        assertThat(shown).isEmpty();
    }

    /** Some providers give tokens that only they can read. */
    @Test
    void aTokenThatSaysNothingIsAskedAboutAllTheSame() {
        JsonNode claims = dev.heph.auth.verify.Claims.told("opaque");
        assertThat(claims).isEqualTo(Json.read("{\"audience\":[],\"groups\":[]}".getBytes()));
        assertThat(Optional.ofNullable(claims.get("expires"))).isEmpty();
    }
}
