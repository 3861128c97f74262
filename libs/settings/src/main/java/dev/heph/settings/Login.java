package dev.heph.settings;

import java.net.URI;
import java.util.Optional;

/**
 * Who a hub lets in: whoever an OpenID Connect provider vouches for.
 *
 * @param issuer the provider, as its tokens name it in {@code iss}
 * @param clientId as what a device asks the provider to log somebody in
 * @param audience for whom a token must be made out, its {@code aud}; the client id if nothing else is set
 * @param resource what a device names to the provider as that which tokens are to be for (RFC 8707); empty: nothing
 * @param group the member of the claim {@code groups} that a token must have; empty: anybody whom the provider knows
 */
public record Login(URI issuer, String clientId, String audience, Optional<URI> resource, Optional<String> group) {}
