package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.auth.verify.Claims;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.Plain;
import java.net.URI;
import java.util.Optional;

/** What this device shows its hub, and what the hub makes of it. */
public record HeldToken(Account account) {
    /** What every hub of this version of the exchange answers to whom it lets in, at little cost. */
    private static final String ASKED = "/sync/v1/vector?space=personal";

    /**
     * {@code hub.token} {hub, print?}: what the token says of itself; {@code admitted} and {@code reason} as that hub says, the first missing if it
     * cannot be told; {@code token} if it is to be printed.
     *
     * @throws HephException {@link Reason#UNAUTHENTICATED} if the login has ended, {@link Reason#CONFLICT} if there never was one
     */
    public JsonNode told(JsonNode params) {
        String hub = params.path("hub").asText();
        String token = Optional.ofNullable(account.token(Json.object().put("hub", hub)).path("token").textValue())
                .orElseThrow(() -> new HephException(Reason.CONFLICT,
                        "this device has no token for " + hub + ": nobody has logged in to it; if it asks who you are: heph auth login"));
        ObjectNode told = Claims.told(token).put("hub", hub);
        judged(URI.create(hub + ASKED), token, told);
        return params.path("print").asBoolean() ? told.put("token", token) : told;
    }

    private static void judged(URI asked, String token, ObjectNode told) {
        try (var web = new Web()) {
            Web.Answer said = web.get(asked, token);
            switch (said.status()) {
                case 200 -> told.put("admitted", true).put("reason", "");
                case 401, 403 -> told.put("admitted", false).put("reason", reason(said));
                default -> told.put("reason", reason(said));
            }
        } catch (HephException away) {
            told.put("reason", away.getMessage());
        }
    }

    private static String reason(Web.Answer said) {
        return Plain.line(said.json().path("message").asText("it answers with the HTTP status " + said.status()));
    }
}
