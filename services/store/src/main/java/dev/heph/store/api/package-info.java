/** The calls of the store over HTTP on loopback: what reads, what writes, and the stream of changes. */
package dev.heph.store.api;
