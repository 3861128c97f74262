/**
 * Names of things: {@link dev.heph.model.id.Id} is 128 bits with a ULID face, minted by {@link dev.heph.model.id.IdMint} or
 * derived by {@link dev.heph.model.id.DerivedId} where two devices may make the same thing. See docs/design/ids.md.
 */
package dev.heph.model.id;
