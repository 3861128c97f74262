/** Everything in one file, made while the store works, and put back: docs/design/backup.md. */
package dev.heph.store.backup;
