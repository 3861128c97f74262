/**
 * The service that moves a person's changes between devices and a hub: {@code device} and {@code hub} are its two roles, {@code wire} is what
 * both hold to. It moves pages and parcels as bytes; what is in them only the store knows. docs/design/sync.md is the law.
 */
package dev.heph.sync;
