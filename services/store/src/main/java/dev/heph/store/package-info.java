/**
 * The store: the only one that opens the database. {@code log} keeps what happened, {@code replica} writes and takes it,
 * {@code facts} is what merge knows, {@code view} what queries read; {@code command} turns a wish into ops, {@code query}
 * answers, {@code api} is both over HTTP, {@code doctor} looks everything over, {@code db} is SQLite.
 */
package dev.heph.store;
