/** The client's side of docs/reference/rpc.md: one connection, and JSON as a small tree. */
package dev.heph.cli.rpc;
