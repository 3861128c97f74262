package dev.heph.runtime;

import dev.heph.error.HephException;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import java.util.function.Supplier;

/** The run file of a service: written already, or waiting for another service to answer first. */
final class Announcement {
    private static final System.Logger LOG = System.getLogger(Announcement.class.getName());

    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 200;

    private volatile RunFile file;
    private volatile Thread waiting;

    static Announcement done(RunFile file) {
        Announcement announcement = new Announcement();
        announcement.file = file;
        return announcement;
    }

    static Announcement when(ServiceClient other, Supplier<RunFile> write) {
        Announcement announcement = new Announcement();
        announcement.waiting = Thread.ofVirtual().name("announce").start(() -> announcement.waitFor(other, write));
        return announcement;
    }

    /** Whether the others were told. */
    boolean made() {
        return file != null;
    }

    /** Once this returns the file is gone, also if it was about to be written. */
    void withdraw(Home home) {
        try {
            if (waiting != null) {
                waiting.interrupt();
                waiting.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (file != null) {
            file.remove(home);
        }
    }

    private void waitFor(ServiceClient other, Supplier<RunFile> write) {
        try {
            for (long pause = FIRST_PAUSE_MS; !other.answers(); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
                Thread.sleep(pause);
            }
            file = write.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (HephException e) {
            LOG.log(System.Logger.Level.ERROR, "this service cannot be announced: " + e.getMessage(), e);
        }
    }
}
