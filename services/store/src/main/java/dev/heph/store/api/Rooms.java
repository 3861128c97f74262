package dev.heph.store.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * What is open because somebody uses it, or did a moment ago. To open one, or to close it, may take its time: who wants that one waits, and
 * nobody else does.
 *
 * @param <T> what is opened, one of each name at a time
 */
final class Rooms<T extends AutoCloseable> implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Rooms.class.getName());

    private final int most;
    private final Function<String, T> opening;

    /** The one not used for longest first. */
    private final Map<String, Room> rooms = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<String, CompletableFuture<Void>> closing = new HashMap<>();

    /** A use of one, until it is closed. */
    interface Stay<T> extends AutoCloseable {
        T content();

        @Override
        void close();
    }

    /**
     * @param most how many stay open; more only while more are in use
     * @param opening opens the one of that name
     */
    Rooms(int most, Function<String, T> opening) {
        this.most = most;
        this.opening = opening;
    }

    /**
     * Whoever comes first opens it.
     *
     * @throws RuntimeException that of {@code opening}, to all who waited for it; whoever comes next tries again
     */
    Stay<T> enter(String name) {
        Room room;
        boolean first;
        CompletableFuture<Void> before;
        synchronized (this) {
            first = !rooms.containsKey(name);
            room = rooms.computeIfAbsent(name, missing -> new Room());
            room.visits++;
            before = closing.getOrDefault(name, CompletableFuture.completedFuture(null));
            closeIdle(most);
        }
        if (first) {
            before.join();
            open(name, room);
        }
        return new Visit(room, room.opened());
    }

    /** As {@link #enter} where it is open, or about to be; empty where it is not. */
    Optional<Stay<T>> enterIfOpen(String name) {
        Room room;
        synchronized (this) {
            room = rooms.get(name);
            if (room == null) {
                return Optional.empty();
            }
            room.visits++;
        }
        return Optional.of(new Visit(room, room.opened()));
    }

    /** Those that are open, or about to be. */
    synchronized List<String> names() {
        return List.copyOf(rooms.keySet());
    }

    private void open(String name, Room room) {
        try {
            room.content.complete(opening.apply(name));
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                rooms.remove(name, room);
            }
            room.content.completeExceptionally(e);
        }
    }

    private synchronized void leave(Room room) {
        room.visits--;
    }

    /** Whoever is in use stays, also if they are more than that. */
    private void closeIdle(int left) {
        for (Iterator<Map.Entry<String, Room>> each = rooms.entrySet().iterator(); each.hasNext() && rooms.size() > left;) {
            Map.Entry<String, Room> idle = each.next();
            if (idle.getValue().visits == 0) {
                each.remove();
                var closed = new CompletableFuture<Void>();
                closing.put(idle.getKey(), closed);
                Thread.ofPlatform().name("closing").start( // SQLite, which writes its log back, would pin a virtual one
                        () -> close(idle.getKey(), idle.getValue(), closed));
            }
        }
    }

    private void close(String name, Room room, CompletableFuture<Void> closed) {
        try {
            room.content.join().close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, name + " was not closed as it should be", e);
        } finally {
            synchronized (this) {
                closing.remove(name, closed);
            }
            closed.complete(null);
        }
    }

    /** When nobody comes any more: waits until all are closed. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> left;
        synchronized (this) {
            rooms.values().forEach(room -> room.visits = 0);
            closeIdle(0);
            left = new ArrayList<>(closing.values());
        }
        left.forEach(CompletableFuture::join);
    }

    private final class Room {
        private final CompletableFuture<T> content = new CompletableFuture<>();
        private int visits;

        private T opened() {
            try {
                return content.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException known ? known : e;
            }
        }
    }

    private final class Visit implements Stay<T> {
        private final Room room;
        private final T content;

        private Visit(Room room, T content) {
            this.room = room;
            this.content = content;
        }

        @Override
        public T content() {
            return content;
        }

        @Override
        public void close() {
            leave(room);
        }
    }
}
