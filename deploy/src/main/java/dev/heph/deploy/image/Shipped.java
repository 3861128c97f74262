package dev.heph.deploy.image;

import java.nio.file.Path;
import java.util.List;

/** What becomes an image: a service, with the directories of the modules whose jars are in it. */
enum Shipped {
    STORE("store", "dev.heph.store.StoreMain", "services/store"),
    AUTH("auth", "dev.heph.auth.AuthMain", "services/auth"),
    SYNC("sync", "dev.heph.sync.SyncMain", "services/sync"),
    /** With the command, for whoever looks after the hub. */
    RPC_GATEWAY("rpc-gateway", "dev.heph.gateway.GatewayMain", "services/rpc-gateway", "cli");

    private final String service;
    private final String mainClass;
    private final List<String> modules;

    Shipped(String service, String mainClass, String... modules) {
        this.service = service;
        this.mainClass = mainClass;
        this.modules = List.of(modules);
    }

    String service() {
        return service;
    }

    /** The image's name, such as {@code heph-store}. */
    String image() {
        return "heph-" + service;
    }

    String mainClass() {
        return mainClass;
    }

    boolean hasCommand() {
        return modules.contains("cli");
    }

    List<Path> modules(Path root) {
        return modules.stream().map(root::resolve).toList();
    }
}
