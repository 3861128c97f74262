package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.Test;

/** "Comparing" in docs/design/sync.md. */
class ComparisonTest {
    private final FakeStore here = new FakeStore("laptop");
    private final FakeHub there = new FakeHub("epoch");
    private final Comparison comparison = new Comparison(here, there, "http://127.0.0.1:7800");

    private static ObjectNode digest(String heads, String nodes, String soup) {
        ObjectNode digest = Json.object().put("heads", heads);
        digest.putObject("tables").put("nodes", nodes).put("links", "same");
        digest.putObject("nodes").put("SOUP", soup).put("BREAD", "same");
        return digest;
    }

    @Test
    void equalIsOk() {
        here.digest = digest("1", "a", "x");
        there.digest = digest("1", "a", "x");
        ObjectNode compared = comparison.run().orElseThrow();
        assertThat(compared.path("ok").asBoolean()).isTrue();
        assertThat(compared.path("nodes")).isEmpty();
        assertThat(compared.at("/checks/0/detail").asText()).isEqualTo("holds the same: http://127.0.0.1:7800");
    }

    @Test
    void whileTheyHoldOtherOpsThereIsNothingToCompare() {
        here.digest = digest("1", "a", "x");
        there.digest = digest("2", "b", "y");
        assertThat(comparison.run()).isEmpty();
    }

    @Test
    void whatDiffersIsNamed() {
        here.digest = digest("1", "a", "x");
        there.digest = digest("1", "b", "y");
        ObjectNode compared = comparison.run().orElseThrow();
        assertThat(compared.path("ok").asBoolean()).isFalse();
        assertThat(compared.path("nodes").path(0).asText()).isEqualTo("SOUP");
        assertThat(compared.at("/checks/0/detail").asText())
                .isEqualTo("differs from http://127.0.0.1:7800 in nodes: 1 nodes: title of SOUP. Which of the two is wrong says heph doctor --rebuild-check, there and here");
    }
}
