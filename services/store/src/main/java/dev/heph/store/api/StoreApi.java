package dev.heph.store.api;

import dev.heph.runtime.Call;
import dev.heph.runtime.DataLock;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Placement;
import dev.heph.store.command.Params;
import dev.heph.store.db.Database;

/** Answers the store's calls over HTTP on loopback: about the data of this home, and on a hub about that of each person who is let in. */
public final class StoreApi implements Service {
    private final DataLock lock;
    private final OpenSpace own;
    private final People people;
    private final ServiceServer server;

    private StoreApi(DataLock lock, OpenSpace own, People people, ServiceServer server) {
        this.lock = lock;
        this.own = own;
        this.people = people;
        this.server = server;
    }

    /** @param placement where the others reach it */
    public static Service start(Home home, Placement placement, Terms terms) {
        DataLock lock = DataLock.take(home);
        try {
            return start(home, placement, terms, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Service start(Home home, Placement placement, Terms terms, DataLock lock) {
        Database database = Database.in(home.data());
        database.ownLogOnly(home.data().resolve("backups"), terms.clock().instant());
        HomeKind.require(database, terms.hub());
        OpenSpace own = OpenSpace.of(database, terms);
        var people = new People(home.people(), data -> OpenSpace.of(Database.ofMany(data), terms), terms.clock());
        ServiceServer.Builder server = ServiceServer.of("store", home, terms.clock())
                .placed(placement)
                .answers(own.answers())
                .health(own::health)
                .ready(own::sound);
        new Figures(home.data(), own, people, terms.clock()).tell(server.meters());
        if (terms.hub()) {
            people.admitting(own.answers());
            var backup = new HubBackup(own.backups(), people, terms.clock());
            own.answers().call("backup", Call.of(params -> backup.make(new Params(params))));
            new HubReport(home.data(), own, people, terms.clock()).answering(own.answers());
            server.spaces(people);
        }
        ServiceServer started = server.start();
        started.announce();
        return new StoreApi(lock, own, people, started);
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void stopping() {
        server.stopping();
    }

    /** Stops answering, finishes what is under way, then lets go of the data. */
    @Override
    public void close() {
        server.close();
        people.close();
        own.close();
        lock.close();
    }
}
