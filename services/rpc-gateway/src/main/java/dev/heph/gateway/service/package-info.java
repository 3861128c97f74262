/** What the gateway asks of the other services, and what it answers when they are away. */
package dev.heph.gateway.service;
