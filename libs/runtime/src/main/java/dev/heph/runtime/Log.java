package dev.heph.runtime;

import dev.heph.settings.LogLevel;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sets up what {@link System.Logger} writes to: one line a record on stderr, which the supervisor keeps in a file. */
public final class Log {
    private static final Logger ROOT = Logger.getLogger("");

    /** Kept here, because the logging system itself holds configured loggers only weakly. */
    private static final List<Logger> LIBRARIES = List.of(Logger.getLogger("io.helidon"), Logger.getLogger("com.zaxxer"));

    private Log() {}

    public static void start(LogLevel level, PrintStream out) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        Handler handler = new LineHandler(out);
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        ROOT.setLevel(jul(level));
        // Their INFO tells of each socket and pool, which is for DEBUG; Helidon's own DEBUG would write our secret into the log
        Level libraries = level == LogLevel.DEBUG ? Level.INFO : jul(max(level, LogLevel.WARNING));
        LIBRARIES.forEach(library -> library.setLevel(libraries));
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
        LineHandler(PrintStream out) {
            super(out, new LogLine());
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
