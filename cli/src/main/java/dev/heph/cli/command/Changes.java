package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.util.List;

/** What differs, for people: values as {@code before → after}, texts like a short diff, links with a + or a -. */
final class Changes {
    private static final int LINES_MAX = 12;

    private final Session session;
    private final boolean full;
    private int left;

    /** @param full all lines of long texts */
    Changes(Session session, boolean full) {
        this.session = session;
        this.full = full;
    }

    void print(List<Json> changes, String indent) {
        left = full ? Integer.MAX_VALUE : LINES_MAX;
        int cut = 0;
        for (Json change : changes) {
            if (change.at("hunks").isNull()) {
                session.out().line(indent + line(change));
                continue;
            }
            for (Json hunk : change.at("hunks").list()) {
                cut += lines(hunk.at("before").text(), indent + "- ", Style.RED);
                cut += lines(hunk.at("after").text(), indent + "+ ", Style.GREEN);
            }
        }
        if (cut > 0) {
            session.out().line(session.styled(Style.DIM, indent + "… " + cut + " more lines: --full"));
        }
    }

    /** @return how many were left out */
    private int lines(String text, String sign, Style style) {
        List<String> lines = text.lines().toList();
        int shown = Math.min(lines.size(), left);
        lines.subList(0, shown).forEach(line -> session.out().line(session.styled(style, sign + Width.line(line))));
        left -= shown;
        return lines.size() - shown;
    }

    private String line(Json change) {
        return switch (change.at("field").text()) {
            case "deleted" -> change.at("after").truth() ? minus("deleted") : plus("comes back");
            case "log" -> plus(Width.line(change.at("after").text()));
            case "link" -> change.at("after").truth() ? plus(link(change)) : minus(link(change));
            case "box" -> Width.line(change.at("line").text().strip()) + ": [" + mark(change.at("before")) + "] → [" + mark(change.at("after")) + "]"
                    + of(change);
            default -> change.at("field").text().replace('_', ' ') + ": " + value(change.at("before")) + " → " + value(change.at("after"))
                    + of(change);
        };
    }

    private String plus(String text) {
        return session.styled(Style.GREEN, "+ " + text);
    }

    private String minus(String text) {
        return session.styled(Style.RED, "- " + text);
    }

    private static String mark(Json value) {
        return value.isNull() ? " " : Width.line(value.text());
    }

    /** {@code #dinner}, {@code also called Broth}, {@code blocks Move house}. */
    private static String link(Json change) {
        String to = Label.title(change.at("to"));
        return switch (change.at("link").text()) {
            case "tagged" -> "#" + to;
            case "alias" -> "also called " + Width.line(change.at("key").text());
            default -> Width.line(change.at("link").text()) + " " + to;
        };
    }

    /** Of which date of a repeating task it is told. */
    private String of(Json change) {
        return change.at("occurrence").isNull() ? "" : " (of " + Days.of(change.at("occurrence").text(), session.today()) + ")";
    }

    private String value(Json value) {
        return FieldValue.of(value, session.today());
    }
}
