package dev.heph.gateway.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.gateway.rpc.JsonText;
import dev.heph.model.node.Attention;
import dev.heph.model.node.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One task as Taskwarrior exports it, in heph's words.
 *
 * @param json the object
 * @param zone in which a moment becomes the day it was meant as: Taskwarrior keeps a day as its midnight
 */
record TaskwarriorRecord(JsonNode json, ZoneId zone) {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    /** What {@code wait:someday} means, in 2.6 and before it: the end of the program's calendar. */
    private static final Set<LocalDate> SOMEDAY = Set.of(LocalDate.of(9999, 12, 30), LocalDate.of(2038, 1, 18));

    /**
     * How the task repeats that others are made from, again and again.
     *
     * @param until after this none is made
     * @param made how many there are of it already
     */
    record Recurrence(String recur, Optional<LocalDateTime> due, Optional<LocalDateTime> until, int made) {}

    /** Empty if no others are made from it. */
    Optional<Recurrence> recurrence() throws Unfit {
        return !status().equals("recurring") ? Optional.empty()
                : Optional.of(new Recurrence(text("recur").orElse(""), due(), clock("until"), text("mask").orElse("").length()));
    }

    /** What it was made from, if that is still to be done. */
    Optional<String> openInstanceOf() throws Unfit {
        return state() == State.OUTSTANDING ? text("parent").map(TaskwarriorRecord::lower) : Optional.empty();
    }

    Optional<LocalDateTime> due() throws Unfit {
        return moment("due");
    }

    boolean hasUnknownPriority() {
        return json.has("priority") && !Set.of("", "H", "M", "L").contains(json.path("priority").asText());
    }

    ForeignTask task() throws Unfit {
        String uuid = text("uuid").map(TaskwarriorRecord::lower).orElseThrow(() -> new Unfit("has no uuid"));
        if (!UUID.matcher(uuid).matches()) {
            throw new Unfit("has " + JsonText.quote(uuid) + " as uuid, which is none");
        }
        String title = text("description").orElseThrow(() -> new Unfit("has no description"));
        Optional<LocalDateTime> due = due();
        Optional<LocalDateTime> wait = moment("wait");
        Optional<LocalDateTime> scheduled = moment("scheduled");
        boolean someday = wait.map(LocalDateTime::toLocalDate).filter(SOMEDAY::contains).isPresent();
        return new ForeignTask(
                uuid,
                uuid,
                title,
                state(),
                someday ? Attention.BLUE : attention(due.isPresent()),
                Stream.concat(scheduled.stream(), wait.filter(at -> !someday).stream())
                        .max(LocalDateTime::compareTo)
                        .map(TaskwarriorRecord::local),
                due.map(TaskwarriorRecord::local),
                Optional.empty(),
                text("project").map(name -> ProjectPath.of(name.split("\\."))).filter(path -> !path.isEmpty()),
                texts("tags"),
                annotations(),
                texts("depends").stream().map(TaskwarriorRecord::lower).toList());
    }

    private String status() throws Unfit {
        return text("status").orElse("pending");
    }

    private State state() throws Unfit {
        String status = status();
        return switch (status) {
            case "pending", "waiting", "recurring" -> State.OUTSTANDING;
            case "completed" -> State.DONE;
            case "deleted" -> State.DROPPED;
            default -> throw new Unfit("has the status " + JsonText.quote(status) + ", which Taskwarrior 2.6 does not know");
        };
    }

    private Attention attention(boolean due) {
        return switch (json.path("priority").asText()) {
            case "H" -> due ? Attention.RED : Attention.ORANGE;
            case "M" -> Attention.ORANGE;
            default -> Attention.WHITE;
        };
    }

    /** Local time, to the minute but for the last second of a day, which means the day. */
    private Optional<LocalDateTime> moment(String attribute) throws Unfit {
        return clock(attribute).map(TaskwarriorRecord::meant);
    }

    private static LocalDateTime meant(LocalDateTime local) {
        return local.toLocalTime().equals(LAST_SECOND) ? local.toLocalDate().atStartOfDay() : local.truncatedTo(ChronoUnit.MINUTES);
    }

    /** Local time, to the second. */
    private Optional<LocalDateTime> clock(String attribute) throws Unfit {
        Optional<String> text = text(attribute);
        return text.isEmpty() ? Optional.empty() : Optional.of(clock(attribute, text.get()));
    }

    private LocalDateTime clock(String attribute, String text) throws Unfit {
        try {
            Instant at = text.contains("-") ? Instant.parse(text) : LocalDateTime.parse(text, MOMENT).toInstant(ZoneOffset.UTC);
            return LocalDateTime.ofInstant(at, zone);
        } catch (DateTimeException e) {
            throw new Unfit("has " + JsonText.quote(text) + " as " + attribute + ", which is no date such as 20261121T170000Z");
        }
    }

    private static String lower(String uuid) {
        return uuid.toLowerCase(Locale.ROOT);
    }

    static String local(LocalDateTime at) {
        return at.toLocalTime().equals(LocalTime.MIDNIGHT) ? at.toLocalDate().toString() : at.toString();
    }

    private List<String> annotations() throws Unfit {
        List<String> entries = new ArrayList<>();
        for (JsonNode annotation : json.path("annotations")) {
            String text = annotation.path("description").asText();
            String entry = annotation.path("entry").asText();
            entries.add(entry.isEmpty() ? text : meant(clock("entry", entry)).toLocalDate() + " " + text);
        }
        return entries;
    }

    private Optional<String> text(String attribute) throws Unfit {
        JsonNode value = json.path(attribute);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Unfit("its " + attribute + " is no text");
        }
        return Optional.of(value.textValue().strip()).filter(text -> !text.isEmpty());
    }

    /** An array of texts or, from older versions, one text with commas. */
    private List<String> texts(String attribute) {
        JsonNode value = json.path(attribute);
        Stream<String> texts = value.isArray() ? value.valueStream().map(JsonNode::asText) : Stream.of(value.asText().split(","));
        return texts.map(String::strip).filter(text -> !text.isEmpty()).toList();
    }
}
