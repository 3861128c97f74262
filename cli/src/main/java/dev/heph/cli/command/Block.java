package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code block} and, the other way round, {@code unblock}. The link leads from what is waited for. */
final class Block implements Command {
    private static final String TYPE = "blocks";
    private static final String KIND = "task";

    private final boolean add;

    private Block(boolean add) {
        this.add = add;
    }

    static Block adding() {
        return new Block(true);
    }

    static Block removing() {
        return new Block(false);
    }

    @Override
    public Syntax syntax() {
        return add
                ? Syntax.asking("block", "let tasks wait for another one")
                        .words("TASK", "what is to wait: short ids or titles")
                        .option("--on", "TASK", "what it waits for")
                        .example("heph block k3f9 --on m2x1")
                : Syntax.asking("unblock", "let tasks no longer wait")
                        .words("TASK", "what waits: short ids or titles")
                        .option("--on", "TASK", "for this one only; without it, for any")
                        .example("heph unblock k3f9");
    }

    @Override
    public int run(Arguments given, Session session) {
        Optional<String> on = given.option("--on");
        if (add && on.isEmpty()) {
            throw new UsageException("block needs --on TASK: what is waited for. Try: heph help block");
        }
        Json blocker = on.map(name -> session.notes().find(name, KIND)).orElse(Json.NULL);
        List<Json> tasks = session.notes().findAll(given.words(0), KIND);
        if (tasks.stream().anyMatch(task -> task.at("id").equals(blocker.at("id")))) {
            throw new HephException(Reason.CONFLICT, "a task cannot wait for itself: name two. Try: heph help block");
        }
        List<List<Json>> before = session.json() ? List.of() : tasks.stream().map(task -> blockers(task, session)).toList();
        Result result = session.call("task.change",
                "ids", tasks.stream().map(task -> task.at("id").text()).toList(),
                add ? "block" : "unblock", blocker.isNull() ? "any" : blocker.at("id").text());
        if (session.printed(result)) {
            return 0;
        }
        for (int i = 0; i < tasks.size(); i++) {
            say(tasks.get(i), blocker, before.get(i), session);
        }
        if (add) {
            sayCircles(tasks, blocker, session);
        }
        if (result.json().at("changed").number() > 0) {
            Undo.hint(session);
        }
        return 0;
    }

    /** What it waits for, done or not. */
    private static List<Json> blockers(Json task, Session session) {
        return session.call("links.backlinks", "id", task.at("id").text()).json().list().stream()
                .filter(link -> link.at("type").text().equals(TYPE))
                .map(link -> new Json(Json.object("id", link.at("src").text(), "title", link.at("title").text())))
                .toList();
    }

    /** @param before what it waited for until now */
    private void say(Json task, Json blocker, List<Json> before, Session session) {
        if (blocker.isNull()) {
            before.forEach(freed -> session.out().line(Label.of(session, task) + " no longer waits for " + Label.of(session, freed)));
            if (before.isEmpty()) {
                session.shell().say(Label.of(session, task) + " waits for nothing.");
            }
            return;
        }
        boolean waited = before.stream().anyMatch(one -> one.at("id").equals(blocker.at("id")));
        String waits = add
                ? waited ? " waits already for " : " waits for "
                : waited ? " no longer waits for " : " did not wait for ";
        session.out().line(Label.of(session, task) + waits + Label.of(session, blocker));
    }

    /** Where one waits for the other in turn, perhaps by way of others, none of them ever gets its turn by itself. */
    private static void sayCircles(List<Json> tasks, Json blocker, Session session) {
        Map<Json, List<Json>> waiting = new HashMap<>();
        session.call("waiting").json().list().forEach(one -> waiting.put(one.at("id"), one.at("blocked_by").list()));
        Deque<Json> next = new ArrayDeque<>(List.of(blocker.at("id")));
        Set<Json> awaited = new HashSet<>();
        while (!next.isEmpty()) {
            waiting.getOrDefault(next.pop(), List.of()).stream().map(one -> one.at("id")).filter(awaited::add).forEach(next::push);
        }
        tasks.stream().filter(task -> awaited.contains(task.at("id"))).forEach(task -> session.shell().say("That is a circle: "
                + Label.title(blocker) + " waits for " + Label.title(task) + " too. Break it: heph unblock " + ShortIds.alone(task)
                + " --on " + ShortIds.alone(blocker)));
    }
}
