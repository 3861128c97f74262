package dev.heph.runtime;

import dev.heph.error.HephException;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;

/** The run file of a service: written already, or waiting for another service to answer first. */
final class Announcement {
    private static final System.Logger LOG = System.getLogger(Announcement.class.getName());

    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 200;

    private final RunFile file;
    private final Thread waiting;

    private Announcement(RunFile file, Thread waiting) {
        this.file = file;
        this.waiting = waiting;
    }

    static Announcement done(RunFile file) {
        return new Announcement(file, null);
    }

    static Announcement when(ServiceClient other, Runnable announce) {
        return new Announcement(null, Thread.ofVirtual().name("announce").start(() -> waitFor(other, announce)));
    }

    void withdraw(Home home) {
        if (waiting != null) {
            waiting.interrupt();
        }
        if (file != null) {
            file.remove(home);
        }
    }

    private static void waitFor(ServiceClient other, Runnable announce) {
        try {
            for (long pause = FIRST_PAUSE_MS; !other.answers(); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
                Thread.sleep(pause);
            }
            announce.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (HephException e) {
            LOG.log(System.Logger.Level.ERROR, "this service cannot be announced: " + e.getMessage(), e);
        }
    }
}
