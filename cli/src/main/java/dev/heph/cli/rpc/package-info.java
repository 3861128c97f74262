/** The client's side of docs/reference/rpc.md: one connection, and just enough JSON. */
package dev.heph.cli.rpc;
