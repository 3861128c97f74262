package dev.heph.store.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Whom a provider vouches for: its claims {@code iss} and {@code sub}, which together mean the same person for ever (OpenID Connect Core, 2). */
record Person(String issuer, String subject) {
    Person {
        if (issuer.isEmpty() || subject.isEmpty()) {
            throw new IllegalArgumentException("a person has an issuer and a subject");
        }
    }

    /** The id of this person's space: it follows from who they are, so that nobody can be given another's. */
    String space() {
        try {
            byte[] who = (issuer + "\0" + subject).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(who), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isSpace(String text) {
        return text.matches("[0-9a-f]{32}");
    }
}
