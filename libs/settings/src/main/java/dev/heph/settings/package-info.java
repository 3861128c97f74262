/** Where heph keeps its files, how it is set up, and which of its services run: docs/reference/settings.md. JDK only. */
package dev.heph.settings;
