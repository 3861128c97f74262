package dev.heph.auth.login;

import java.time.Duration;

/** Waits. */
@FunctionalInterface
interface Pause {
    void of(Duration duration) throws InterruptedException;
}
