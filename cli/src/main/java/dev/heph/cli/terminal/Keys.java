package dev.heph.cli.terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One key at a time. Where standard input is no terminal, the first letter of each line, so that a script can answer too. */
public final class Keys implements AutoCloseable {
    private static final char END_OF_INPUT = 4;

    private final Shell shell;
    private final Thread restoring = new Thread(Keys::linewise);
    private boolean single;

    public Keys(Shell shell) {
        this.shell = shell;
        if (shell.terminal().in()) {
            Runtime.getRuntime().addShutdownHook(restoring);
        }
    }

    /** The next key; empty when there are no more. */
    public Optional<Character> next() throws IOException {
        if (!shell.terminal().in()) {
            return firstOfLine();
        }
        single = single || stty("-icanon", "min", "1");
        int key = shell.in().read();
        shell.err().text("\n").flush();
        return key < 0 || key == END_OF_INPUT ? Optional.empty() : Optional.of((char) key);
    }

    private Optional<Character> firstOfLine() throws IOException {
        int first = shell.in().read();
        if (first >= 0 && first != '\n') {
            shell.line();
        }
        return first < 0 ? Optional.empty() : Optional.of((char) first);
    }

    /** A whole line, typed as usual. */
    public String line() throws IOException {
        usual();
        return shell.line().strip();
    }

    private void usual() {
        if (single) {
            linewise();
            single = false;
        }
    }

    private static void linewise() {
        stty("icanon");
    }

    /** @return whether the terminal took it; if not, keys come with the next line */
    private static boolean stty(String... mode) {
        try {
            List<String> command = new ArrayList<>(List.of("stty"));
            command.addAll(List.of(mode));
            Process stty = new ProcessBuilder(command).redirectInput(Path.of("/dev/tty").toFile()).start();
            return stty.waitFor(1, TimeUnit.SECONDS) && stty.exitValue() == 0;
        } catch (IOException noTerminal) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        usual();
        if (shell.terminal().in()) {
            Runtime.getRuntime().removeShutdownHook(restoring);
        }
    }
}
