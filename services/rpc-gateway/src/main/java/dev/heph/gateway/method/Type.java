package dev.heph.gateway.method;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.gateway.rpc.JsonText;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** What a parameter may be. */
public sealed interface Type {

    /**
     * Reads the value at hand to its end.
     *
     * @param name the parameter's, for the complaint
     * @return what is wrong with it, for a person; empty: nothing
     */
    Optional<String> check(String name, JsonParser json) throws IOException;

    /** Its JSON schema. */
    ObjectNode schema();

    /** A text. @param mayBeEmpty whether "" will do */
    record Text(boolean mayBeEmpty) implements Type {
        @Override
        public Optional<String> check(String name, JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return mistyped(name, "a string", json);
            }
            // A body may be large and any text will do: it is not even decoded.
            return mayBeEmpty || !json.getText().isEmpty()
                    ? Optional.empty()
                    : Optional.of("'" + name + "' must not be empty");
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed("string");
            return mayBeEmpty ? schema : schema.put("minLength", 1);
        }
    }

    /** An absolute path of this machine. */
    record AbsolutePath() implements Type {
        @Override
        public Optional<String> check(String name, JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return mistyped(name, "a string", json);
            }
            return json.getText().startsWith("/")
                    ? Optional.empty()
                    : Optional.of("'" + name + "' must be an absolute path, not " + JsonText.quote(json.getText()));
        }

        @Override
        public ObjectNode schema() {
            return typed("string").put("pattern", "^/");
        }
    }

    /** One of a few words. */
    record Word(List<String> words) implements Type {
        @Override
        public Optional<String> check(String name, JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return mistyped(name, "a string", json);
            }
            return words.contains(json.getText())
                    ? Optional.empty()
                    : Optional.of("'" + name + "' must be one of " + String.join(", ", words) + ", not "
                            + JsonText.quote(json.getText()));
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed("string");
            words.forEach(schema.putArray("enum")::add);
            return schema;
        }
    }

    /** A civil date or date-time, ISO 8601 without a zone. */
    record LocalTime() implements Type {
        @Override
        public Optional<String> check(String name, JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return mistyped(name, "a string", json);
            }
            return isLocal(json.getText())
                    ? Optional.empty()
                    : Optional.of("'" + name + "' must be a date or a date and time that exists,"
                            + " such as 2026-11-21 or 2026-11-21T09:00, not " + JsonText.quote(json.getText()));
        }

        @Override
        public ObjectNode schema() {
            return typed("string").put("pattern", "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?)?$");
        }

        private static boolean isLocal(String text) {
            try {
                if (text.indexOf('T') < 0) {
                    LocalDate.parse(text);
                } else {
                    LocalDateTime.parse(text);
                }
                return text.matches("\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?)?");
            } catch (DateTimeException e) {
                return false;
            }
        }
    }

    /** A day of the calendar, ISO 8601. */
    record Day() implements Type {
        @Override
        public Optional<String> check(String name, JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return mistyped(name, "a string", json);
            }
            return json.getText().matches("\\d{4}-\\d{2}-\\d{2}") && LocalTime.isLocal(json.getText())
                    ? Optional.empty()
                    : Optional.of("'" + name + "' must be a day that exists, such as 2026-11-21, not " + JsonText.quote(json.getText()));
        }

        @Override
        public ObjectNode schema() {
            return typed("string").put("pattern", "^\\d{4}-\\d{2}-\\d{2}$");
        }
    }

    /** A {@link LocalTime}, or the word {@code none} to have none. */
    record LocalTimeOrNone() implements Type {
        private static final LocalTime DATE = new LocalTime();

        @Override
        public Optional<String> check(String name, JsonParser json) throws IOException {
            return json.currentToken() == JsonToken.VALUE_STRING && json.getText().equals("none")
                    ? Optional.empty()
                    : DATE.check(name, json);
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = Json.object();
            schema.putArray("anyOf").add(DATE.schema()).add(Json.object().put("const", "none"));
            return schema;
        }
    }

    /** A list of texts, none of them empty. @param most how many there may be */
    record Texts(int most) implements Type {
        @Override
        public Optional<String> check(String name, JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                return mistyped(name, "an array of strings", json);
            }
            Optional<String> wrong = Optional.empty();
            int count = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.VALUE_STRING || json.getText().isEmpty()) {
                    wrong = Optional.of("'" + name + "' must be an array of strings that are not empty");
                    json.skipChildren();
                }
                count++;
            }
            return wrong.isPresent() || count <= most ? wrong : Optional.of("'" + name + "' must have at most " + most + " texts");
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed("array").put("maxItems", most);
            schema.putObject("items").put("type", "string").put("minLength", 1);
            return schema;
        }
    }

    /** A whole number within bounds, both included. */
    record Whole(int least, int most) implements Type {
        @Override
        public Optional<String> check(String name, JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                return mistyped(name, "a whole number", json);
            }
            boolean fits = json.getNumberType() == JsonParser.NumberType.INT
                    && json.getIntValue() >= least
                    && json.getIntValue() <= most;
            return fits ? Optional.empty() : Optional.of("'" + name + "' must be from " + least + " to " + most);
        }

        @Override
        public ObjectNode schema() {
            return typed("integer").put("minimum", least).put("maximum", most);
        }
    }

    /** True or false. */
    record Flag() implements Type {
        @Override
        public Optional<String> check(String name, JsonParser json) {
            return json.currentToken().isBoolean() ? Optional.empty() : mistyped(name, "true or false", json);
        }

        @Override
        public ObjectNode schema() {
            return typed("boolean");
        }
    }

    /** An object with these members and no others. */
    record Fields(List<Param> members) implements Type {
        @Override
        public Optional<String> check(String name, JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                return mistyped(name, "an object", json);
            }
            return Members.check(members, name + ".", json);
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed("object");
            ObjectNode properties = schema.putObject("properties");
            members.forEach(member -> properties.set(member.name(), member.schema()));
            List<String> needed = members.stream().filter(Param::required).map(Param::name).toList();
            if (!needed.isEmpty()) {
                needed.forEach(schema.putArray("required")::add);
            }
            return schema.put("additionalProperties", false);
        }
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }

    private static Optional<String> mistyped(String name, String wanted, JsonParser json) {
        String found = switch (json.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "null";
        };
        return Optional.of("'" + name + "' must be " + wanted + ", not " + found);
    }
}
