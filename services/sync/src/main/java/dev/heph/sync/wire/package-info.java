/** What both ends of the exchange hold to: its version, its limits, and how bodies travel (docs/design/sync.md, "Over HTTP"). */
package dev.heph.sync.wire;
