/** The unix socket that surfaces talk to: many clients, one JSON value a line, limits on what each may take of us. */
package dev.heph.gateway.socket;
