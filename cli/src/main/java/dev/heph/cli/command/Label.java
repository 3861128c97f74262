package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a node is named in a sentence: {@code k3f9 Pay rent}, and for a task what is known of it besides. */
final class Label {
    private Label() {}

    static String of(Session session, Json node) {
        return session.styled(Style.YELLOW, ShortIds.alone(node)) + " " + title(node);
    }

    static String title(Json node) {
        return Width.line(node.at("title").text());
    }

    /** {@code red · do Sun 22 Nov · late Tue 1 Dec}; what is usual is not said. */
    static List<String> details(Json task, LocalDate today) {
        var details = new ArrayList<String>();
        if (!task.at("state").text().equals("outstanding")) {
            details.add(task.at("state").text());
        }
        String attention = task.at("attention").text();
        if (!attention.isEmpty() && !attention.equals("white")) {
            details.add(attention);
        }
        date("do", task.at("do_date"), today, details);
        date("late", task.at("late_on"), today, details);
        details.addAll(repetition(task));
        return details;
    }

    /** {@code every month · missed 3}; nothing of what does not repeat. */
    static List<String> repetition(Json task) {
        Json recurrence = task.at("recurrence");
        if (recurrence.isNull()) {
            return List.of();
        }
        return Stream.concat(Stream.of(recurrence.at("words").text()), missed(task).stream()).toList();
    }

    /** {@code missed 3}: how many dates of a repeating task passed unheeded before the one at which it stands. */
    static Optional<String> missed(Json task) {
        Json missed = task.at("recurrence").at("missed");
        return missed.isNull() || missed.number() == 0 ? Optional.empty() : Optional.of("missed " + missed.number());
    }

    private static void date(String word, Json date, LocalDate today, List<String> details) {
        if (!date.isNull()) {
            details.add(word + " " + Days.of(date, today));
        }
    }
}
