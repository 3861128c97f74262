package dev.heph.cli;

import dev.heph.cli.command.Commands;
import dev.heph.cli.command.Daemon;
import dev.heph.cli.command.Invocation;
import dev.heph.cli.command.UsageException;
import dev.heph.cli.rpc.JsonException;
import dev.heph.cli.rpc.RpcClient;
import dev.heph.cli.terminal.Output;
import dev.heph.cli.terminal.Shell;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The command line. Only the one command that was typed is made: that is half of what makes it answer fast. */
public final class Heph {
    private static final List<String> ABOUT_ITSELF = List.of("--help", "--version");

    private final Shell shell;
    private final Daemon.Source daemons;

    public Heph(Shell shell, Daemon.Source daemons) {
        this.shell = shell;
        this.daemons = daemons;
    }

    public static void main(String[] arguments) {
        RpcClient.warmUp();
        int exitCode = in(Shell.ofThisProcess()).run(List.of(arguments));
        // Not System.exit: it loads the JDK's logging to say that it was called (15 ms). Everything is written by
        // now.
        Runtime.getRuntime().halt(exitCode);
    }

    /** With the daemon of the shell's environment. */
    public static Heph in(Shell shell) {
        return new Heph(shell, LaunchedDaemon::new);
    }

    /** @return the exit code, see docs/reference/errors.md */
    public int run(List<String> arguments) {
        try {
            int exitCode = Invocation.run(commandFirst(arguments), shell, daemons);
            shell.out().flush();
            return exitCode;
        } catch (Output.Closed e) {
            return 0;
        } catch (UsageException e) {
            return fail(e.getMessage(), UsageException.EXIT_CODE);
        } catch (HephException e) {
            return fail(e.getMessage(), Commands.below(e), e.reason().exitCode());
        } catch (IOException e) {
            return fail(IoReason.of(e), Reason.STORAGE.exitCode());
        } catch (JsonException e) {
            return fail("the daemon's answer is " + e.getMessage() + "; is it another version? Try: heph down", 1);
        } catch (OutOfMemoryError e) {
            return fail("that is more than this command can hold; ask for less at a time", Reason.TOO_LARGE.exitCode());
        } catch (RuntimeException e) {
            return fail("this is a defect of heph: " + e + " at " + e.getStackTrace()[0], Reason.INTERNAL.exitCode());
        }
    }

    /** Options may stand in front of the command, as in {@code heph --home DIR list}; without a command it is {@code next}. */
    private static List<String> commandFirst(List<String> arguments) {
        int command = 0;
        while (command < arguments.size() && arguments.get(command).startsWith("--")) {
            command += arguments.get(command).equals("--home") ? 2 : 1;
        }
        if (command >= arguments.size() && !ABOUT_ITSELF.contains(String.join(" ", arguments))) {
            var next = new ArrayList<>(List.of("next"));
            next.addAll(arguments);
            return next;
        }
        if (command == 0 || command >= arguments.size()) {
            return arguments;
        }
        var reordered = new ArrayList<>(arguments.subList(command, command + 1));
        reordered.addAll(arguments.subList(0, command));
        reordered.addAll(arguments.subList(command + 1, arguments.size()));
        return reordered;
    }

    private int fail(String message, int exitCode) {
        return fail(message, List.of(), exitCode);
    }

    /** @param below lines that belong to it */
    private int fail(String message, List<String> below, int exitCode) {
        try {
            shell.say("heph: " + message);
            below.forEach(shell::say);
        } catch (RuntimeException nobodyListens) {
            return exitCode;
        }
        return exitCode;
    }
}
