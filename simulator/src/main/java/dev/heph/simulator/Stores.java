package dev.heph.simulator;

import dev.heph.store.db.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The databases of one thread. */
final class Stores implements AutoCloseable {
    private final Path directory;
    private final List<Store> stores = new ArrayList<>();
    private int lent;
    private int made;

    Stores() {
        try {
            directory = Files.createTempDirectory("heph-simulator");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty one, until {@link #takeBack}. */
    Store lend() {
        if (lent == stores.size()) {
            try {
                stores.add(new Store(Files.createDirectory(directory.resolve(Integer.toString(made++)))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Store store = stores.get(lent++);
        store.begin();
        return store;
    }

    /** Empties the last {@code count} that were lent. */
    void takeBack(int count) {
        for (int time = 0; time < count; time++) {
            Store store = stores.get(--lent);
            try {
                store.undoAll();
            } catch (StorageException unusable) {
                stores.remove(lent).close();
            }
        }
    }

    int lent() {
        return lent;
    }

    @Override
    public void close() {
        stores.forEach(Store::close);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
