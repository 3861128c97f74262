package dev.heph.launcher;

import java.util.Arrays;
import java.util.List;

/** The four services, in the order in which they become ready; they are stopped in the reverse one. */
enum Part {
    STORE("store", "dev.heph.store.StoreMain", 512),
    AUTH("auth", "dev.heph.auth.AuthMain", 64),
    SYNC("sync", "dev.heph.sync.SyncMain", 128),
    RPC_GATEWAY("rpc-gateway", "dev.heph.gateway.GatewayMain", 512);

    private final String title;
    private final String mainClass;
    private final int heapMaxMb;

    Part(String title, String mainClass, int heapMaxMb) {
        this.title = title;
        this.mainClass = mainClass;
        this.heapMaxMb = heapMaxMb;
    }

    /** The service's name, as in its run file and log. */
    String title() {
        return title;
    }

    String mainClass() {
        return mainClass;
    }

    /** A ceiling, not a need: a body of the largest size has to fit; what is not used goes back to the system. */
    int heapMaxMb() {
        return heapMaxMb;
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(Part::title).toList();
    }
}
