package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Width;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Offers somebody at a terminal what a name may have meant, so that it need not be typed again. In a pipe nobody is asked. */
final class Meant {
    /** As many as one key tells apart, and as are looked at. */
    private static final int MOST = 9;

    private final Session session;

    Meant(Session session) {
        this.session = session;
    }

    /**
     * @param why what was wrong with the name: {@code no task 'water'}
     * @return the one that is meant; empty if none is, or nobody is there
     */
    Optional<Json> of(String why, List<Json> candidates) {
        if (candidates.isEmpty() || candidates.size() > MOST || session.json() || !session.terminal().in() || !session.terminal().out()
                || !session.terminal().err()) {
            return Optional.empty();
        }
        ShortIds ids = ShortIds.of(candidates);
        var question = new StringBuilder("heph: ").append(Width.line(why));
        if (candidates.size() == 1) {
            question.append(". Is it ").append(name(candidates.getFirst(), ids)).append("? [y/N] ");
        } else {
            question.append(". Which is it?\n");
            for (int i = 0; i < candidates.size(); i++) {
                question.append("  ").append(i + 1).append("  ").append(name(candidates.get(i), ids)).append('\n');
            }
            question.append("[1-").append(candidates.size()).append(", else none] ");
        }
        session.out().flush();
        session.shell().err().text(question.toString()).flush();
        return chosen(candidates);
    }

    private static String name(Json node, ShortIds ids) {
        String path = node.at("path").isNull() ? "" : "  " + Width.line(node.at("path").text());
        return ids.of(node) + " " + Label.title(node) + path;
    }

    private Optional<Json> chosen(List<Json> candidates) {
        String said = answer();
        if (candidates.size() == 1) {
            return said.startsWith("y") ? Optional.of(candidates.getFirst()) : Optional.empty();
        }
        return said.matches("[1-9]") && said.charAt(0) - '0' <= candidates.size()
                ? Optional.of(candidates.get(said.charAt(0) - '1')) : Optional.empty();
    }

    private String answer() {
        try {
            return session.shell().line().strip().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
