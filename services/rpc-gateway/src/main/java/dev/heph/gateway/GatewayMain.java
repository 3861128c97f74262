package dev.heph.gateway;

import dev.heph.runtime.ServiceMain;

/** The process {@code rpc-gateway}. */
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(arguments, GatewayService::start);
    }
}
