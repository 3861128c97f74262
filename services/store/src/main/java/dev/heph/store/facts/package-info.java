/** What merge knows, kept in SQLite: the implementation of the model's port. */
package dev.heph.store.facts;
