package dev.heph.auth;

import dev.heph.runtime.ServiceMain;

/** The auth process. */
public final class AuthMain {
    private AuthMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(arguments, AuthService::start);
    }
}
