/** The gateway: what surfaces talk to. {@link dev.heph.gateway.GatewayService} puts its parts together. */
package dev.heph.gateway;
