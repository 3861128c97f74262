package dev.heph.store.db;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/** Work through a whole database: on a platform thread of its own, since a call into SQLite pins a virtual one, and for one caller at a time. */
public final class OneAtATime {
    private final String name;
    private final String busy;
    private final Semaphore one = new Semaphore(1);

    /**
     * @param name of the thread
     * @param busy what the second caller is told
     */
    public OneAtATime(String name, String busy) {
        this.name = name;
        this.busy = busy;
    }

    /** @throws HephException what the work threw; {@link Reason#AWAY} while it is done for somebody else */
    public <T> T run(Callable<T> work) {
        if (!one.tryAcquire()) {
            throw new HephException(Reason.AWAY, busy + ": try again in a while");
        }
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name(name).start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.AWAY, "the store is stopping: try again in a moment", e);
        } finally {
            one.release();
        }
    }
}
