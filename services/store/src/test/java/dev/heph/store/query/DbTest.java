package dev.heph.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.store.db.Database;
import dev.heph.store.db.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading beside the writer. */
class DbTest {
    @TempDir
    Path directory;

    private Writer writer;
    private Db db;

    @BeforeEach
    void open() {
        Database database = Database.in(directory);
        writer = new Writer(database.openWriter(directory.resolve("backups"), Instant.EPOCH), () -> {}, tx -> false);
        db = new Db(database);
    }

    @AfterEach
    void close() {
        db.close();
        writer.close();
    }

    private long spaces() {
        return db.count("SELECT count(*) FROM spaces");
    }

    private void add(String name) {
        writer.write(tx -> tx.run("INSERT INTO spaces (name) VALUES (?)", name));
    }

    @Test
    void allQueriesOfOneReadSeeOneMoment() {
        List<Long> seen = db.read(() -> {
            long before = spaces();
            add("meanwhile");
            return List.of(before, spaces());
        });
        assertThat(seen.get(1)).isEqualTo(seen.get(0));
        assertThat(db.read(this::spaces)).isEqualTo(seen.get(0) + 1);
    }

    /** As many at once as there are readers. */
    @Test
    void aReadWithinAReadWaitsForNobody() throws Exception {
        CountDownLatch allRead = new CountDownLatch(3);
        List<CompletableFuture<Boolean>> found = Stream.generate(() -> CompletableFuture.supplyAsync(() -> db.read(() -> {
            allRead.countDown();
            await(allRead);
            return db.read(this::spaces) == spaces();
        }), Thread::startVirtualThread)).limit(3).toList();
        for (CompletableFuture<Boolean> one : found) {
            assertThat(one.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aReadThatFailsDoesNotHoldOnToItsMoment() {
        for (int reader = 0; reader < 10; reader++) {
            assertThatThrownBy(() -> db.read(() -> db.count("SELECT count(*) FROM nowhere"))).hasMessageContaining("nowhere");
        }
        add("later");
        assertThat(db.read(this::spaces)).isEqualTo(2);
    }
}
