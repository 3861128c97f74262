/** What happened to a node, and how it was: read from the log alone (docs/design/history.md). */
package dev.heph.store.history;
