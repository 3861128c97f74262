package dev.heph.auth.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.runtime.Json;
import dev.heph.runtime.Plain;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a token says of itself; whether that holds is for {@link TokenVerifier} to find. */
public final class Claims {
    private Claims() {}

    /** What a JWT says; nothing if it is none. */
    public static JsonNode of(String jwt) {
        try {
            return Json.read(Base64.getUrlDecoder().decode(jwt.split("\\.")[1].getBytes(StandardCharsets.US_ASCII)));
        } catch (HephException | IllegalArgumentException | IndexOutOfBoundsException none) {
            return Json.object();
        }
    }

    /** {@code {issuer?, subject?, name?, audience, groups, expires?}}, for people, and never the token. */
    public static ObjectNode told(String jwt) {
        JsonNode claims = of(jwt);
        ObjectNode told = Json.object();
        text(told, "issuer", claims.path("iss"));
        text(told, "subject", claims.path("sub"));
        text(told, "name", claims.path("preferred_username"));
        told.set("audience", texts(claims.path("aud")));
        told.set("groups", texts(claims.path("groups")));
        if (claims.path("exp").isNumber()) {
            told.put("expires", claims.path("exp").asLong() * 1_000);
        }
        return told;
    }

    private static void text(ObjectNode told, String name, JsonNode claim) {
        if (claim.isTextual()) {
            told.put(name, Plain.line(claim.textValue()));
        }
    }

    /** One may stand there without a list around it (RFC 7519, 4.1.3). */
    private static ArrayNode texts(JsonNode claim) {
        ArrayNode texts = Json.MAPPER.createArrayNode();
        (claim.isTextual() ? Json.MAPPER.createArrayNode().add(claim) : claim)
                .forEach(each -> texts.add(Plain.line(each.asText())));
        return texts;
    }
}
