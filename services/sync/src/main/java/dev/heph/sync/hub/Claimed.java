package dev.heph.sync.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.runtime.Json;
import dev.heph.runtime.Plain;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Whom a token that nobody vouches for says that it is about: for a log, in a few plain letters, and never the token. */
final class Claimed {
    private static final int LONGEST = 60;
    private static final int LONGEST_TOKEN = 16 << 10;

    private Claimed() {}

    /** Such as {@code  as "ada" (claimed)}; empty if it does not say. */
    static String by(String token) {
        String[] parts = token.length() > LONGEST_TOKEN ? new String[0] : token.split("\\.");
        if (parts.length < 2) {
            return "";
        }
        try {
            JsonNode claims = Json.read(Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII)));
            String subject = Plain.line(claims.path("sub").asText()).replace('"', '\'');
            String shown = subject.length() > LONGEST ? subject.substring(0, LONGEST) + "…" : subject;
            return shown.isEmpty() ? "" : " as \"" + shown + "\" (claimed)";
        } catch (HephException | IllegalArgumentException none) {
            return "";
        }
    }
}
