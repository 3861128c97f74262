package dev.heph.gateway.method;

import static dev.heph.gateway.method.Param.optional;

import java.util.List;

/** The part of the table that is about who this device is for its hub. */
final class AuthTable {
    private AuthTable() {}

    static List<Method> of(Handlers handlers) {
        return List.of(
                new Method("auth.login", "Begins to log in to the hub: says where a person agrees to it, with which code", List.of(),
                        "Login", true,
                        handlers.login()),
                new Method("auth.status", "Who is logged in, and how a login that is under way stands", List.of(), "AuthStatus", true,
                        handlers.auth()),
                new Method("auth.logout", "Ends the login, here and at the identity provider",
                        List.of(optional("forget", Table.FLAG,
                                "true: also forget whose notes these are, so that somebody else can log in")),
                        "LoggedOut", true, handlers.auth()));
    }
}
