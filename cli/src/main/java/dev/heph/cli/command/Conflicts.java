package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Keys;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import dev.heph.error.HephException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What devices that were apart disagree on: listed, settled by name, or gone through with one key each. */
final class Conflicts implements Command {
    private static final String MERGED = "merged";

    @Override
    public Syntax syntax() {
        return Syntax.asking("conflicts", "settle what devices that were apart disagree on: one key each")
                .optionalWord("CONFLICT", "the short id of one, to settle it with CHOICE or --value")
                .optionalWord("CHOICE", "the number of a side, or merged: a text as it is now")
                .option("--value", "VALUE", "neither side, but this: a title, a date, white, orange …, lines; none")
                .flag("--list", "only list them")
                .example("heph conflicts")
                .example("heph conflicts k3f9 2");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        if (given.optionalWord(0).isPresent()) {
            return settle(given, session);
        }
        if (given.option("--value").isPresent()) {
            throw new UsageException("which conflict gets that value? Name it: heph conflicts --list shows them");
        }
        Result found = session.call("conflicts.list", "limit", 1_000);
        if (session.printed(found)) {
            return 0;
        }
        List<Json> conflicts = found.json().at("conflicts").list();
        if (conflicts.isEmpty()) {
            session.shell().say("No conflicts: all devices that were heard of agree.");
        } else if (given.flag("--list") || !session.terminal().in() || !session.terminal().out()) {
            List<Disagreement> all = conflicts.stream().map(conflict -> new Disagreement(conflict, session)).toList();
            ShortIds ids = ShortIds.ofIds(all.stream().map(Disagreement::id).toList());
            all.forEach(one -> one.print(ids.of(one.id())));
        } else {
            walk(conflicts, session);
        }
        return 0;
    }

    private static int settle(Arguments given, Session session) {
        Optional<String> choice = given.optionalWord(1);
        Optional<String> value = given.option("--value");
        if (choice.isPresent() == value.isPresent()) {
            throw new UsageException("how is it to be settled? heph conflicts " + given.word(0) + " 1, or 2, … or merged; or --value VALUE");
        }
        Result settled = resolve(given.word(0), choice.orElse(null), value.orElse(null), null, session);
        if (!session.printed(settled)) {
            session.out().line("Settled " + Label.of(session, settled.json().at("node")));
        }
        return 0;
    }

    /** @param base in which version the lines were seen that became {@code value} */
    private static Result resolve(String id, String choice, String value, String base, Session session) {
        return session.call("conflicts.resolve", "id", id, "choice", choice, "value", value, "base", base);
    }

    private static void walk(List<Json> conflicts, Session session) throws IOException {
        int settled = 0;
        int at = 0;
        try (var keys = new Keys(session.shell())) {
            while (at < conflicts.size()) {
                var conflict = new Disagreement(conflicts.get(at), session);
                conflict.print(at + 1 + " of " + conflicts.size());
                session.out().flush();
                session.shell().err().text(conflict.keys()).flush();
                Optional<Character> key = keys.next();
                if (key.isEmpty() || key.get() == 'q') {
                    break;
                }
                boolean done = pressed(key.get(), conflict, keys, session);
                settled += done ? 1 : 0;
                at += done || key.get() == 's' ? 1 : 0;
            }
        }
        session.shell().say("Settled " + settled + " of " + conflicts.size() + "." + (settled == 0 ? "" : " Take back the last: heph undo"));
    }

