/** One device's copy of a space: what it writes and what it takes from others goes in by the same way. */
package dev.heph.store.replica;
