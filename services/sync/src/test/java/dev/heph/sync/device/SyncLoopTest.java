package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SyncLoopTest {
    private final FakeStore store = new FakeStore("A");
    private final FakeHub hub = new FakeHub("E1");
    private final AtomicInteger pulls = new AtomicInteger();
    private volatile HubTrouble trouble;
    private volatile boolean revoked;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean elsewhere = new AtomicBoolean();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final SyncLoop loop = new SyncLoop(
            store,
            new HubAround(hub) {
                @Override
                public byte[] pull(JsonNode cursor, long known) {
                    pulls.incrementAndGet();
                    CountDownLatch closed = gate;
                    await().until(() -> closed.getCount() == 0);
                    if (revoked) {
                        throw new HephException(Reason.REVOKED, "this device was revoked");
                    }
                    if (trouble != null) {
                        throw trouble;
                    }
                    return super.pull(cursor, known);
                }

                @Override
                public void close() {
                    closed.set(true);
                    gate.countDown();
                }
            },
            Standing.beginning(Clock.systemUTC().instant(), Optional.empty(), 0),
            new Pace(System.nanoTime(), () -> 0.5),
            Clock.systemUTC(),
            System::nanoTime,
            () -> elsewhere.getAndSet(false),
            Duration.ofMillis(20));

    @AfterEach
    void close() {
        loop.close();
    }

    private void startAndSync() throws Exception {
        loop.start();
        loop.now().get(10, TimeUnit.SECONDS);
    }

    @Test
    void beginsByItselfAndIsIdleThen() throws Exception {
        store.writes(2);
        assertThat(loop.standing().online()).isFalse();
        loop.start();
        loop.awaitOnline();

        await().untilAsserted(() -> assertThat(loop.standing().state()).isEqualTo(State.IDLE));
        assertThat(hub.order).hasSize(2);
        assertThat(loop.standing().lastSuccess()).isPresent();
        assertThat(Duration.between(loop.standing().lastSuccess().orElseThrow(), loop.standing().nextAttempt().orElseThrow()))
                .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(30));
    }

    @Test
    void afterASleepItIsTriedAtOnce_howeverOftenItFailedBefore() throws Exception {
        trouble = HubTrouble.offline("no network", null);
        loop.start();
        for (int failures = 0; failures < 12; failures++) {
            assertThatThrownBy(() -> loop.now().get(10, TimeUnit.SECONDS)).hasRootCauseMessage("no network");
        }
        int before = pulls.get();
        trouble = null;
        elsewhere.set(true);
        loop.awaitOnline();
        assertThat(pulls.get()).isGreaterThan(before);
    }

    @Test
    void whatIsWrittenIsSentAtOnceAndWhatCameFromTheHubIsNot() throws Exception {
        startAndSync();
        store.writes(1);
        loop.written(1);
        await().until(() -> hub.order.size() == 1);
        await().until(() -> loop.standing().state() == State.IDLE);
        int before = pulls.get();

        loop.written(1); // the log grew by something else

        loop.now().get(10, TimeUnit.SECONDS);
        assertThat(pulls).hasValue(before + 1);
    }

    @Test
    void newsOfMoreAreFetchedAndOldOnesAreNot() throws Exception {
        hub.has("B", 1);
        startAndSync();
        int before = pulls.get();
        loop.heard(1);
        hub.has("B", 2);
        assertThat(pulls).hasValue(before);
        loop.heard(2);

        await().until(() -> store.log.size() == 2);
    }

    @Test
    void whoAsksDuringACycleGetsTheOutcomeOfTheNext() throws Exception {
        startAndSync();
        int before = pulls.get();
        gate = new CountDownLatch(1);
        CompletableFuture<Moved> first = loop.now();
        await().until(() -> pulls.get() == before + 1);
        CompletableFuture<Moved> second = loop.now();
        hub.has("B", 1);
        gate.countDown();

        first.get(10, TimeUnit.SECONDS);
        second.get(10, TimeUnit.SECONDS);
        assertThat(pulls).hasValue(before + 2);
    }

    @Test
    void aFailureIsToldAndTriedAgainNotDrummed() throws Exception {
        startAndSync();
        trouble = HubTrouble.offline("connection refused", null);
        assertThatThrownBy(() -> loop.now().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause().isSameAs(trouble);
        int before = pulls.get();
        for (int i = 2; i < 50; i++) {
            loop.written(i);
        }

        assertThat(pulls).hasValue(before);
        assertThat(loop.standing().state()).isEqualTo(State.OFFLINE);
        assertThat(loop.standing().reason()).isEqualTo("connection refused");
        trouble = null;
        await().atMost(Duration.ofSeconds(5)).until(() -> loop.standing().state() == State.IDLE);
        assertThat(loop.standing().reason()).isEmpty();
    }

    @Test
    void sinceWhenItIsOfflineDoesNotMoveWithEachTry() throws Exception {
        trouble = HubTrouble.offline("connection refused", null);
        loop.start();
        await().until(() -> pulls.get() >= 1 && loop.standing().nextAttempt().isPresent());
        var since = loop.standing().since();
        await().atMost(Duration.ofSeconds(5)).until(() -> pulls.get() >= 2 && loop.standing().nextAttempt().isPresent());

        assertThat(loop.standing().since()).isEqualTo(since);
    }

    @Test
    void whatRefusesIsNamedSo() {
        trouble = HubTrouble.refused("it asks who we are");
        loop.start();

        await().until(() -> loop.standing().state() == State.REFUSED);
    }

    /** What its own log says; a hub that says it may be asked again. */
    @Test
    void whoIsRevokedTriesNoMoreUnlessSomebodyAsks() {
        trouble = HubTrouble.forbidden(Reason.REVOKED, "it was revoked");
        loop.start();
        await().until(() -> loop.standing().state() == State.REFUSED && loop.standing().nextAttempt().isPresent());
        assertThat(closed).isFalse();
        trouble = null;
        revoked = true;
        assertThatThrownBy(() -> loop.now().get(10, TimeUnit.SECONDS)).cause().hasMessage("this device was revoked");
        assertThat(loop.standing().state()).isEqualTo(State.REVOKED);
        assertThat(loop.standing().nextAttempt()).isEmpty();
        assertThat(closed).as("nobody listens to it").isTrue();
        loop.wanted();
        loop.heard(9);
        assertThat(loop.standing().state()).isEqualTo(State.REVOKED);
        assertThatThrownBy(() -> loop.now().get(10, TimeUnit.SECONDS)).cause().hasMessage("this device was revoked");
    }

    @Test
    void aHubThatAsksForAPauseHasIt() {
        trouble = HubTrouble.busy("it is not ready", Duration.ofSeconds(60));
        loop.start();
        await().until(() -> loop.standing().nextAttempt().isPresent());
        int before = pulls.get();

        assertThatThrownBy(() -> loop.now().get(1, TimeUnit.SECONDS))
                .cause().hasMessageStartingWith("it asked to be left alone for another 5");
        assertThat(pulls).hasValue(before);
    }

    @Test
    void whoAsksDuringAShortOneIsServedAfterIt() throws Exception {
        trouble = HubTrouble.busy("it is not ready", Duration.ofSeconds(1));
        loop.start();
        await().until(() -> loop.standing().nextAttempt().isPresent());
        trouble = null;

        assertThat(loop.now().get(10, TimeUnit.SECONDS)).isEqualTo(new Moved(0, 0));
    }

    @Test
    void aStopTellsWhoWaitsAndWhoComesLater() throws Exception {
        startAndSync();
        int before = pulls.get();
        gate = new CountDownLatch(1);
        CompletableFuture<Moved> running = loop.now();
        await().until(() -> pulls.get() == before + 1);
        CompletableFuture<Moved> waiting = loop.now();
        loop.close();

        assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo(new Moved(0, 0));
        assertThatThrownBy(waiting::get).cause()
                .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AWAY));
        assertThatThrownBy(() -> loop.now().get()).cause().hasMessageStartingWith("syncing was stopped");
    }
}
