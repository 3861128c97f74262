package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;

/** {@code link} and, the other way round, {@code unlink}. */
final class Link implements Command {
    private static final String TYPE = "related";

    private final boolean add;

    private Link(boolean add) {
        this.add = add;
    }

    static Link adding() {
        return new Link(true);
    }

    static Link removing() {
        return new Link(false);
    }

    @Override
    public Syntax syntax() {
        String name = add ? "link" : "unlink";
        return Syntax.asking(name, add ? "link one note to another" : "remove a link that was made with heph link")
                .word("FROM", "a short id, a title or an alias")
                .word("TO", "the same")
                .option("--type", "TYPE", "any word, such as blocks (" + TYPE + ")")
                .example("heph " + name + " k3f9 m2x1 --type blocks");
    }

    @Override
    public int run(Arguments given, Session session) {
        Json from = session.notes().find(given.word(0));
        Json to = session.notes().find(given.word(1));
        String type = given.option("--type").orElse(TYPE);
        Result result = session.call(
                add ? "link.add" : "link.remove",
                "src",
                from.at("id").text(),
                "dst",
                to.at("id").text(),
                "type",
                type);
        if (!session.printed(result)) {
            String link = Label.of(session, from) + " → " + Label.of(session, to) + " (" + type + ")";
            session.out().line(said(result.json().at("changed").truth()) + link);
        }
        return 0;
    }

    private String said(boolean changed) {
        if (changed) {
            return add ? "Linked " : "Unlinked ";
        }
        return add ? "Linked already: " : "There was no such link: ";
    }
}
