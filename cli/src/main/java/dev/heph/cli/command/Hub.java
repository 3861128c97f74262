package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.settings.Nearest;
import java.util.List;

/** The rendezvous of a person's devices: being one, and syncing with one. */
final class Hub implements Command {
    static final List<String> ACTIONS = List.of("up", "down", "status", "join", "leave", "users", "devices", "stats", "verify", "token");

    @Override
    public Syntax syntax() {
        return Syntax.asking("hub", "sync this device with a hub: 'join', 'leave'; be one: 'up', 'down', 'status'; look into one: 'users', 'devices', 'stats', 'verify', 'token'")
                .word("up|down|status|join|leave|users|devices|stats|verify|token", "up: start this home as a hub, which it is from then on; down: stop it; status: its devices;"
                        + " join: sync this device with the hub at URL; leave: do not any more, and keep everything;"
                        + " where the hub runs: users: who has a space; devices: everybody's, and what they lack; stats: figures;"
                        + " verify: whether everybody's log holds, exit code 1 if not;"
                        + " token: what the token that this device shows its hub says, and whether the hub takes it, exit code 1 if not")
                .optionalWord("URL", "join: where the hub listens, as hub up says it")
                .number("--port", "up: on which port of this machine it listens (7800)")
                .flag("--light", "up: all four services in one process")
                .flag("--print", "token: only the token itself, such as for curl")
                .flag("--check", "token: where the hub runs: of one that comes by a pipe")
                .example("HEPH_HOME=~/hub heph hub up")
                .example("heph hub join http://127.0.0.1:7800");
    }

    @Override
    public int run(Arguments given, Session session) {
        String action = given.word(0);
        if (!action.equals("join") && given.optionalWord(1).isPresent()) {
            throw new UsageException("hub " + action + " does not take '" + given.word(1) + "' as well. Try: heph help hub");
        }
        if ((given.flag("--print") || given.flag("--check")) && !action.equals("token")) {
            throw new UsageException("--print and --check belong to token. Try: heph hub token");
        }
        return switch (action) {
            case "up" -> new HubUp(given, session).run();
            case "down" -> new Down().run(given, session);
            case "status" -> status(session);
            case "join" -> join(given, session);
            case "leave" -> leave(session);
            case "users", "devices", "stats", "verify" -> new HubOperation(action, session).run();
            case "token" -> new HubToken(given, session).run();
            default -> throw new UsageException("hub does not know '" + action + "'. "
                    + Nearest.to(action, ACTIONS).map(near -> "Did you mean " + near + "? ").orElse("") + "Try: heph help hub");
        };
    }

    private static int join(Arguments given, Session session) {
        if (given.optionalWord(1).isEmpty()) {
            throw new UsageException("hub join needs the URL that heph hub up said. Try: heph hub join http://127.0.0.1:7800");
        }
        Result result = session.call("hub.join", "url", given.word(1));
        if (!session.printed(result)) {
            String hub = result.json().at("hub").text();
            session.out().line(result.json().at("login_needed").truth()
                    ? "Joined " + hub + ". It asks who you are; log in, and from then on everything here is synced with it: heph auth login"
                    : "Joined " + hub + ": from now on everything here is synced with it. Look: heph sync --status");
        }
        return 0;
    }

    private static int leave(Session session) {
        Json before = session.call("sync.status").json();
        Result result = session.call("hub.leave");
        if (!session.printed(result)) {
            String hub = before.at("hub").text();
            session.out().line(hub.isEmpty()
                    ? "There was no hub to leave; everything stays here"
                    : "Left " + hub + ": everything stays here, and what it has stays there");
        }
        return 0;
    }

    private static int status(Session session) {
        Result result = session.call("sync.status");
        Json status = result.json();
        Json devices = session.call("device.list").json();
        if (session.json()) {
            session.out().data(new Json(Json.object("sync", status, "devices", devices)).toString());
        } else {
            new SyncStanding(status, session).print();
            print(devices.list(), session);
        }
        return 0;
    }

    private static void print(List<Json> devices, Session session) {
        var columns = new Columns("  ");
        for (Json device : devices) {
            columns.row(
                    new Cell(device.at("name").text(), Style.BOLD),
                    Cell.of("%,d ".formatted(device.at("seq").number()) + (device.at("seq").number() == 1 ? "op" : "ops")),
                    Cell.of("wrote last " + SyncStanding.ago(device.at("at").number(), session)),
                    Cell.of(device.at("self").truth() ? "this one" : device.at("revoked").truth() ? "revoked" : ""),
                    new Cell(device.at("id").text(), Style.DIM));
        }
        columns.print(session.out(), session.terminal());
    }
}
