package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

final class Note implements Command {
    private static final String KIND = "doc";

    @Override
    public Syntax syntax() {
        return Syntax.asking("note", "write a new note; its text comes from a pipe, or from $EDITOR")
                .words("TITLE", "the title")
                .flag("--new", "even if a note of that title exists already")
                .dashWords()
                .example("heph note Shopping list")
                .example("date | heph note 'When I began'");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        String title = given.sentence(0);
        boolean fromPipe = !session.shell().terminal().in();
        String body = fromPipe ? Utf8.strict(session.shell().in().readAllBytes(), "standard input") : "";
        if (!given.flag("--new")) {
            refuseSecond(session, title);
        }
        return fromPipe
                ? create(session, title, body)
                : Draft.of(session, title, body).save(text -> create(session, title, text));
    }

    /** Two notes of one title are rarely meant: from then on whoever names it has to say which. */
    private static void refuseSecond(Session session, String title) {
        Json answer = session.call("node.resolve", "name", title, "kind", KIND).json();
        for (Json node : matches(answer)) {
            // It may also have been found by an alias, a path or the end of its id; those do no harm.
            if (folded(node.at("title").text()).equals(folded(title))) {
                String id = ShortIds.alone(node);
                throw new HephException(
                        Reason.AMBIGUOUS,
                        "there is a note '" + Label.title(node) + "' already, " + id + ". Change it: heph edit " + id
                                + ". Make another all the same: heph note --new …");
            }
        }
    }

    private static List<Json> matches(Json answer) {
        return switch (answer.at("match").text()) {
            case "one" -> List.of(answer.at("node"));
            case "several" -> answer.at("candidates").list();
            default -> List.of();
        };
    }

    /** Nearly what the store takes for one name, by which it has found the note. */
    private static String folded(String title) {
        return Normalizer.normalize(title.strip(), Normalizer.Form.NFC)
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static int create(Session session, String title, String body) {
        Result note = session.call("node.create", "kind", KIND, "title", title, "body", body);
        if (!session.printed(note)) {
            session.out().line("Added " + Label.of(session, note.json()));
        }
        return 0;
    }
}
