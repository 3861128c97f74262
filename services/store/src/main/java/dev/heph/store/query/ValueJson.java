package dev.heph.store.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.heph.model.id.Id;
import dev.heph.model.register.Value;
import dev.heph.runtime.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What a register holds, as JSON that tells its type: texts, whole numbers and truth values are themselves, everything else is
 * an object of one name, such as {@code {"day": "2026-11-21"}}.
 */
public final class ValueJson {
    private ValueJson() {}

    public static JsonNode of(Value value) {
        return switch (value) {
            case Value.None() -> NullNode.instance;
            case Value.Text(String text) -> TextNode.valueOf(text);
            case Value.Int(long number) -> LongNode.valueOf(number);
            case Value.Bool(boolean yes) -> BooleanNode.valueOf(yes);
            case Value.Decimal(BigDecimal number) -> Json.object().put("decimal", number.toString());
            case Value.Day(LocalDate day) -> Json.object().put("day", day.toString());
            case Value.Moment(LocalDateTime local, Optional<String> zone) -> {
                ObjectNode moment = Json.object().put("moment", local.toString());
                zone.ifPresent(name -> moment.put("zone", name));
                yield moment;
            }
            case Value.At(Instant instant) -> Json.object().put("at", instant.toString());
            case Value.Ref(Id id) -> Json.object().put("ref", id.toString());
        };
    }

    /** @return empty for what is no value, or one of a later version */
    public static Optional<Value> read(JsonNode json) {
        try {
            if (json.isTextual()) {
                return Optional.of(Value.text(json.textValue()));
            } else if (json.isBoolean()) {
                return Optional.of(new Value.Bool(json.booleanValue()));
            } else if (json.isIntegralNumber() && json.canConvertToLong()) {
                return Optional.of(new Value.Int(json.longValue()));
            } else if (json.path("decimal").isTextual()) {
                return Optional.of(new Value.Decimal(new BigDecimal(json.path("decimal").textValue())));
            } else if (json.path("day").isTextual()) {
                return Optional.of(new Value.Day(LocalDate.parse(json.path("day").textValue())));
            } else if (json.path("moment").isTextual()) {
                return Optional.of(new Value.Moment(LocalDateTime.parse(json.path("moment").textValue()),
                        Optional.ofNullable(json.path("zone").textValue())));
            } else if (json.path("at").isTextual()) {
                return Optional.of(new Value.At(Instant.parse(json.path("at").textValue())));
            }
            return Optional.ofNullable(json.path("ref").textValue()).flatMap(Id::parse).map(Value.Ref::new);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
