/** What becomes of a device's ops when another one has written under the same id: "devices" in docs/design/merge.md. */
package dev.heph.model.fork;
