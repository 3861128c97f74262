package dev.heph.deploy.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who goes on writing notes on a device and sending them, whatever happens to the hub. */
final class Writer implements AutoCloseable {
    private final Device device;
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean enough;
    private volatile Throwable broken;

    Writer(Device device, String title) {
        this.device = device;
        thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                for (int i = 0; !enough; i++) {
                    write(title + " " + i);
                }
            } catch (Throwable e) {
                broken = e;
            }
        });
    }

    /** What the device says when a sync went wrong is all that its owner may notice. */
    private void write(String title) {
        device.heph("note", title);
        String said = device.trying("sync");
        if (said.isEmpty()) {
            acknowledged.add(title);
        } else {
            refused.add(said);
        }
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** The titles of which the hub said that it has them, so far. */
    List<String> sent() {
        return List.copyOf(acknowledged);
    }

    /** What it was told instead of an acknowledgement. */
    List<String> refused() {
        return refused;
    }

    /** @return what was sent when it has ended */
    List<String> end() throws InterruptedException {
        close();
        if (broken != null) {
            throw new AssertionError(broken);
        }
        return sent();
    }

    @Override
    public void close() throws InterruptedException {
        enough = true;
        thread.join();
    }
}
