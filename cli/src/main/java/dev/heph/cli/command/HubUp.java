package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Style;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Starts a home as a hub, and writes into its settings that it is one, so that every later command does so too. */
final class HubUp {
    private static final String ADDRESS_VARIABLE = "HEPH_HTTP_ADDRESS";
    private static final String MODE_VARIABLE = "HEPH_MODE";

    private final boolean light;
    private final OptionalInt port;
    private final Session session;
    private final Home home;
    private final Map<String, String> environment;

    HubUp(Arguments given, Session session) {
        this.light = given.flag("--light");
        this.port = given.number("--port");
        this.session = session;
        this.home = session.home();
        this.environment = session.shell().environment();
    }

    int run() {
        Map<String, String> kept = kept();
        refuseOverruled();
        refuseDevice();
        Settings settings = Settings.load(home, environment, flags(kept));
        home.create();
        Settings.keep(home, kept);
        dev.heph.launcher.Up up = session.daemon().up(light);
        String url = url(settings);
        if (session.json()) {
            session.out().data(new Json(Json.object("started", up.started(), "pid", up.pid(), "url", url)).toString());
            return 0;
        }
        session.out().line(up.started()
                ? session.styled(Style.GREEN, "the hub is up") + " at " + url
                : "the hub is running already (pid " + up.pid() + "), at " + url);
        session.out().line((settings.httpAddress().getAddress().isLoopbackAddress() ? "Devices of this machine join it: heph hub join "
                + url
                : "Devices join it by the name that its certificate is for: heph hub join URL")
                + (settings.login().isPresent() ? ", then: heph auth login" : ""));
        settings.login().filter(login -> login.group().isEmpty()).ifPresent(login -> session.out().line("Everybody who has an account at "
                + login.issuer() + " can keep notes here, each their own; to let in one group only: auth.group"));
        if (!up.started() && port.isPresent()) {
            session.shell().say("heph: if it listened elsewhere, it goes on there until it is started anew: heph hub down, then heph hub"
                    + " up");
        }
        session.daemon().remark().ifPresent(line -> session.shell().say("heph: " + line));
        return 0;
    }

    private Map<String, String> kept() {
        var kept = new LinkedHashMap<String, String>();
        kept.put("mode", "hub");
        if (port.isPresent()) {
            if (port.getAsInt() < 1 || port.getAsInt() > 65_535) {
                throw new UsageException("--port takes a number from 1 to 65535, not " + port.getAsInt()
                        + ". Try: heph hub up --port 7800");
            }
            kept.put("http.address", "127.0.0.1:" + port.getAsInt());
        }
        return kept;
    }

    /** Variables win over the file, so what is written there would not hold. */
    private void refuseOverruled() {
        String mode = environment.getOrDefault(MODE_VARIABLE, "");
        if (!mode.isBlank() && !mode.strip().equalsIgnoreCase("hub")) {
            throw new UsageException(MODE_VARIABLE + "=" + mode + " would start it as something else: unset " + MODE_VARIABLE);
        }
        if (port.isPresent() && !environment.getOrDefault(ADDRESS_VARIABLE, "").isBlank()) {
            throw new UsageException(ADDRESS_VARIABLE + " is set and wins over --port: leave out one of the two");
        }
    }

    /** Its order of arrival begins with its first bundle, and people would look for their notes there. */
    private void refuseDevice() {
        boolean device = Settings.mode(home, environment) == Mode.DEVICE;
        if (device && Files.exists(home.data().resolve("heph.db"))) {
            throw new HephException(Reason.CONFLICT, home.data()
                    + " is a device's, with its notes: give the hub a home of its own: HEPH_HOME=DIR heph hub up");
        }
    }

    private static Map<String, String> flags(Map<String, String> kept) {
        var flags = new LinkedHashMap<String, String>();
        kept.forEach((key, value) -> flags.put("--" + key.replace('.', '-'), value));
        return flags;
    }

    private static String url(Settings settings) {
        InetSocketAddress address = settings.httpAddress();
        String host = address.getAddress().getHostAddress();
        return (settings.tls().isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + address.getPort();
    }
}
