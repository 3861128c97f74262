/** Checkboxes in a text that several people tick at once ("checkbox marks" in docs/design/merge.md). */
package dev.heph.model.checklist;
