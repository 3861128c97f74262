package dev.heph.sync.hub;

import io.helidon.webserver.http.ServerRequest;

/** Lets devices in: the one place where it is decided whose space a request is about. */
@FunctionalInterface
interface Door {
    /**
     * @throws dev.heph.error.HephException {@link dev.heph.error.Reason#UNAUTHENTICATED} if it does not show who it is,
     *     {@link dev.heph.error.Reason#FORBIDDEN} if it may not, {@link dev.heph.error.Reason#AWAY} if that cannot be told now
     */
    Guest admit(ServerRequest request);
}
