/** What leaves this replica and what comes from others, in the pieces of docs/design/sync.md: a hub's pages, a device's parcels. */
package dev.heph.store.exchange;
