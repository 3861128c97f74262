package dev.heph.settings;

/** The version of this build; a test holds it equal to the pom. A constant, because reading a resource costs start-up time. */
public final class Version {
    public static final String CURRENT = "0.1.0";

    private Version() {}
}
