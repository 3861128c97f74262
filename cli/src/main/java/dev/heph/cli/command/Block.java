package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.util.List;
import java.util.Optional;

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
        return new Each(session, KIND).of(given.words(0), task -> {
            if (task.at("id").equals(blocker.at("id"))) {
                throw new HephException(Reason.CONFLICT, "a task cannot wait for itself: name two. Try: heph help block");
            }
            if (blocker.isNull()) {
                freed(task, session);
            } else {
                changed(blocker, task, session);
            }
        });
    }

    private void changed(Json blocker, Json task, Session session) {
        Result result = link(add ? "link.add" : "link.remove", blocker.at("id"), task, session);
        if (!session.printed(result)) {
            said(task, blocker, result.json().at("changed").truth(), session);
        }
    }

    private void freed(Json task, Session session) {
        List<Json> blocks = session.call("links.backlinks", "id", task.at("id").text()).json().list().stream()
                .filter(link -> link.at("type").text().equals(TYPE))
                .toList();
        for (Json block : blocks) {
            Result result = link("link.remove", block.at("src"), task, session);
            if (!session.printed(result)) {
                said(task, new Json(Json.object("id", block.at("src").text(), "title", block.at("title").text())), true, session);
            }
        }
        if (blocks.isEmpty()) {
            session.shell().say(Label.of(session, task) + " waits for nothing.");
        }
    }

    private static Result link(String method, Json blocker, Json task, Session session) {
        return session.call(method, "src", blocker.text(), "dst", task.at("id").text(), "type", TYPE);
    }

    private void said(Json task, Json blocker, boolean changed, Session session) {
        String waits = add
                ? changed ? " waits for " : " waits already for "
                : changed ? " no longer waits for " : " did not wait for ";
        session.out().line(Label.of(session, task) + waits + Label.of(session, blocker));
    }
}
