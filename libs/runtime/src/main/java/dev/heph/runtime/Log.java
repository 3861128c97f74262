package dev.heph.runtime;

import dev.heph.settings.LogFormat;
import dev.heph.settings.LogLevel;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sets up what {@link System.Logger} writes to: one line a record on stderr, which the supervisor, or what runs a container, keeps. */
public final class Log {
    private static final Logger ROOT = Logger.getLogger("");

    /** Kept here, because the logging system itself holds configured loggers only weakly. */
    private static final List<Logger> LIBRARIES = List.of(Logger.getLogger("io.helidon"), Logger.getLogger("com.zaxxer"));

    private static final Logger ACCESS = Logger.getLogger(Access.class.getName());

    private Log() {}

    /** For people. */
    public static void start(LogLevel level, PrintStream out) {
        start(level, LogFormat.LINE, out);
    }

    public static void start(LogLevel level, LogFormat format, PrintStream out) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        Handler handler = new LineHandler(out, format == LogFormat.JSON ? new JsonLine() : new LogLine());
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        ROOT.setLevel(jul(level));
        // Their INFO tells of each socket and pool, which is for DEBUG; Helidon's own DEBUG would write our secret into the log
        Level libraries = level == LogLevel.DEBUG ? Level.INFO : jul(max(level, LogLevel.WARNING));
        LIBRARIES.forEach(library -> library.setLevel(libraries));
        // One line a request is what programs want; people look for it when something is wrong
        ACCESS.setLevel(format == LogFormat.JSON ? null : level == LogLevel.DEBUG ? Level.INFO : Level.OFF);
    }

    private static LogLevel max(LogLevel a, LogLevel b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Level jul(LogLevel level) {
        return switch (level) {
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }

    /** Writes each record through at once: a killed process has told all it knew. */
    private static final class LineHandler extends StreamHandler {
        LineHandler(PrintStream out, Formatter formatter) {
            super(out, formatter);
        }

        @Override
        public synchronized void publish(LogRecord record) {
            super.publish(record);
            flush();
        }

        /** At the end of the process the logging system closes its handlers, and this one's stream is stderr. */
        @Override
        public void close() {
            flush();
        }
    }
}
