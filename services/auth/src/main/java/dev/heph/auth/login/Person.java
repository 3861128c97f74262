package dev.heph.auth.login;

/** Whom the provider knows: its {@code iss} and {@code sub}. @param name what people call them */
record Person(String issuer, String subject, String name) {
    boolean is(Person other) {
        return issuer.equals(other.issuer) && subject.equals(other.subject);
    }
}
