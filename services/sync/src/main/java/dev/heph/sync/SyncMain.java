package dev.heph.sync;

import dev.heph.runtime.ServiceMain;

/** The sync process. */
public final class SyncMain {
    private SyncMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(arguments, SyncService::start);
    }
}
