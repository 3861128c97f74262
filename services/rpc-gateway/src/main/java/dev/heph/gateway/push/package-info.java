/** Telling clients what changed: one stream from the store, passed on to who subscribed. */
package dev.heph.gateway.push;
