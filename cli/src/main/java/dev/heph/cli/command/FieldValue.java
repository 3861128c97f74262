package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Width;
import java.time.LocalDate;

/** What a field of a note or task says, or said. */
final class FieldValue {
    private FieldValue() {}

    /** {@code none}, {@code Sat 28 Nov}, {@code house}, {@code red} */
    static String of(Json value, LocalDate today) {
        if (value.isNull()) {
            return "none";
        } else if (!value.at("day").isNull()) {
            return Days.of(value.at("day").text(), today);
        } else if (!value.at("moment").isNull()) {
            return Days.of(value.at("moment").text(), today);
        }
        return value.at("ref").isNull() ? Width.line(value.text()) : Label.title(value);
    }
}
