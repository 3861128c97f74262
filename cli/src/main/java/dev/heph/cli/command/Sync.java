package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.rpc.RpcException;
import dev.heph.cli.terminal.ProgressBar;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

final class Sync implements Command {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int WATCH_EVERY_MILLIS = 500;

    @Override
    public Syntax syntax() {
        return Syntax.asking("sync", "sync with the hub now; by itself heph does it after every change, and every 30 s")
                .flag("--status", "do nothing, and say how it stands")
                .flag("--watch", "say how it stands, and go on: a line whenever that changes, until Ctrl-C")
                .example("heph sync")
                .example("heph sync --status");
    }

    @Override
    public int run(Arguments given, Session session) {
        if (given.flag("--watch")) {
            return watch(session);
        }
        return given.flag("--status") ? status(session) : now(session);
    }

    private static int now(Session session) {
        Result result = session.terminal().err() && session.terminal().out() && !session.json() ? looking(session) : session.call("sync.now");
        if (!session.printed(result)) {
            Json synced = result.json();
            long sent = synced.at("pushed").number();
            long received = synced.at("pulled").number();
            session.out().line("Synced with " + synced.at("hub").text() + ": "
                    + (sent + received == 0 ? "nothing new" : "sent %,d, received %,d".formatted(sent, received)));
            String conflicts = SyncStanding.conflicts(synced.at("conflicts").number());
            if (!conflicts.isEmpty()) {
                session.out().line(conflicts);
            }
        }
        return 0;
    }

    /** A first sync may take minutes: who looks on is shown how far it is. */
    private static Result looking(Session session) {
        try (var bar = new ProgressBar(session.shell().err(), session.terminal())) {
            while (true) {
                Json progress = session.call("sync.status").json().at("progress");
                while (!progress.isNull()) {
                    bar.at(progress.at("done").number(), progress.at("total").number(), "changes of the hub");
                    pause();
                    progress = session.call("sync.status").json().at("progress");
                }
                try {
                    return session.call("sync.now");
                } catch (RpcException e) { // what says that it goes on; a daemon that does not answer is no such thing
                    if (e.reason() != Reason.TIMEOUT) {
                        throw e;
                    }
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WATCH_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.TIMEOUT, "syncing goes on; see how far it is: heph sync --status", e);
        }
    }

    private static int status(Session session) {
        Result result = session.call("sync.status");
        if (!session.printed(result)) {
            new SyncStanding(result.json(), session).print();
        }
        return 0;
    }

    /** Asks again and again: what it says is too little, and changes too seldom, for a stream of its own. */
    private static int watch(Session session) {
        String before = "";
        while (true) {
            Result result = session.call("sync.status");
            String line = new SyncStanding(result.json(), session).headline();
            if (!line.equals(before) && !session.printed(result)) {
                session.out().line(time(session) + "  " + line);
            }
            session.out().flush();
            before = line;
            try {
                Thread.sleep(WATCH_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
    }

    private static String time(Session session) {
        Instant now = Instant.ofEpochMilli(session.shell().clock().millis());
        return TIME.format(now.atZone(session.zone()));
    }
}
