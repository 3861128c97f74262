package dev.heph.sync.device;

import java.util.Optional;

/** What this device shows the hub that somebody has logged in to. */
@FunctionalInterface
interface Credentials {
    /**
     * @param refused what a hub that asks who we are did not take: a token, or nothing but an empty text; empty if it has not asked
     * @return empty if nobody has ever logged in to that hub
     * @throws HubTrouble if somebody had, and that is over, or cannot be told now: then it is shown nothing and told nothing
     */
    Optional<String> token(Optional<String> refused);
}
