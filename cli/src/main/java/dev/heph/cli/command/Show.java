package dev.heph.cli.command;

import dev.heph.cli.markdown.Rendering;
import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Style;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

final class Show implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("show", "a note with what links to it")
                .word("NOTE", "a short id, a title or an alias; a part of it: NOTE#Heading or NOTE#^block")
                .flag("--raw", "the text alone, byte for byte")
                .example("heph show 'Pay rent'")
                .example("heph show 'Sourdough starter#Feeding'")
                .example("heph show k3f9 --raw > note.md");
    }

    @Override
    public int run(Arguments given, Session session) {
        Notes.Place place = session.notes().findPlace(given.word(0));
        return place.anchor().isEmpty() ? whole(place.node(), given, session) : part(place, given, session);
    }

    private static int whole(Json found, Arguments given, Session session) {
        Result result = session.call("node.get", "id", found.at("id").text());
        if (given.flag("--raw")) {
            session.out().bytes(text(result.json(), session).getBytes(StandardCharsets.UTF_8));
        } else if (!session.printed(result)) {
            print(result.json(), session);
        }
        return 0;
    }

    /** That alone, without what stands beside the note. */
    private static int part(Notes.Place place, Arguments given, Session session) {
        String context = place.node().at("task").at("context").text();
        String id = context.isEmpty() ? place.node().at("id").text() : context;
        Result result = session.call("node.get", "id", id, "anchor", place.anchor());
        String text = result.json().at("part").at("text").text();
        if (given.flag("--raw")) {
            session.out().bytes(text.getBytes(StandardCharsets.UTF_8));
        } else if (!session.printed(result)) {
            session.out().line(session.styled(Style.DIM, Label.title(place.node()) + " · " + lines(result.json().at("part"))));
            session.out().line("");
            print(outdented(text), session);
        }
        return 0;
    }

    /** A nested item by itself is no code. */
    private static String outdented(String text) {
        int indent = text.length() - text.stripLeading().length();
        return indent == 0 ? text : text.indent(-indent);
    }

    private static String lines(Json part) {
        String first = part.at("first_line").text();
        String last = part.at("last_line").text();
        return first.equals(last) ? "line " + first : "lines " + first + " to " + last;
    }

    private static void print(Json node, Session session) {
        var beside = new Beside(node, session);
        session.out().line(session.styled(Style.BOLD, Label.title(node)));
        session.out().line(session.styled(Style.DIM, about(node, beside, session)));
        beside.printOrder();
        String text = text(node, session);
        if (!text.isEmpty()) {
            session.out().line("");
            print(text, session);
        }
        beside.print();
    }

    private static void print(String text, Session session) {
        String shown = new Rendering(session.terminal()).of(text);
        session.out().text(shown).text(shown.endsWith("\n") ? "" : "\n");
    }

    /** A task's text is that of its context document. */
    private static String text(Json node, Session session) {
        String context = node.at("task").at("context").text();
        return context.isEmpty()
                ? node.at("body").text()
                : session.call("node.get", "id", context).json().at("body").text();
    }

    private static String about(Json node, Beside beside, Session session) {
        Json task = node.at("task");
        boolean item = task.at("committed").value() instanceof Boolean committed && !committed;
        List<String> parts = new ArrayList<>(List.of(item ? "item" : node.at("kind").text(), ShortIds.alone(node)));
        if (!task.isNull()) {
            parts.addAll(Label.details(task, session.today()));
            parts.addAll(beside.project());
        }
        parts.add("modified " + Times.minute(node.at("modified_at").number(), session.zone()));
        parts.addAll(beside.tags());
        parts.addAll(node.at("aliases").list().stream()
                .map(alias -> "alias " + alias.text())
                .toList());
        if (node.at("conflicts").number() > 0) {
            parts.add("in conflict: heph conflicts");
        }
        return String.join(" · ", parts);
    }
}
