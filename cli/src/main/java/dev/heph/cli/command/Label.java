package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.util.ArrayList;
import java.util.List;

/** How a node is named in a sentence: {@code k3f9 Pay rent}, and for a task what is known of it besides. */
final class Label {
    private Label() {}

    static String of(Session session, Json node) {
        return session.styled(Style.YELLOW, ShortIds.alone(node)) + " " + title(node);
    }

    static String title(Json node) {
        return Width.line(node.at("title").text());
    }

    /** {@code red · do 2026-11-22 · late 2026-12-01}; what is usual is not said. */
    static List<String> details(Json task) {
        var details = new ArrayList<String>();
        if (!task.at("state").text().equals("outstanding")) {
            details.add(task.at("state").text());
        }
        if (!task.at("attention").text().equals("white")) {
            details.add(task.at("attention").text());
        }
        date("do", task.at("do_date"), details);
        date("late", task.at("late_on"), details);
        return details;
    }

    private static void date(String word, Json date, List<String> details) {
        if (!date.isNull()) {
            details.add(word + " " + date.at("local").text().replace('T', ' '));
        }
    }
}
