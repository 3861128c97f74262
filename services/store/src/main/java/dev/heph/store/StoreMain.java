package dev.heph.store;

import dev.heph.runtime.ServiceMain;

/** The store's process. */
public final class StoreMain {
    private StoreMain() {}

    public static void main(String[] args) {
        ServiceMain.run(args, StoreService::start);
    }
}
