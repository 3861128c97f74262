package dev.heph.store.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Point;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import dev.heph.store.replica.TestReplica;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The places in a hub's order that a device remembers ("pull" in docs/design/sync.md). */
class HubLinkTest {
    private static final int PASSED = 5_000;

    private final TestReplica device = new TestReplica(1, 1_000_000);
    private final HubLink link = new HubLink(Space.PERSONAL);

    @AfterEach
    void close() {
        device.close();
    }

    private void write(Consumer<Tx> work) {
        device.read(tx -> {
            work.accept(tx);
            return null;
        });
    }

    private static Point place(long n) {
        return new Point(n, Bytes32.sha256(Long.toString(n).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private void passAll() {
        write(tx -> {
            link.join(tx, "http://127.0.0.1:7800", 7);
            link.rewind(tx, new Id(1, 1), Point.START);
            for (int n = 1; n <= PASSED; n++) {
                link.passed(tx, place(n));
                link.keep(tx, place(n));
            }
        });
    }

    @Test
    void aFewPlacesNearTheEndAndSomeFarFromItAreRemembered() {
        passAll();
        long kept = device.read(tx -> tx.first("SELECT count(*) FROM points", row -> row.getLong(1)).orElseThrow());
        assertThat(kept).isBetween(50L, 60L);
        List<Point> places = device.read(link::places);
        assertThat(places).startsWith(place(PASSED), place(PASSED - 1)).hasSizeLessThan(20).doesNotHaveDuplicates();
        assertThat(places.getLast().n()).as("as far back as that").isLessThan(PASSED - 500);
    }

    @Test
    void goingBackForgetsWhatCameAfter() {
        passAll();
        write(tx -> link.rewind(tx, new Id(2, 2), place(PASSED - 10)));
        assertThat(device.read(link::places)).startsWith(place(PASSED - 10)).allMatch(place -> place.n() <= PASSED - 10);
    }

    @Test
    void theSameHubAgainChangesNothing_andAnotherBeginsAnew() {
        passAll();
        write(tx -> link.join(tx, "http://127.0.0.1:7800", 8));
        assertThat(device.read(link::require).at()).isEqualTo(place(PASSED));
        write(tx -> link.join(tx, "http://127.0.0.1:7801", 9));
        assertThat(device.read(link::places)).containsExactly(Point.START);
    }
}
