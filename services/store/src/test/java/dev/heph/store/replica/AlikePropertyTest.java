package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Version;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.facts.TextHistory;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import dev.heph.store.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * "Taking back" in docs/design/merge.md: two devices that keep making the same few edits of one note, and taking them back, end up with the same
 * text; and so does who makes it again from the log, all of it or an earlier version.
 */
class AlikePropertyTest {
    private record Known(Version version, String body) {}

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void whoeverMakesTheTextFindsTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        List<TestReplica> replicas = List.of(new TestReplica(1, 1_000_000), new TestReplica(2, 1_000_500));
        try {
            Id note = replicas.getFirst().change(change -> NodeCommands.create(change, Kind.DOC, "Soup", Optional.of("soup\n")));
            meet(replicas);
            List<List<Known>> known = List.of(new ArrayList<>(), new ArrayList<>());
            for (int step = 0; step < 40; step++) {
                int who = random.nextInt(replicas.size());
                act(replicas.get(who), replicas.get(1 - who), note, random);
                known.get(who).add(now(replicas.get(who), note));
            }
            meet(replicas);
            for (int who = 0; who < replicas.size(); who++) {
                TestReplica replica = replicas.get(who);
                assertThat(replica.digest()).isEqualTo(replicas.getFirst().digest());
                assertThat(replica.examine()).allMatch(Doctor.Check::ok);
                known.get(who).add(now(replica, note));
                known.get(who).forEach(then -> assertThat(again(replica, note, then.version())).isEqualTo(then.body()));
            }
        } finally {
            replicas.forEach(TestReplica::close);
        }
    }

    private static void act(TestReplica replica, TestReplica other, Id note, Random random) {
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> replica.change(change -> change.save(note, Views.BODY, body(random), Optional.empty()));
            case 3 -> replica.read(tx -> new Undo(replica.replica(), tx).undo(true).map(taken -> taken.change().commit()));
            case 4 -> replica.read(tx -> new Undo(replica.replica(), tx).redo().map(taken -> taken.change().commit()));
            default -> replica.pull(other);
        }
    }

    private static String body(Random random) {
        return Stream.of("cold ", "soup\n", "bread\n", "cheese\n").filter(line -> random.nextBoolean()).collect(Collectors.joining());
    }

    private static Known now(TestReplica replica, Id note) {
        return new Known(replica.change(change -> change.version(note, Views.BODY)), replica.body(note));
    }

    private static String again(TestReplica replica, Id note, Version version) {
        return replica.read(tx -> {
            Devices devices = new Devices(Space.PERSONAL);
            return new TextHistory(tx, new Log(Space.PERSONAL, devices)).with(note, Views.BODY, version::includes, Optional.empty()).shown();
        });
    }

    private static void meet(List<TestReplica> replicas) {
        replicas.getFirst().pull(replicas.getLast());
        replicas.getLast().pull(replicas.getFirst());
    }
}
