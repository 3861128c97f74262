/**
 * JSON-RPC 2.0 itself, apart from what carries it: reading a line strictly, and writing answers. Bytes go through
 * unparsed.
 */
package dev.heph.gateway.rpc;
