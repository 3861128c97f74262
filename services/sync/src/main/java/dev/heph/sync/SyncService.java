package dev.heph.sync;

import dev.heph.runtime.Service;
import dev.heph.settings.Home;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import dev.heph.sync.device.DeviceRole;
import dev.heph.sync.hub.HubRole;
import java.time.Clock;

/** Starts sync in the role that the settings give this installation. */
public final class SyncService {
    private SyncService() {}

    /** Listens at once; the others learn of it when the store, without which there is nothing to sync, answers. */
    public static Service start(Home home, Settings settings, Clock clock) {
        return settings.mode() == Mode.HUB ? HubRole.start(home, settings, clock) : DeviceRole.start(home, settings, clock);
    }
}
