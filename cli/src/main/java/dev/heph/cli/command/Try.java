package dev.heph.cli.command;

import dev.heph.cli.terminal.Shell;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Shows heph on a folder of notes, in a home of its own that nothing else knows of. */
final class Try implements Command {
    /** As a shell says it: 128 and the number of SIGINT. */
    private static final int INTERRUPTED = 130;

    private static final int STOP_MAX_MILLIS = 20_000;

    @Override
    public Syntax syntax() {
        return Syntax.of("try", "a tour with your notes, on a throw-away copy")
                .optionalWord("FOLDER", "markdown files; without it the notes that come with heph")
                .example("heph try ~/notes");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        if (given.option("--home").isPresent()) {
            throw new UsageException("heph try makes a home of its own and takes no --home. Try: heph try FOLDER");
        }
        String folder = given.optionalWord(0).orElseGet(Try::sampleFolder);
        if (!Files.isDirectory(session.path(folder))) {
            throw new HephException(Reason.NOT_FOUND, session.path(folder) + " is not a folder. Try: heph try ~/notes");
        }
        Path home = Files.createTempDirectory(temporary(session.shell()), "heph-try-");
        Shell shell = in(home, session.shell());
        var interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption);
        try {
            return new Tour(shell, session.daemons(), session.json()).of(folder);
        } catch (RuntimeException | IOException e) {
            if (interruption.happened) {
                return INTERRUPTED;
            }
            throw e;
        } finally {
            // What was interrupted has ended by now; what follows is not to be.
            Thread.interrupted();
            end(home, shell, session);
            interruption.forget();
        }
    }

    private static void end(Path home, Shell shell, Session session) {
        session.daemons().of(Home.in(home), shell.environment(), Map.of()).down();
        if (!session.json()) {
            shell.say("Keep it and look around:  HEPH_HOME=" + home + " " + script(shell.directory()) + " up");
            shell.say("Or delete it:             rm -r " + home);
        }
    }

    /** Ctrl-C: ends the step that is under way, and keeps the process until what the tour started is stopped. */
    private static final class Interruption extends Thread {
        private final Thread tour;
        private volatile boolean happened;

        Interruption(Thread tour) {
            this.tour = tour;
        }

        /** There is nothing to stop any more. */
        void forget() {
            try {
                Runtime.getRuntime().removeShutdownHook(this);
            } catch (IllegalStateException alreadyRunning) {
                return;
            }
        }

        @Override
        public void run() {
            happened = true;
            tour.interrupt();
            try {
                tour.join(STOP_MAX_MILLIS);
            } catch (InterruptedException e) {
                interrupt();
            }
        }
    }

    private static Shell in(Path home, Shell shell) {
        var environment = new HashMap<>(shell.environment());
        environment.put("HEPH_HOME", home.toString());
        return shell.withEnvironment(environment);
    }

    private static Path temporary(Shell shell) {
        String usual = System.getProperty("java.io.tmpdir");
        return Path.of(shell.environment().getOrDefault("TMPDIR", usual));
    }

    private static String sampleFolder() {
        String root = System.getProperty("heph.root", "");
        Path sample = Path.of(root, "examples", "vault");
        if (root.isEmpty() || !Files.isDirectory(sample)) {
            throw new UsageException("heph try needs a folder of markdown files here. Try: heph try ~/notes");
        }
        return sample.toString();
    }

    /** How the user starts heph from where they are. */
    private static String script(Path directory) {
        String root = System.getProperty("heph.root", "");
        if (root.isEmpty()) {
            return "heph";
        }
        return Path.of(root).equals(directory) ? "./heph" : root + "/heph";
    }
}
