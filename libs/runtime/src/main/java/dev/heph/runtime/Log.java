package dev.heph.runtime;

import dev.heph.settings.LogLevel;
import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sets up what {@link System.Logger} writes to: one line a record on stderr, which the supervisor keeps in a file. */
public final class Log {
    private static final Logger ROOT = Logger.getLogger("");

    /** Kept here, because the logging system itself holds a configured logger only weakly. */
    private static final Logger LIBRARIES = Logger.getLogger("io.helidon");

    private Log() {}

    public static void start(LogLevel level, PrintStream out) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        Handler handler = new LineHandler(out);
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        ROOT.setLevel(jul(level));
        // Helidon's INFO tells of each socket it binds; a person who asks for less than DEBUG does not care
        LIBRARIES.setLevel(level == LogLevel.DEBUG ? Level.FINE : jul(max(level, LogLevel.WARNING)));
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
    }
}
