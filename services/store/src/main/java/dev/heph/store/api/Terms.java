package dev.heph.store.api;

import dev.heph.store.query.Dates;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * What holds for all data that a store opens.
 *
 * @param hub whether this is where devices meet
 */
public record Terms(String deviceName, boolean hub, Dates dates, Clock clock, SecureRandom random) {}
