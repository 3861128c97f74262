package dev.heph.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One JSON object a line: {@code timestamp}, {@code level}, {@code logger}, {@code message}; {@code correlation_id} within a request, what
 * an
 * {@link Access} holds, and {@code errors} with their frames.
 */
final class JsonLine extends Formatter {
    @Override
    public String format(LogRecord record) {
        ObjectNode line = Json.object()
                .put("timestamp", LogLine.time(record))
                .put("level", LogLine.word(record.getLevel()))
                .put("logger", LogLine.shorten(record.getLoggerName()))
                .put("message", formatMessage(record));
        Correlation.id().ifPresent(id -> line.put("correlation_id", id));
        if (record.getParameters() != null && record.getParameters().length == 1 && record.getParameters()[0] instanceof Access access) {
            line.put("action", access.action()).put("status", access.status()).put("duration_ms", access.took().toNanos() / 1e6);
            access.actor().ifPresent(actor -> line.put("actor_id", actor));
        }
        if (record.getThrown() != null) {
            addErrors(line.putArray("errors"), record.getThrown());
        }
        return new String(Json.bytes(line), StandardCharsets.UTF_8) + "\n";
    }

    private static void addErrors(ArrayNode errors, Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            ArrayNode frames = errors.addObject().put("error", each.toString()).putArray("frames");
            StackTraceElement[] all = each.getStackTrace();
            for (int i = 0; i < Math.min(all.length, LogLine.FRAMES_SHOWN); i++) {
                frames.add(all[i].toString());
            }
        }
    }
}
