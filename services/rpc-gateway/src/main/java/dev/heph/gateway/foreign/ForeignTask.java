package dev.heph.gateway.foreign;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.heph.model.node.Attention;
import dev.heph.model.node.State;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A task of another program, in heph's words.
 *
 * @param key what it is known by when it comes again
 * @param label what a person knows it by: its uuid, or its line in the file
 * @param doDate ISO local date or date-time, as {@code lateOn}
 * @param repeats how, if it does; it begins on its do-date, or else its late-on, or else on the day of the import
 * @param project a path, {@code a/b}
 * @param blockedBy the keys of the tasks that come first
 */
record ForeignTask(
        String key,
        String label,
        String title,
        State state,
        Attention attention,
        Optional<String> doDate,
        Optional<String> lateOn,
        Optional<Repetition> repeats,
        Optional<String> project,
        List<String> tags,
        List<String> log,
        List<String> blockedBy) {
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

    ForeignTask {
        title = LINE_BREAK.matcher(title).replaceAll(" "); // heph's titles are one line
    }

    /** Why it is no task of heph's either, for a person; what the store says of a title is left to the store. */
    Optional<String> complaint() {
        if (texts().anyMatch(text -> text.indexOf('\0') >= 0)) {
            return Optional.of("holds a NUL, so it is no text");
        }
        return texts().anyMatch(text -> text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                ? Optional.of("has half of a surrogate pair in it, so it is no text")
                : Optional.empty();
    }

    private Stream<String> texts() {
        return Stream.of(Stream.of(key, title), project.stream(), tags.stream(), log.stream(), blockedBy.stream()).flatMap(texts -> texts);
    }

    /** About how much there is to send. */
    int characters() {
        return texts().mapToInt(String::length).sum();
    }

    /** One that repeats, where it stands. @param due ISO local date or date-time */
    ForeignTask standing(State newState, Optional<String> due, Optional<Repetition> newRepeats, List<String> newLog) {
        return new ForeignTask(key, label, title, newState, attention, Optional.empty(), due, newRepeats, project, tags, newLog, blockedBy);
    }

    /** As {@code task.import} takes it. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeStringField("title", title);
        json.writeStringField("state", state.word());
        json.writeStringField("attention", attention.word());
        write(json, "do_date", doDate);
        write(json, "late_on", lateOn);
        if (repeats.isPresent()) {
            repeats.get().write(json);
        }
        write(json, "project", project);
        write(json, "tags", tags);
        write(json, "log", log);
        write(json, "blocked_by", blockedBy);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(field, text.get());
        }
    }

    private static void write(JsonGenerator json, String field, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            json.writeArrayFieldStart(field);
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
    }
}
