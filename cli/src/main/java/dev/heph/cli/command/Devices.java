package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import dev.heph.error.HephException;
import dev.heph.settings.Nearest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The devices that write here: which there are, what this one is called, and that one of them may not any more. */
final class Devices implements Command {
    static final List<String> ACTIONS = List.of("name", "revoke");

    private static final int DECLINED = 1;

    @Override
    public Syntax syntax() {
        return Syntax.asking("devices", "the devices that write here; 'name' calls this one otherwise, 'revoke' ends the right of a lost one")
                .optionalWord("name|revoke", "what to do; without it they are listed")
                .optionalWord("DEVICE", "the end of its id, or its name; name: this one without it")
                .optionalWord("NAME", "name: what it is to be called; only a device itself can say that")
                .flag("--yes", "revoke: do not ask")
                .example("heph devices")
                .example("heph devices revoke phone");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        Optional<String> action = given.optionalWord(0);
        if (action.isEmpty()) {
            return list(session);
        }
        if (!ACTIONS.contains(action.get())) {
            throw new UsageException("devices does not know '" + action.get() + "'. "
                    + Nearest.to(action.get(), ACTIONS).map(near -> "Did you mean " + near + "? ").orElse("") + "Try: heph help devices");
        }
        if (given.optionalWord(1).isEmpty() || given.optionalWord(2).isPresent() && !action.get().equals("name")) {
            throw new UsageException("say heph devices name NAME, or heph devices revoke DEVICE. Look: heph devices");
        }
        return action.get().equals("name") ? name(given, session) : revoke(given, session);
    }

    private static int list(Session session) {
        Result result = session.call("device.list");
        if (!session.printed(result)) {
            print(result.json().list(), session);
        }
        return 0;
    }

    /** A line for each. */
    static void print(List<Json> devices, Session session) {
        ShortIds ids = ShortIds.of(devices);
        var columns = new Columns("");
        for (Json device : devices) {
            columns.row(
                    new Cell(ids.of(device), Style.DIM),
                    new Cell(device.at("name").text(), Style.BOLD),
                    Cell.of("since " + Times.date(device.at("since"), session.zone())),
                    Cell.of("wrote last " + SyncStanding.ago(device.at("at").number(), session)),
                    Cell.of(standing(device, session)));
        }
        columns.print(session.out(), session.terminal());
    }

    private static String standing(Json device, Session session) {
        String self = device.at("self").truth() ? "this one" : "";
        if (!device.at("revoked").truth()) {
            return self;
        }
        return (self.isEmpty() ? "" : self + ", ") + "revoked " + Times.date(device.at("revoked_at"), session.zone()) + " by " + device.at("revoked_by").text();
    }

    private static int name(Arguments given, Session session) {
        boolean named = given.optionalWord(2).isPresent();
        Json device = named ? find(given.word(1), session) : self(session);
        Result result = session.call("device.name", "id", device.at("id").text(), "name", given.word(named ? 2 : 1));
        if (!session.printed(result)) {
            session.out().line("This device is called " + result.json().at("name").text());
        }
        return 0;
    }

    private static int revoke(Arguments given, Session session) throws IOException {
        Json before = find(given.word(1), session);
        if (before.at("self").truth()) {
            throw new UsageException("a device cannot revoke itself: do it on another one; to stop syncing this one: heph hub leave");
        }
        boolean asks = !given.flag("--yes") && !before.at("revoked").truth();
        if (asks && !(session.terminal().in() && session.terminal().out())) {
            throw new UsageException("nobody is here to be asked whether " + before.at("name").text() + " is to be revoked: add --yes");
        }
        Optional<String> unsynced = synced(session);
        Json device = find(given.word(1), session); // what it wrote until now counts
        if (asks) {
            explain(device, unsynced, session);
            if (!agreed(device, session)) {
                session.shell().say("Nothing was changed");
                return DECLINED;
            }
        }
        Result result = session.call("device.revoke", "id", device.at("id").text(), "last_seq", device.at("seq").number());
        if (!session.printed(result)) {
            String name = result.json().at("name").text();
            session.out().line("Revoked " + name + ": the hub takes nothing from it any more once this is synced");
            unsynced.ifPresent(why -> session.shell().say("That was not yet: " + why));
            session.shell().say("Where the hub asks for a login, end its session at the identity provider too:"
                    + " who has it reads on, and writes as a new device");
        }
        return 0;
    }

    /** Syncs, so that what the hub has of it counts; else why that could not be. */
    private static Optional<String> synced(Session session) {
        try {
            session.callLong("sync.now");
            return Optional.empty();
        } catch (HephException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static void explain(Json device, Optional<String> unsynced, Session session) {
        session.out().line("What " + device.at("name").text() + " wrote until " + Times.minute(device.at("at").number(), session.zone()) + " stays, everywhere.");
        session.out().line("What it wrote after that, or will write, no hub and no device takes or shows; it keeps that itself.");
        session.out().line("This cannot be undone: to take part again it has to begin anew, under another id.");
        unsynced.ifPresent(why -> session.out().line("What it sent to the hub lately is not here and would be left out as well: " + why));
    }

    private static boolean agreed(Json device, Session session) throws IOException {
        session.out().flush();
        session.shell().err().text("Revoke " + Width.line(device.at("name").text()) + "? [y/N] ").flush();
        return session.shell().line().strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private static Json self(Session session) {
        return session.call("device.list").json().list().stream().filter(device -> device.at("self").truth()).findFirst()
                .orElseThrow(() -> new UsageException("this device has written nothing yet, so nobody knows it: write something first, then name it"));
    }

    /** @throws UsageException when none or several are called that */
    private static Json find(String called, Session session) {
        List<Json> devices = session.call("device.list").json().list();
        List<Json> found = devices.stream().filter(device -> device.at("name").text().equalsIgnoreCase(called)).toList();
        if (found.isEmpty()) {
            found = devices.stream().filter(device -> device.at("id").text().endsWith(called.toUpperCase(Locale.ROOT))).toList();
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new UsageException((found.isEmpty() ? "no device is called '" : "several devices are called '") + called + "'; name it by the end of its id: heph devices");
    }
}
