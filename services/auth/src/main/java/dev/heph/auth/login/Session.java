package dev.heph.auth.login;

import java.net.URI;

/** A login: to which hub, by whom it was vouched for, as which client. The tokens go to that hub and that provider and to nobody else. */
record Session(URI hub, URI issuer, Client client, Tokens tokens) {
    /** Whether another one is of the same login: its tokens may go where this one's do. */
    boolean isOf(Session other) {
        return hub.equals(other.hub) && issuer.equals(other.issuer) && client.equals(other.client);
    }

    Session with(Tokens newer) {
        return new Session(hub, issuer, client, new Tokens(newer.access(), newer.refresh().or(tokens::refresh), newer.given(),
                newer.life()));
    }
}
