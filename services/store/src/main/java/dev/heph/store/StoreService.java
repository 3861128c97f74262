package dev.heph.store;

import dev.heph.runtime.Service;
import dev.heph.settings.Home;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import dev.heph.store.api.StoreApi;
import dev.heph.store.api.Terms;
import dev.heph.store.query.Dates;
import java.security.SecureRandom;
import java.time.Clock;

/** The store as a service: owns the database, the log, the merge and the queries of one device. */
public final class StoreService {
    private StoreService() {}

    /** Opens the data in {@code home}, which no other store may have open, and answers calls about it. */
    public static Service start(Home home, Settings settings, Clock clock) {
        Dates dates = new Dates(settings.zone(), settings.dayStarts(), clock);
        var terms = new Terms(settings.deviceName(), settings.mode() == Mode.HUB, dates, clock, new SecureRandom());
        return StoreApi.start(home, settings.placement(), terms);
    }
}
