/**
 * On a hub: whether a token vouches for somebody. {@code TokenVerifier} is the rule, {@code ProviderKeys} the keys it goes by.
 * docs/design/auth.md is the law.
 */
package dev.heph.auth.verify;
