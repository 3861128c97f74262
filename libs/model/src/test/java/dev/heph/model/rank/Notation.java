package dev.heph.model.rank;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Boards as a line. A task is {@code name:attention@day!}: the do-date in days from now, {@code !} when it is late; names are
 * single letters. {@code a>b} is "a blocks b". A row is {@code name:attention!(unblocks)~}, with what counts for it, {@code ~}
 * when it is in a cycle. Hidden is {@code name#position}, {@code name<blockers}, {@code name@day} or {@code name:blue}.
 */
final class Notation {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final Pattern TASK = Pattern.compile("(\\w):(\\w+)(?:@(-?\\d+))?(!?)");

    private Notation() {}

    static Board board(String tasks, String blocks) {
        return Board.of(words(tasks).stream().map(Notation::task).toList(), words(blocks).stream().map(Notation::blocks).toList(), NOW);
    }

    static Candidate task(String text) {
        Matcher task = TASK.matcher(text);
        if (!task.matches()) {
            throw new IllegalArgumentException(text);
        }
        Optional<Instant> late = task.group(4).isEmpty() ? Optional.empty() : Optional.of(day("-1"));
        return new Candidate(id(task.group(1)), Attention.of(task.group(2)).orElseThrow(),
                Optional.ofNullable(task.group(3)).map(Notation::day), late, NOW);
    }

    static String rows(List<Row> rows) {
        return rows.stream().map(Notation::row).collect(Collectors.joining(" "));
    }

    static String hidden(List<Hidden> hidden) {
        return hidden.stream().map(Notation::hidden).collect(Collectors.joining(" "));
    }

    static String name(Id id) {
        return Character.toString((int) id.low());
    }

    static Id id(String name) {
        return new Id(0, name.charAt(0));
    }

    static Instant day(String days) {
        return NOW.plus(Duration.ofDays(Long.parseLong(days)));
    }

    private static String row(Row row) {
        return name(row.task().id()) + ":" + row.attention().word() + (row.late() ? "!" : "")
                + (row.unblocks().isEmpty() ? "" : "(" + names(row.unblocks()) + ")") + (row.inCycle() ? "~" : "");
    }

    private static String hidden(Hidden hidden) {
        return name(hidden.task().id()) + switch (hidden) {
            case Hidden.BeyondLimit beyond -> "#" + beyond.position();
            case Hidden.Blocked blocked -> "<" + names(blocked.by());
            case Hidden.Future future -> "@" + Duration.between(NOW, future.doFrom()).toDays();
            case Hidden.Blue blue -> ":blue";
        };
    }

    private static Blocks blocks(String text) {
        return new Blocks(id(text.substring(0, 1)), id(text.substring(2)));
    }

    static String names(Collection<Id> ids) {
        return ids.stream().map(Notation::name).collect(Collectors.joining());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
