/** What a person sees: streams, colours, widths, columns, progress. Knows nothing of heph's data. */
package dev.heph.cli.terminal;
