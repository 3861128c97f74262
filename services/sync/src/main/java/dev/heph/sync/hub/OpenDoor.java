package dev.heph.sync.hub;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/**
 * Lets in everybody on this machine, all to the same space; but for who shows a token. They take this for a hub that keeps people apart: it
 * may have been one, and have lost its login.
 *
 * @param guest what everybody is
 */
record OpenDoor(Guest guest) implements Door {
    @Override
    public Guest admit(ServerRequest request) {
        if (request.headers().first(HeaderNames.AUTHORIZATION).filter(TokenDoor::isToken).isPresent()) {
            throw new HephException(Reason.FORBIDDEN, "this hub has no login any more, so your notes would go where everybody's are;"
                    + " tell whoever runs it (auth.issuer)");
        }
        return guest;
    }
}
