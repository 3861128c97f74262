/**
 * An OpenID Connect provider for tests, as far as heph uses one: discovery, keys, the device flow, refreshing and revoking, and every way
 * to go wrong.
 */
package dev.heph.provider;
