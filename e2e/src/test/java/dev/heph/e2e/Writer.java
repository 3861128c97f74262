package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes one thing after the other, whatever happens to the device, and keeps what was acknowledged. */
final class Writer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int PAUSE_MILLIS = 20;
    private static final int APPENDED_NOTES = 8;
    private static final String AWAY = "away";

    private final Device device;
    private final int everyMillis;
    private final Ledger ledger = Ledger.empty();
    /** What the last acknowledgement showed of the notes that are appended to. */
    private final Map<String, JsonNode> lastSeen = new HashMap<>();

    private final List<String> appended = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile int count;
    private volatile Throwable failure;
    private int number;

    Writer(Device device) {
        this(device, 0);
    }

    /** @param everyMillis how long it waits after each write; as people do */
    Writer(Device device, int everyMillis) {
        this.device = device;
        this.everyMillis = everyMillis;
        this.thread = Thread.ofPlatform().name("writer").start(this::run);
    }

    /** Waits until so many more writes were acknowledged. */
    void awaitMore(int writes) {
        int enough = count + writes;
        await().atMost(PATIENCE).pollInterval(POLL).until(() -> count >= enough || failure != null);
        assertThat(failure).isNull();
    }

    Ledger acknowledged() {
        synchronized (ledger) {
            return ledger.copy();
        }
    }

    /** @return all that was acknowledged */
    Ledger stop() {
        close();
        assertThat(failure).isNull();
        return ledger;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run() {
        try {
            while (!stopped) {
                try (Client client = device.connect()) {
                    while (!stopped) {
                        write(client);
                        Thread.sleep(everyMillis);
                    }
                } catch (Client.Lost gatewayIsGone) {
                    pause();
                }
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void write(Client client) {
        number++;
        if (appended.size() < APPENDED_NOTES) {
            create(client).ifPresent(appended::add);
        } else {
            switch (number % 5) {
                case 0 -> finishATask(client);
                case 1, 2 -> create(client);
                default -> append(client, appended.get(number % APPENDED_NOTES));
            }
        }
    }

    private Optional<String> create(Client client) {
        String title = "note " + number;
        return acknowledged(client, "node.create", "kind", "doc", "title", title, "body", "")
                .map(note -> {
                    String id = note.path("id").asText();
                    synchronized (ledger) {
                        ledger.titles().put(id, title);
                    }
                    lastSeen.put(id, note);
                    return id;
                });
    }

    private void append(Client client, String id) {
        String line = "line " + number;
        JsonNode base = lastSeen.get(id);
        String body = base.path("body").asText() + line + "\n";
        acknowledged(
                        client,
                        "node.update",
                        "id",
                        id,
                        "body",
                        body,
                        "base",
                        base.path("rev").asText())
                .ifPresent(note -> {
                    synchronized (ledger) {
                        ledger.lines()
                                .computeIfAbsent(id, any -> new ArrayList<>())
                                .add(line);
                    }
                    lastSeen.put(id, note);
                });
    }

    private void finishATask(Client client) {
        String title = "task " + number;
        acknowledged(client, "task.create", "title", title)
                .map(task -> task.path("id").asText())
                .ifPresent(id -> {
                    synchronized (ledger) {
                        ledger.titles().put(id, title);
                    }
                    acknowledged(client, "task.set_state", "id", id, "state", "done")
                            .ifPresent(task -> {
                                synchronized (ledger) {
                                    ledger.done().add(id);
                                }
                            });
                });
    }

    /** The result; empty when the store was away, which is the only error that this writer may meet. */
    private Optional<JsonNode> acknowledged(Client client, String method, Object... namesAndValues) {
        JsonNode answer = client.call(method, namesAndValues);
        if (answer.has("result")) {
            count++;
            return Optional.of(answer.path("result"));
        }
        Client.error(AWAY, -32003, answer);
        pause();
        return Optional.empty();
    }

    /** Lets the device come back rather than ask it without end. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
