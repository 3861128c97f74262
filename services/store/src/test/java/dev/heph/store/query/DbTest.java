package dev.heph.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.store.db.Database;
import dev.heph.store.db.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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

    @Test
    void aReadThatFailsDoesNotHoldOnToItsMoment() {
        for (int reader = 0; reader < 10; reader++) {
            assertThatThrownBy(() -> db.read(() -> db.count("SELECT count(*) FROM nowhere"))).hasMessageContaining("nowhere");
        }
        add("later");
        assertThat(db.read(this::spaces)).isEqualTo(2);
    }
}
