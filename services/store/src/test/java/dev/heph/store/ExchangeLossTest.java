package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.op.Page;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.Test;

/** "Nothing lost" in docs/design/sync.md: stores that were restored, copied or begun anew. */
class ExchangeLossTest extends HubAndDevices {
    @Test
    void aHubThatWasRestoredGetsBackWhatItLostAlsoOfOthers() {
        laptop.doc("Soup", "hot\n");
        sync(laptop);
        RunningStore old = started(hub.copy());
        String lost = phone.doc("Bread", "dry\n");
        sync(phone);
        sync(laptop); // has it by now; the phone is thrown away
        String later = laptop.doc("Cake", "");
        assertThat(sync(laptop, old, 1_000).pushed()).isPositive();
        assertThat(old.get(lost).path("title").asText()).isEqualTo("Bread");
        assertThat(old.get(later).path("title").asText()).isEqualTo("Cake");
        assertThat(digest(old)).isEqualTo(digest(laptop));
    }

    @Test
    void aRestoredHubIsGoneOnWithFromTheLastPlaceInCommon() {
        laptop.doc("Soup", "");
        sync(laptop);
        RunningStore old = started(hub.copy());
        long common = Long.parseLong(old.sql("SELECT max(n) FROM arrivals"));
        laptop.doc("Bread", "");
        sync(laptop);
        sync(laptop); // which passes its own, too
        Page page = Page.read(old.bytes("exchange.page", Json.bytes(laptop.call("exchange.cursor", "{}"))));
        assertThat(page.from().n()).isEqualTo(common).isPositive();
    }

    @Test
    void anEmptyHubGetsEverything() {
        String soup = laptop.doc("Soup", "hot\n");
        sync(laptop);
        sync(phone);
        RunningStore empty = started(RunningStore.hub());
        sync(phone, empty, 1_000);
        assertThat(empty.get(soup).path("title").asText()).isEqualTo("Soup");
        sync(laptop, empty, 1_000);
        laptop.doc("Cake", "");
        sync(laptop, empty, 1_000);
        sync(phone, empty, 1_000);
        assertThat(digest(empty)).isEqualTo(digest(laptop)).isEqualTo(digest(phone));
    }

    @Test
    void aCloneTakesAnIdOfItsOwn() {
        laptop.doc("Soup", "hot\n");
        sync(laptop);
        laptop.doc("Not sent yet", "");
        RunningStore clone = started(laptop.copy());
        String here = laptop.doc("Here", "");
        String there = clone.doc("There", "");
        sync(laptop);
        sync(clone);
        sync(laptop);
        assertThat(clone.call("exchange.state", "{}").path("device")).isNotEqualTo(laptop.call("exchange.state", "{}").path("device"));
        assertThat(laptop.get(there).path("title").asText()).isEqualTo("There");
        assertThat(clone.get(here).path("title").asText()).isEqualTo("Here");
        assertThat(pending(clone)).isZero();
        allEqual(laptop, clone);
    }

    @Test
    void aDeviceThatWasRestoredLosesNothing() {
        laptop.doc("Soup", "hot\n");
        sync(laptop);
        RunningStore old = started(laptop.copy());
        String later = laptop.doc("Later", "");
        sync(laptop);
        String since = old.doc("Since", "");
        sync(old);
        assertThat(old.get(later).path("title").asText()).isEqualTo("Later");
        assertThat(hub.get(since).path("title").asText()).isEqualTo("Since");
        allEqual(old);
    }

    @Test
    void anotherHubsPlacesAreNotGoneOnFrom() {
        for (int i = 0; i < 5; i++) {
            laptop.doc("Note " + i, "");
            sync(laptop);
        }
        RunningStore other = started(RunningStore.hub());
        phone.doc("Elsewhere", "");
        sync(phone, other, 1_000);
        Page page = Page.read(other.bytes("exchange.page", Json.bytes(laptop.call("exchange.cursor", "{}"))));
        assertThat(page.from().n()).isZero();
    }

    @Test
    void aDeviceThatTookANewIdFillsAnEmptyHub() {
        for (int i = 0; i < 30; i++) {
            laptop.doc("Note " + i, "text\n");
        }
        sync(laptop);
        RunningStore clone = started(laptop.copy());
        laptop.doc("Here", "");
        clone.doc("There", "");
        sync(laptop);
        sync(clone);
        RunningStore empty = started(RunningStore.hub());
        clone.call("exchange.leave", "{}");
        clone.call("exchange.join", "{'url': 'http://127.0.0.1:7801'}");
        sync(clone, empty, 1_000);
        assertThat(digest(empty)).isEqualTo(digest(clone));
    }
}
