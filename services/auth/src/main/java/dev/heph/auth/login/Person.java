package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.auth.verify.Claims;
import dev.heph.runtime.Plain;
import java.util.Optional;

/** Whom the provider knows: its {@code iss} and {@code sub}. @param name what people call them */
record Person(String issuer, String subject, String name) {
    boolean is(Person other) {
        return issuer.equals(other.issuer) && subject.equals(other.subject);
    }

    /** Whom a JWT says that it is about; whether that holds is for others to check. Empty if it does not say. */
    static Optional<Person> of(String jwt) {
        JsonNode claims = Claims.of(jwt);
        String subject = claims.path("sub").asText();
        String name = Plain.line(claims.path("preferred_username").asText(claims.path("name").asText(subject)));
        return Optional.of(new Person(claims.path("iss").asText(), subject, name))
                .filter(one -> !one.issuer.isEmpty() && !subject.isEmpty());
    }
}
