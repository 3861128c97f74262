package dev.heph.gateway.push;

import dev.heph.error.HephException;
import dev.heph.runtime.ServiceClient;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Listens to the store's {@code /changes} as long as it lives, connecting again by itself. What changed while it was
 * not connected it cannot know, so after each connecting subscribers are told that changes may have been missed.
 */
public final class ChangeFeed implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ChangeFeed.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final ServiceClient store;
    private final Subscriptions subscriptions;
    private final Thread listening;
    private volatile Duration pause = FIRST_PAUSE;
    private volatile boolean closed;

    private ChangeFeed(ServiceClient store, Subscriptions subscriptions) {
        this.store = store;
        this.subscriptions = subscriptions;
        this.listening = Thread.ofVirtual().name("changes").unstarted(this::listen);
    }

    public static ChangeFeed start(ServiceClient store, Subscriptions subscriptions) {
        ChangeFeed feed = new ChangeFeed(store, subscriptions);
        feed.listening.start();
        return feed;
    }

    @Override
    public void close() {
        closed = true;
        listening.interrupt();
    }

    private void listen() {
        while (!closed) {
            try {
                store.stream("/changes", this::connected, subscriptions::changed);
            } catch (HephException away) {
                LOG.log(Level.DEBUG, "no changes from the store: {0}", away.getMessage());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a change could not be passed on", e);
            }
            await();
        }
    }

    private void connected() {
        pause = FIRST_PAUSE;
        subscriptions.missed();
    }

    private void await() {
        try {
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
