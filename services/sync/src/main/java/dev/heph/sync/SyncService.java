package dev.heph.sync;

import dev.heph.runtime.Call;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Settings;
import java.time.Clock;
import java.util.Map;

/** Starts sync. Its state is {@code off} until there are hubs: nothing leaves this device. */
public final class SyncService {
    private static final String NAME = "sync";

    private SyncService() {}

    /** Listens at once; the others learn of it when the store, without which there is nothing to sync, answers. */
    public static Service start(Home home, Settings settings, Clock clock) {
        String why = settings.hubUrl()
                .map(hub -> "syncing is not available in this version: hub.url " + hub
                        + " is kept for later, and this device keeps everything to itself")
                .orElse("no hub is configured: this device keeps everything to itself");
        ServiceServer server = ServiceServer.of(NAME, home, clock)
                .call("sync.status", Call.of(params -> Json.object()
                        .put("state", "off")
                        .put("online", false)
                        .put("reason", why)))
                .health(() -> new Health(true, why, Map.of("state", "off")))
                .start();
        server.announceWhenAnswers(new ServiceClient(home, "store"));
        return server;
    }
}
