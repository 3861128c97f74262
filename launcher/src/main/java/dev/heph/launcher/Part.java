package dev.heph.launcher;

import java.util.Arrays;
import java.util.List;

/** The four services, in the order in which they become ready; they are stopped in the reverse one. */
enum Part {
    STORE("store", "dev.heph.store.StoreMain", 512, 32),
    AUTH("auth", "dev.heph.auth.AuthMain", 64, 12),
    SYNC("sync", "dev.heph.sync.SyncMain", 128, 12),
    RPC_GATEWAY("rpc-gateway", "dev.heph.gateway.GatewayMain", 512, 12);

    private final String title;
    private final String mainClass;
    private final int heapMaxMb;
    private final int youngMb;

    Part(String title, String mainClass, int heapMaxMb, int youngMb) {
        this.title = title;
        this.mainClass = mainClass;
        this.heapMaxMb = heapMaxMb;
        this.youngMb = youngMb;
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

    /** Room for new objects: the less, the more often a call waits for it to be cleared. */
    int youngMb() {
        return youngMb;
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(Part::title).toList();
    }
}
