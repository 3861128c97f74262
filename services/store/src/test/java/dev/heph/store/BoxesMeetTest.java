package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.Test;

/** What becomes of a checkbox that two devices did something with ("checkbox marks" in docs/design/merge.md). */
class BoxesMeetTest extends HubAndDevices {
    /** Nobody has said a state but by the box: when that goes, everybody's task is as if it had never been there. */
    @Test
    void promotedHereTickedThereAndThenTheLineGoes() {
        String note = laptop.doc("Garden", "- [ ] water\nmore\n");
        String box = laptop.call("item.list", Json.object().put("container", note)).at("/0/id").asText();
        sync(laptop);
        sync(phone);
        laptop.call("task.promote", Json.object().put("id", box));
        phone.call("item.set_state", Json.object().put("id", box).put("state", "done"));
        sync(laptop);
        sync(phone);
        sync(laptop);
        assertThat(phone.get(box).at("/task/state").asText()).isEqualTo("done");
        JsonNode seen = phone.get(note);
        phone.call("node.update", Json.object().put("id", note).put("base", seen.path("rev").asText()).put("body", "more\n"));
        laptop.call("task.set_attention", Json.object().put("id", box).put("attention", "red"));
        sync(phone);
        sync(laptop);
        sync(phone);
        allEqual(laptop, phone);
        assertThat(phone.call("doctor", "{'rebuild': true}").path("checks")).allSatisfy(check -> assertThat(check.path("ok").asBoolean()).as("%s", check).isTrue());
    }
}
