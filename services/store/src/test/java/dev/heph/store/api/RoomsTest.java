package dev.heph.store.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RoomsTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final Rooms<AutoCloseable> rooms = new Rooms<>(2, this::open);

    private AutoCloseable open(String name) {
        heard.add("opens " + name);
        if (name.startsWith("slow to open")) {
            waitForIt();
        }
        if (name.startsWith("broken") && heard.size() == 1) {
            throw new IllegalStateException("no room");
        }
        return () -> {
            heard.add("closes " + name);
            if (name.startsWith("slow to close")) {
                waitForIt();
                heard.add("closed " + name);
            }
            if (name.startsWith("stuck")) {
                throw new IllegalStateException("it sticks");
            }
        };
    }

    private void waitForIt() {
        try {
            slow.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void use(String... names) {
        for (String name : names) {
            rooms.enter(name).close();
        }
    }

    private CompletableFuture<Void> usedElsewhere(String name) {
        return CompletableFuture.runAsync(() -> use(name), Executors.newVirtualThreadPerTaskExecutor());
    }

    @AfterEach
    void letGo() {
        slow.countDown();
    }

    @Test
    void theOneNotUsedForLongestIsClosedAndWhatIsInUseStays() {
        try (Rooms.Stay<AutoCloseable> stay = rooms.enter("a")) {
            use("b", "b", "c");
            await().until(() -> heard.contains("closes b"));
            use("b");
            assertThat(rooms.enter("a").content()).isSameAs(stay.content());
        }
        assertThat(heard).doesNotContain("closes a").filteredOn("opens a"::equals).hasSize(1);
        rooms.close();
        assertThat(heard).contains("closes a").filteredOn(each -> each.startsWith("closes")).hasSize(4);
    }

    @Test
    void whoIsSlowToOpenKeepsNobodyElseWaiting() {
        CompletableFuture<Void> first = usedElsewhere("slow to open");
        await().until(() -> heard.contains("opens slow to open"));
        CompletableFuture<Void> second = usedElsewhere("slow to open");
        use("a", "b");
        assertThat(List.of(first.isDone(), second.isDone())).containsOnly(false);
        slow.countDown();
        first.join();
        second.join();
        assertThat(heard).filteredOn("opens slow to open"::equals).hasSize(1);
    }

    @Test
    void whoIsSlowToCloseKeepsOnlyItselfWaiting() {
        use("slow to close", "a", "b", "c");
        await().until(() -> heard.contains("closes slow to close"));
        CompletableFuture<Void> again = usedElsewhere("slow to close");
        use("d");
        assertThat(again).isNotDone();
        slow.countDown();
        again.join();
        assertThat(heard.lastIndexOf("opens slow to close")).isGreaterThan(heard.indexOf("closed slow to close"));
    }

    @Test
    void whatDoesNotCloseIsGoneAllTheSame() {
        use("stuck", "a", "b");
        await().until(() -> heard.contains("closes stuck"));
        use("stuck");
        assertThat(heard).filteredOn("opens stuck"::equals).hasSize(2);
        rooms.close();
    }

    @Test
    void whatDidNotOpenIsTriedAgainByTheNext() {
        assertThatThrownBy(() -> use("broken")).isInstanceOf(IllegalStateException.class).hasMessage("no room");
        use("broken");
        assertThat(heard).containsExactly("opens broken", "opens broken");
    }
}