    /** @return whether it is settled */
    private static boolean pressed(char key, Disagreement conflict, Keys keys, Session session) throws IOException {
        try {
            if (key >= '1' && key < '1' + conflict.sides()) {
                resolve(conflict.id(), String.valueOf(key), null, null, session);
                return true;
            } else if (key == 'm' && conflict.isText()) {
                resolve(conflict.id(), MERGED, null, null, session);
                return true;
            } else if (key == 'e' && conflict.isText()) {
                boolean[] saved = new boolean[1];
                Draft.of(session, conflict.title(), conflict.draft()).save(text -> {
                    resolve(conflict.id(), null, text, conflict.rev(), session);
                    saved[0] = true;
                    return 0;
                });
                return saved[0];
            } else if (key == 'v' && conflict.takesValue()) {
                session.shell().err().text(conflict.field() + "? ").flush();
                String value = keys.line();
                if (!value.isEmpty()) {
                    resolve(conflict.id(), null, conflict.isDate() ? dateOrNone(value, session) : value, null, session);
                }
                return !value.isEmpty();
            } else if (key != 's') {
                session.shell().say("1, 2, … as that side has it" + (conflict.isText() ? "; m as it is now; e in the editor" : "")
                        + (conflict.takesValue() ? "; v another value" : "") + "; s later; q quit");
            }
        } catch (HephException e) {
            session.shell().say("heph: " + e.getMessage());
        }
        return false;
    }

    private static String dateOrNone(String words, Session session) {
        return words.equals("none") ? words : new DateText(session).iso(words);
    }

    /** One conflict, for people. */
    private record Disagreement(Json conflict, Session session) {
        String id() {
            return conflict.at("id").text();
        }

        /** Of a text, as it was shown. */
        String rev() {
            return conflict.at("rev").text();
        }

        String field() {
            return conflict.at("field").text().replace('_', ' ');
        }

        String title() {
            return Label.title(conflict.at("node"));
        }

        int sides() {
            return conflict.at("sides").list().size();
        }

        boolean isText() {
            return conflict.at("kind").text().equals("body");
        }

        boolean isDate() {
            return conflict.at("field").text().equals("do_date") || conflict.at("field").text().equals("late_on");
        }

        boolean takesValue() {
            return isDate() || List.of("title", "attention", "state").contains(conflict.at("field").text());
        }

        String keys() {
            var keys = new StringBuilder();
            for (int side = 1; side <= sides(); side++) {
                keys.append(side).append(' ');
            }
            return keys.append(isText() ? "m e " : "").append(takesValue() ? "v " : "").append("s q ? ").toString();
        }

        /** What is edited: the lines as they are now. */
        String draft() {
            return conflict.at("merged").text();
        }

        /** @param name what it is called in this list */
        void print(String name) {
            String of = conflict.at("occurrence").isNull() ? "" : " of " + Days.of(conflict.at("occurrence").text(), session.today());
            session.out().line(session.styled(Style.DIM, name + " · ") + field() + of + " · " + Label.of(session, conflict.at("node")));
            if (isText()) {
                lines("before", conflict.at("base").text(), "");
            }
            int number = 1;
            for (Json side : conflict.at("sides").list()) {
                lines(Integer.toString(number++), value(side.at("value")), who(side));
            }
            if (isText()) {
                lines("now", conflict.at("merged").text(), "");
            }
        }

        /** Where it came from a folder, that: the folder and its notes are on one and the same device. */
        private String who(Json side) {
            Json from = side.at("imported_from");
            String folder = conflict.at("node").at("kind").text().equals("doc") ? "the folder " : "";
            return (from.isNull() ? "" : "from " + folder + from.text() + ", on ")
                    + side.at("device_name").text() + ", " + Times.minute(side.at("at").number(), session.zone());
        }

        private void lines(String label, String text, String who) {
            List<String> lines = text.isEmpty() ? List.of("(nothing)") : text.lines().toList();
            for (int at = 0; at < lines.size(); at++) {
                String head = at == 0 ? " ".repeat(Math.max(0, 6 - label.length())) + label : "      ";
                String tail = at == 0 && !who.isEmpty() ? session.styled(Style.DIM, "   " + who) : "";
                session.out().line("  " + session.styled(Style.DIM, head) + "  " + Width.line(lines.get(at)) + tail);
            }
        }

        private String value(Json value) {
            String said = isText() ? value.text() : FieldValue.of(value, session.today());
            return value.at("into").isNull() ? said : said + " in " + Label.title(value.at("into"));
        }
    }
}
