/**
 * Dates as people write and read them: {@link dev.heph.model.date.DateWords}. The tables are in docs/design/capture.md.
 */
package dev.heph.model.date;
