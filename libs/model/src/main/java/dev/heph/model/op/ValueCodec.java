package dev.heph.model.op;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.heph.model.id.Id;
import dev.heph.model.register.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The bytes of a {@link Value}: null, text, integer and bool as CBOR has them, everything else as [code, value]. A code this
 * version does not know makes its op unknown, not wrong.
 */
public final class ValueCodec {
    private static final int DECIMAL = 1;
    private static final int DAY = 2;
    private static final int MOMENT = 3;
    private static final int AT = 4;
    private static final int REF = 5;

    /** More letters than any decimal within the limits of {@link Value.Decimal} has. */
    private static final int DECIMAL_LENGTH = 64;

    private ValueCodec() {}

    /** One value by itself, as a storage keeps it. */
    public static byte[] encode(Value value) {
        return Cbor.write(out -> write(value, out));
    }

    /** @throws WireException when the bytes are no value, or one of a later version */
    public static Value decode(byte[] bytes) {
        return Cbor.read(bytes, "a value", ValueCodec::read)
                .orElseThrow(() -> new WireException("a value is of a type this version does not know"));
    }

    static void write(Value value, CBORGenerator out) throws IOException {
        switch (value) {
            case Value.None() -> out.writeNull();
            case Value.Text(String text) -> Cbor.text(out, text);
            case Value.Int(long number) -> out.writeNumber(number);
            case Value.Bool(boolean yes) -> out.writeBoolean(yes);
            case Value.Decimal decimal -> coded(out, DECIMAL, () -> out.writeString(spelling(decimal)));
            case Value.Day(LocalDate day) -> coded(out, DAY, () -> out.writeNumber(day.toEpochDay()));
            case Value.Moment moment -> coded(out, MOMENT, () -> out.writeString(spelling(moment)));
            case Value.At(Instant instant) -> coded(out, AT, () -> out.writeNumber(instant.toEpochMilli()));
            case Value.Ref(Id id) -> coded(out, REF, () -> out.writeBinary(id.bytes()));
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void coded(CBORGenerator out, int code, Writing writing) throws IOException {
        out.writeStartArray(null, 2);
        out.writeNumber(code);
        writing.run();
        out.writeEndArray();
    }

    /** Reads the next value; empty when it is of a later version. */
    static Optional<Value> read(CBORParser in) throws IOException {
        JsonToken token = in.nextToken();
        return switch (token) {
            case VALUE_NULL -> Optional.of(Value.NONE);
            case VALUE_STRING -> Optional.of(Value.text(in.getText()));
            case VALUE_NUMBER_INT -> Optional.of(new Value.Int(Cbor.longHere(in)));
            case VALUE_TRUE, VALUE_FALSE -> Optional.of(new Value.Bool(token == JsonToken.VALUE_TRUE));
            case START_ARRAY -> coded(in);
            case null -> throw new WireException("a value is missing");
            default -> {
                in.skipChildren();
                yield Optional.empty();
            }
        };
    }

    private static Optional<Value> coded(CBORParser in) throws IOException {
        int code = Cbor.nextInt(in);
        try {
            Value value = switch (code) {
                case DECIMAL -> decimal(Cbor.nextText(in));
                case DAY -> new Value.Day(LocalDate.ofEpochDay(Cbor.nextLong(in)));
                case MOMENT -> moment(Cbor.nextText(in));
                case AT -> new Value.At(Instant.ofEpochMilli(Cbor.nextLong(in)));
                case REF -> new Value.Ref(Id.of(Cbor.nextBytes(in)));
                default -> null;
            };
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (value != null || in.currentToken() == null) {
                    throw new WireException("a value has more parts than its type knows");
                }
                in.skipChildren();
            }
            return Optional.ofNullable(value);
        } catch (DateTimeException | NumberFormatException e) {
            throw new WireException("a value is malformed: " + e.getMessage(), e);
        }
    }

    private static Value decimal(String text) {
        if (text.length() > DECIMAL_LENGTH) {
            throw new WireException("a decimal is longer than any can be");
        }
        Value.Decimal decimal = new Value.Decimal(new BigDecimal(text));
        onlySpelling(text, spelling(decimal));
        return decimal;
    }

    private static Value moment(String text) {
        String[] parts = text.split("[\\[\\]]", -1);
        Optional<String> zone = parts.length > 1 ? Optional.of(parts[1]) : Optional.empty();
        Value.Moment moment = new Value.Moment(LocalDateTime.parse(parts[0]), zone);
        onlySpelling(text, spelling(moment));
        return moment;
    }

    private static String spelling(Value.Decimal decimal) {
        return decimal.number().toString();
    }

    private static String spelling(Value.Moment moment) {
        return moment.local() + moment.zone().map(zone -> "[" + zone + "]").orElse("");
    }

    /** What can be written in several ways is accepted in the one that we write. */
    private static void onlySpelling(String text, String right) {
        if (!text.equals(right)) {
            throw new WireException("a value is written as '" + text + "', which should be '" + right + "'");
        }
    }
}
