package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code heph neighbours}: a tree, each note below the one by which it is reached. */
final class Neighbours implements Command {
    private static final int LIMIT = 100;

    @Override
    public Syntax syntax() {
        return Syntax.asking("neighbours", "what is near a note by links")
                .word("NOTE", "a short id, a title or an alias")
                .number("--within", "so many links away at most, up to 5 (1)")
                .number("--limit", "at most so many notes (" + LIMIT + ")")
                .example("heph neighbours Budget --within 2");
    }

    @Override
    public int run(Arguments given, Session session) {
        Json node = session.notes().find(given.word(0));
        int limit = given.number("--limit").orElse(LIMIT);
        Result result = session.call(
                "links.neighbours", "id", node.at("id").text(), "within", given.number("--within").orElse(1), "limit", limit);
        if (!session.printed(result)) {
            print(result.json(), limit, session);
        }
        return 0;
    }

    private static void print(Json answer, int limit, Session session) {
        List<Json> neighbours = answer.at("neighbours").list();
        Json root = answer.at("node");
        if (neighbours.isEmpty()) {
            session.shell().say("Nothing is linked with " + Label.title(root) + ".");
            return;
        }
        List<Json> all = new ArrayList<>(neighbours);
        all.add(root);
        Map<String, List<Json>> below = new HashMap<>();
        neighbours.forEach(one -> below.computeIfAbsent(one.at("via").text(), via -> new ArrayList<>()).add(one));
        ShortIds ids = ShortIds.of(all);
        session.out().line(session.styled(Style.YELLOW, ids.of(root)) + "  " + session.styled(Style.BOLD, Label.title(root)));
        print(root, "", below, ids, session);
        if (answer.at("more").truth() && session.terminal().out()) {
            session.out().line(limit + " and more. More: --limit " + Math.min(limit * 2, 10_000) + ", or fewer: --within");
        }
    }

    private static void print(Json node, String indent, Map<String, List<Json>> below, ShortIds ids, Session session) {
        for (Json one : below.getOrDefault(node.at("id").text(), List.of())) {
            String type = type(one);
            int room = session.terminal().columns() - indent.length() - ids.of(one).length() - 4 - Width.of(type);
            session.out().line(indent + arrow(one) + " " + session.styled(Style.YELLOW, ids.of(one)) + "  "
                    + Width.cut(Label.title(one), room) + session.styled(Style.DIM, type));
            print(one, indent + "  ", below, ids, session);
        }
    }

    /** Whether the link leads to this one or comes from it. */
    static String arrow(Json step) {
        return step.at("direction").text().equals("in") ? "←" : "→";
    }

    private static String type(Json step) {
        String type = step.at("type").text();
        return type.equals("wiki") ? "" : "  " + Width.line(type);
    }
}
