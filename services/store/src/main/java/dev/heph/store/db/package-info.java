/** SQLite: how it is opened, brought up to date, written by one thread, and what its failures mean. */
package dev.heph.store.db;
