package dev.heph.runtime;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * {@code 2026-11-21T09:00:00.125Z WARNING runtime.Peer message}, and, for an exception, its frames on the same line: a log that
 * has one line a record can be searched and cut.
 */
final class LogLine extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    static final int FRAMES_SHOWN = 12;

    @Override
    public String format(LogRecord record) {
        var line = new StringBuilder(160);
        line.append(time(record));
        line.append(' ').append(word(record.getLevel()));
        line.append(' ').append(shorten(record.getLoggerName()));
        line.append(' ').append(formatMessage(record));
        for (Throwable thrown = record.getThrown(); thrown != null; thrown = thrown.getCause()) {
            line.append(" | ").append(thrown);
            StackTraceElement[] frames = thrown.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, FRAMES_SHOWN); i++) {
                line.append(" < ").append(frames[i]);
            }
        }
        return line.toString().replaceAll("\\R", " ⏎ ") + "\n";
    }

    static String time(LogRecord record) {
        return TIME.format(record.getInstant());
    }

    static String word(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        return level.intValue() < Level.INFO.intValue() ? "DEBUG" : level.getName();
    }

    static String shorten(String logger) {
        return logger == null ? "-" : logger.replaceFirst("^dev\\.heph\\.", "");
    }
}
