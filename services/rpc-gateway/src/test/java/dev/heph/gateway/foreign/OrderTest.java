package dev.heph.gateway.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.node.Attention;
import dev.heph.model.node.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTest {
    private final List<String> passed = new ArrayList<>();
    private final Order order = new Order(task -> passed.add(task.key()));

    /** {@code b<a} is a task b that waits for a. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # the file      | passes    | wait for what is not there
            a b c           | a b c     | 0
            b<a a c         | a b c     | 0
            c<b<a b<a a     | a b c     | 0
            c<ab b a        | b a c     | 0
            a<x b           | b a       | 1
            b<a a<x         | a b       | 1
            c<b b<a a<x d<x | a d b c   | 2
            a<b b<a c       | c a b     | 0
            a<a b           | a b       | 0
            a b a           | a b       | 0
            b<a b a         | a b       | 0
            """)
    void blockersPassFirst(String file, String passes, int unblocked) {
        for (String task : file.split(" ")) {
            String[] parts = task.split("<");
            order.add(task(parts[0], parts.length == 1 ? List.of() : List.of(parts[1].split(""))));
        }
        assertThat(order.end()).isEqualTo(unblocked);
        assertThat(String.join(" ", passed)).isEqualTo(passes);
    }

    @Test
    void aLongChainBackwards() {
        for (int i = 20_000; i >= 0; i--) {
            order.add(task("t" + i, i == 0 ? List.of() : List.of("t" + (i - 1))));
        }
        assertThat(passed).hasSize(20_001).startsWith("t0", "t1").endsWith("t20000");
    }

    @Property
    void everyTaskPassesOnceAndBehindItsBlockers(@ForAll long seed) {
        Random random = new Random(seed);
        List<ForeignTask> tasks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int own = i;
            tasks.add(task("t" + i, i == 0 ? List.of() : random.ints(random.nextInt(4), 0, own).mapToObj(n -> "t" + n).toList()));
        }
        Collections.shuffle(tasks, random);
        List<String> keys = new ArrayList<>();
        Order shuffled = new Order(task -> {
            assertThat(keys).containsAll(task.blockedBy());
            keys.add(task.key());
        });
        tasks.forEach(shuffled::add);
        assertThat(shuffled.end()).isZero();
        assertThat(keys).hasSize(40).doesNotHaveDuplicates();
    }

    private static ForeignTask task(String key, List<String> blockedBy) {
        return new ForeignTask(key, key, key, State.OUTSTANDING, Attention.WHITE, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), List.of(), blockedBy);
    }
}
