package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Devices that have the same ops list them in the same order, also what was made in one moment. */
class SameOrderTest extends HubAndDevices {
    @Test
    void ofWhatWasMadeInOneMoment() {
        for (String title : List.of("Sow", "Water", "Weed", "Mow", "Prune")) {
            task(laptop, title, title + "s");
            task(phone, title + "ing", title + "ings");
            laptop.doc("On " + title, "see [[Nowhere]] and [[On Sow]]\n");
            laptop.doc("Lone " + title, "");
            phone.doc("Alone " + title, "");
            phone.doc("Of " + title, "see [[Nowhere]] and [[On Sow]]\n");
        }
        String sow = laptop.call("node.resolve", Json.object().put("name", "On Sow")).findValuesAsText("id").getFirst();
        sync(laptop);
        sync(phone);
        sync(laptop);
        same("node.list", Json.object().put("sort", "modified").put("limit", 100));
        same("node.list", Json.object().put("sort", "created").put("limit", 100));
        same("node.complete", Json.object().put("prefix", "o"));
        same("task.list", Json.object());
        same("links.orphans", Json.object().put("limit", 100));
        same("links.unresolved", Json.object());
        same("links.backlinks", Json.object().put("id", sow));
        same("search", Json.object().put("query", "see"));
    }

    private static void task(RunningStore store, String title, String tag) {
        store.call("task.create", Json.object().put("title", title).set("tags", Json.object().putArray("tags").add(tag)));
    }

    private void same(String method, ObjectNode params) {
        JsonNode there = phone.call(method, params);
        assertThat(there.toString()).as(method).hasSizeGreaterThan(200);
        assertThat(laptop.call(method, params)).as(method).isEqualTo(there);
    }
}
