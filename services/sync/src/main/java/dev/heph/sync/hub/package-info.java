/**
 * sync on a hub: the HTTP server that devices talk to. It passes pages and parcels between them and the store and understands neither;
 * what a device may have, in which order, and what is refused is for the store to say.
 */
package dev.heph.sync.hub;
