package dev.heph.gateway.journal;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * What a new journal begins with: the text of a note, in which <code>{{date}}</code>, <code>{{weekday}}</code>,
 * <code>{{yesterday}}</code> and <code>{{tomorrow}}</code> stand for those of its day. Other braces stay as they are.
 */
record Template(String text) {
    String on(LocalDate day) {
        return text.replace("{{date}}", day.toString())
                .replace("{{weekday}}", day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .replace("{{yesterday}}", day.minusDays(1).toString())
                .replace("{{tomorrow}}", day.plusDays(1).toString());
    }
}
