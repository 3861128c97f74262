package dev.heph.auth.verify;

import java.time.Instant;

/**
 * Whom a token vouches for.
 *
 * @param name what people call them; the subject where the token does not say
 * @param expires until when
 */
public record Vouched(String issuer, String subject, String name, Instant expires) {}
