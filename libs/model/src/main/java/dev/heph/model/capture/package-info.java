/**
 * A task in one line, as every surface takes it: {@link dev.heph.model.capture.Capture}. The rules and the tables are in
 * docs/design/capture.md.
 */
package dev.heph.model.capture;
