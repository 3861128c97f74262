package dev.heph.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the streams are connected to.
 *
 * @param in whether standard input is a terminal; the same for {@code out} and {@code err}
 * @param colour whether escape sequences are wanted on standard output: never with NO_COLOR (see no-color.org) or
 *     TERM=dumb
 * @param columns the width of the terminal; {@link Integer#MAX_VALUE} when standard output is none
 */
public record Terminal(boolean in, boolean out, boolean err, boolean colour, int columns) {
    /** Pipes and files only. */
    public static final Terminal NONE = new Terminal(false, false, false, false, Integer.MAX_VALUE);

    private static final int USUAL_COLUMNS = 80;

    public static Terminal ofThisProcess(Map<String, String> environment) {
        boolean out = isTerminal(1);
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        return new Terminal(
                isTerminal(0), out, isTerminal(2), out && !plain, out ? columns(environment) : Integer.MAX_VALUE);
    }

    /** {@link java.io.Console} knows only whether both ends are terminals, and not of standard error. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException noProc) {
            return System.console() != null && System.console().isTerminal();
        }
    }

    /** The {@code heph} script exports COLUMNS, because asking the terminal from here takes a process. */
    private static int columns(Map<String, String> environment) {
        int given = positive(environment.getOrDefault("COLUMNS", ""));
        return given > 0 ? given : ask();
    }

    private static int ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .start();
            if (stty.waitFor(1, TimeUnit.SECONDS)) {
                String[] rowsAndColumns =
                        new String(stty.getInputStream().readAllBytes()).strip().split(" ");
                int columns = positive(rowsAndColumns[rowsAndColumns.length - 1]);
                return columns > 0 ? columns : USUAL_COLUMNS;
            }
        } catch (IOException noTerminal) {
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return USUAL_COLUMNS;
    }

    private static int positive(String text) {
        try {
            return Math.max(0, Integer.parseInt(text.strip()));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
