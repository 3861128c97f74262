package dev.heph.store.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The params of a call, read by name and type. The gateway has checked them; the store checks what it relies on again. */
public record Params(JsonNode json) {
    public String text(String name) {
        return maybeText(name).orElseThrow(() -> invalid("'" + name + "' is missing"));
    }

    public Optional<String> maybeText(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid("'" + name + "' is a text, not " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
        }
        return Optional.of(value.textValue());
    }

    /** A list of texts, empty when there is none. */
    public List<String> texts(String name) {
        JsonNode values = json.path(name);
        if (values.isMissingNode() || values.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.textValue()));
        if (!values.isArray() || texts.contains(null)) {
            throw invalid("'" + name + "' is a list of texts");
        }
        return texts;
    }

    public boolean flag(String name, boolean otherwise) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw invalid("'" + name + "' is true or false");
        }
        return value.booleanValue();
    }

    public long number(String name, long otherwise, long least, long greatest) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least || value.longValue() > greatest) {
            throw invalid("'" + name + "' is a whole number from " + least + " to " + greatest);
        }
        return value.longValue();
    }

    /** A day of the calendar, ISO 8601. */
    public LocalDate day(String name) {
        try {
            return LocalDate.parse(text(name));
        } catch (DateTimeParseException e) {
            throw invalid("'" + name + "' is a day like 2026-11-21, not '" + text(name) + "'");
        }
    }

    /** What {@code after} says: how many are passed over. */
    public static long offset(String next) {
        if (!next.matches("\\d{1,15}")) {
            throw invalid("'after' is the 'next' of the page before, not '" + next + "'");
        }
        return Long.parseLong(next);
    }

    /** A text that is one of {@code words}. */
    public Optional<String> word(String name, List<String> words) {
        Optional<String> word = maybeText(name);
        word.filter(given -> !words.contains(given)).ifPresent(given -> {
            throw invalid("'" + name + "' is one of " + String.join(", ", words) + ", not '" + given + "'");
        });
        return word;
    }

    /** Any JSON, as it is. */
    public Optional<JsonNode> json(String name) {
        return Optional.of(json.path(name)).filter(value -> !value.isMissingNode() && !value.isNull());
    }

    public DeviceId device(String name) {
        return Id.parse(text(name)).map(DeviceId::new).orElseThrow(() -> invalid("'" + name + "' is the id of a device, not '" + text(name) + "'"));
    }

    /** The params inside a param. */
    public Params within(String name) {
        return new Params(json.path(name));
    }

    static HephException invalid(String message) {
        return new HephException(Reason.INVALID_PARAMS, message);
    }
}
