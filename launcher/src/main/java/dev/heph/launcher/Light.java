package dev.heph.launcher;

import dev.heph.auth.AuthService;
import dev.heph.gateway.GatewayService;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceMain;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Settings;
import dev.heph.store.StoreService;
import dev.heph.sync.SyncService;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The four services side by side. They speak to each other as four processes do, so nothing in them knows the difference. */
final class Light implements Service {
    private final Home home;
    private final List<Service> services;
    private final RunFile file;

    private Light(Home home, List<Service> services, RunFile file) {
        this.home = home;
        this.services = services;
        this.file = file;
    }

    static Light start(Home home, Settings settings, Clock clock) {
        var started = new ArrayList<Service>();
        try {
            for (ServiceMain.Start part : List.<ServiceMain.Start>of(
                    StoreService::start, AuthService::start, SyncService::start, GatewayService::start)) {
                started.add(part.start(home, settings, clock));
            }
        } catch (RuntimeException e) {
            started.reversed().forEach(Service::close);
            throw e;
        }
        RunFile file = RunFile.ofThisProcess(Launch.LIGHT, 0, clock.instant());
        file.write(home);
        return new Light(home, started, file);
    }

    @Override
    public String name() {
        return Launch.LIGHT;
    }

    @Override
    public int port() {
        return services.getLast().port();
    }

    @Override
    public void stopping() {
        services.forEach(Service::stopping);
    }

    @Override
    public void close() {
        services.reversed().forEach(Service::close);
        file.remove(home);
    }
}
