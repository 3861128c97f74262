package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a review goes through, each task once.
 *
 * @param why what it is about this task that asks for a decision
 */
record Reviewed(Json task, String why) {
    /** So long may something lie on deck before it is asked whether it is still wanted. */
    private static final Duration STALE = Duration.ofDays(30);

    private static final int PAGE = 1000;

    static List<Reviewed> all(Session session) {
        Json board = session.call("board", "limit", 1).json();
        var found = new ArrayList<Reviewed>();
        Set<Json> seen = new HashSet<>();
        add(list(TaskList.INBOX, "created", session), "inbox", found, seen);
        add(list(TaskList.LATE, "late", session), "late", found, seen);
        Json counts = board.at("counts");
        long orange = counts.at("orange").number();
        long limit = counts.at("orange_limit").number();
        if (orange > limit) {
            add(list(TaskList.OPEN + " attention:orange", "created", session), orange + " orange, limit " + limit, found, seen);
        }
        add(stale(session), "on deck for more than " + STALE.toDays() + " days", found, seen);
        for (Json task : session.call("waiting").json().list()) {
            add(List.of(task), Waiting.blockers(task, ShortIds.of(task.at("blocked_by").list())), found, seen);
        }
        return found;
    }

    private static List<Json> list(String where, String sort, Session session) {
        return session.call("task.list", "where", where, "sort", sort, "limit", PAGE).json().at("tasks").list();
    }

    private static List<Json> stale(Session session) {
        long before = session.shell().clock().millis() - STALE.toMillis();
        return session.call("on_deck").json().list().stream()
                .filter(task -> task.at("created_at").number() < before)
                .toList();
    }

    private static void add(List<Json> tasks, String why, List<Reviewed> found, Set<Json> seen) {
        for (Json task : tasks) {
            if (seen.add(task.at("id"))) {
                found.add(new Reviewed(task, why));
            }
        }
    }
}
