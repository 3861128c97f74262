package dev.heph.model.checklist;

import dev.heph.model.id.Id;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.CharId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The register of one checkbox's mark: a field of the text's node that is named after the character between the brackets. So a tick
 * belongs to its line, wherever that goes, and two people who tick one box have ticked it once.
 */
public final class Mark {
    /** The text of a node whose checkboxes have marks. */
    public static final String TEXT = "body";

    /** The facet of all of them. */
    public static final String FACET = "mark";

    private static final Pattern NAME = Pattern.compile("(\\d{1,16})@(\\d{1,10})(?:/([0-9A-Z]{26}))?");

    private Mark() {}

    public static Field field(CharId character) {
        return field(character, Optional.empty());
    }

    /** @param occurrence of a recurring task, whose list is a fresh one each time */
    public static Field field(CharId character, Optional<Id> occurrence) {
        return new Field(FACET, character + occurrence.map(id -> "/" + id).orElse(""));
    }

    /** The occurrence of whose list a field is a mark; empty for a mark of a list that is ticked once. */
    public static Optional<Id> occurrence(Field field) {
        Matcher name = NAME.matcher(field.name());
        return name.matches() ? Optional.ofNullable(name.group(3)).flatMap(Id::parse) : Optional.empty();
    }

    /** The character that a field is the mark of; empty for any other field. */
    public static Optional<CharId> character(Field field) {
        return field.facet().equals(FACET) ? character(field.name()) : Optional.empty();
    }

    /** The character that is written so, {@code client@clock}. */
    public static Optional<CharId> character(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.matches()) {
            return Optional.empty();
        }
        long client = Long.parseLong(name.group(1));
        long clock = Long.parseLong(name.group(2));
        return client > CharId.MAX_CLIENT || clock >= CharId.MAX_CLOCK ? Optional.empty() : Optional.of(new CharId(client, clock));
    }

    /** What a register of a mark shows; empty when it was cleared, or holds what can be no mark: then the text's own character shows. */
    public static Optional<String> of(Optional<Value> value) {
        return value.flatMap(Value::asText).filter(Mark::isMark);
    }

    /** One character that can stand between brackets without making them something else. */
    static boolean isMark(String text) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
            return false;
        }
        int character = text.codePointAt(0);
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE && "[]\\".indexOf(character) < 0;
    }
}
