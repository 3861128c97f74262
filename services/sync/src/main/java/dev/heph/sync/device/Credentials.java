package dev.heph.sync.device;

import java.util.Optional;

/** What this device shows a hub that asks who it is. */
@FunctionalInterface
interface Credentials {
    /**
     * @param refused the token that the hub did not take, if it was shown one
     * @return empty if nobody has logged in to that hub
     * @throws HubTrouble if somebody had, and that is over, or cannot be told now
     */
    Optional<String> token(Optional<String> refused);
}
