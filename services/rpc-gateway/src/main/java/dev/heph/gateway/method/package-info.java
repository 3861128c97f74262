/**
 * The methods: one table that validates, describes ({@code rpc.discover}) and carries out, whatever transport a request
 * came by.
 */
package dev.heph.gateway.method;
