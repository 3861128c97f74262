/** The service that knows who is calling. On a device without a hub that is whoever may open the gateway's socket: its owner. */
package dev.heph.auth;
