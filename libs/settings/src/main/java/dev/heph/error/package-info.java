/** What can go wrong, as one table: docs/reference/errors.md. JDK only, so that the CLI reaches it without a server's classes. */
package dev.heph.error;
