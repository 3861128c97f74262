/** Markdown made readable on a terminal. Nothing in here is loaded where there is none. */
package dev.heph.cli.markdown;
