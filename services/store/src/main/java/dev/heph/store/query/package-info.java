/** What surfaces ask: nodes, links, search, tasks, as the JSON of docs/reference/rpc.md. */
package dev.heph.store.query;
