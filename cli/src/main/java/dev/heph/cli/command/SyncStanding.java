package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a device stands with its hub, said for people. */
final class SyncStanding {
    private static final long DAY_MILLIS = 86_400_000;

    private final Json status;
    private final Session session;
    private final long now;

    /** @param status the result of {@code sync.status} */
    SyncStanding(Json status, Session session) {
        this.status = status;
        this.session = session;
        this.now = session.shell().clock().millis();
    }

    /** One line without ages, so that it differs only when something has happened. */
    String headline() {
        List<String> parts = new ArrayList<>();
        parts.add(switch (state()) {
            case "off" -> "no hub" + because();
            case "idle" -> "in step with " + hub();
            case "syncing" -> "syncing with " + hub() + progress();
            case "offline" -> "offline" + because();
            case "revoked" -> "revoked" + because();
            case "refused" -> "refused by " + hub() + because();
            case "hub" -> "this is a hub, at " + hub() + listening();
            default -> state();
        });
        add(parts, pending());
        add(parts, conflicts());
        return String.join(" · ", parts);
    }

    /** Everything there is to say, a line for each thing. */
    void print() {
        var columns = new Columns();
        row(columns, "sync", state().equals("off") ? "off" + because() : state().equals("hub") ? "this is a hub" : state() + because());
        row(columns, state().equals("hub") ? "address" : "hub", hub());
        row(columns, "epoch", status.at("epoch").text());
        row(columns, "bundles", number("n"));
        row(columns, "people", number("people"));
        row(columns, "listening", status.at("listening").text());
        row(columns, "synced", moment("last_success"));
        if (!hub().isEmpty() && !state().equals("hub") && status.at("last_success").isNull()) {
            row(columns, "synced", "not yet");
        }
        row(columns, "next try", status.at("next_attempt").number() > now ? "in " + age(status.at("next_attempt").number() - now) : "");
        row(columns, state().equals("revoked") ? "unsent" : "waiting", pending());
        row(columns, "received", status.at("hub_n").isNull() ? "" : number("pulled_n") + " of " + number("hub_n"));
        row(columns, "conflicts", conflicts());
        row(columns, "unapplied", unapplied());
        row(columns, "clock", clock());
        for (Json device : status.at("skew").list()) {
            row(columns, "clock", "that of " + name(device) + " is " + off(device.at("ms").number()));
        }
        columns.print(session.out(), session.terminal());
        if (status.at("stale").truth()) {
            String loud = loud(status.at("last_success").number(), now) + ": what is written here is on this device only";
            session.out().line(session.styled(Style.RED, loud));
        }
    }

    /** {@code 2 conflicts: heph conflicts}; empty when there are none. */
    static String conflicts(long count) {
        return count == 0 ? "" : count + (count == 1 ? " conflict" : " conflicts") + ": heph conflicts";
    }

    /** What is said loudly when there was no success for a day. @param since the last one, or when the hub was joined; 0: not known */
    static String loud(long since, long now) {
        return "NOT SYNCED " + (since == 0 ? "YET" : "FOR " + age(now - since).toUpperCase(Locale.ROOT));
    }

    private String state() {
        return status.at("state").text();
    }

    private String hub() {
        return status.at("hub").text();
    }

    private String because() {
        String reason = status.at("reason").text();
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private String progress() {
        Json progress = status.at("progress");
        return progress.isNull() ? "" : ", %,d of %,d".formatted(progress.at("done").number(), progress.at("total").number());
    }

    private String listening() {
        long count = status.at("listening").number();
        return ", " + (count == 1 ? "1 device listens" : count + " devices listen");
    }

    private String pending() {
        long count = status.at("pending_ops").number();
        if (count == 0 || state().equals("off")) {
            return "";
        }
        boolean forGood = state().equals("revoked");
        return "%,d ".formatted(count) + (count == 1 ? forGood ? "change is here only" : "change waits here" : forGood ? "changes are here only" : "changes wait here");
    }

    private String conflicts() {
        return conflicts(status.at("conflicts").number());
    }

    private String unapplied() {
        long count = status.at("unapplied").number();
        return count == 0 ? "" : "%,d ".formatted(count) + (count == 1 ? "op waits" : "ops wait") + " for a newer heph that understands what came";
    }

    private String clock() {
        long ms = status.at("clock_skew_ms").number();
        return Math.abs(ms) < 60_000 ? "" : "this one is " + off(ms) + " of the hub's";
    }

    private static String name(Json device) {
        String name = device.at("device_name").text();
        return name.isEmpty() ? device.at("device").text() : name;
    }

    private static String off(long ms) {
        return age(Math.abs(ms)) + (ms < 0 ? " behind" : " ahead");
    }

    private String number(String member) {
        return status.at(member).isNull() ? "" : "%,d".formatted(status.at(member).number());
    }

    private String moment(String member) {
        Json at = status.at(member);
        return at.isNull() ? "" : ago(at.number(), session);
    }

    /** {@code 3 s ago (2026-11-21 09:04)}. */
    static String ago(long epochMillis, Session session) {
        return age(session.shell().clock().millis() - epochMillis) + " ago (" + Times.minute(epochMillis, session.zone()) + ")";
    }

    /** In the largest unit that it has one of: {@code 3 s}, {@code 5 min}, {@code 2 h}, {@code 2 days}. */
    private static String age(long millis) {
        long seconds = Math.max(0, millis) / 1_000;
        long days = millis / DAY_MILLIS;
        return seconds < 60
                ? seconds + " s"
                : seconds < 3_600 ? seconds / 60 + " min" : days < 1 ? seconds / 3_600 + " h" : days == 1 ? "1 day" : days + " days";
    }

    private static void row(Columns columns, String what, String text) {
        if (!text.isEmpty()) {
            columns.row(Cell.of(what), Cell.of(text));
        }
    }

    private static void add(List<String> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(text);
        }
    }
}
