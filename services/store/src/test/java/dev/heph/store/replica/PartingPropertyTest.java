package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.doctor.Doctor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever is done under one id by copies and copies of copies that meet through another device, also of what is copied before it is sent: all is there
 * once, and the same everywhere.
 */
class PartingPropertyTest {
    private static final int STEPS = 60;
    private static final int MOST = 5;

    @Property(tries = 12)
    void nothingIsLostOrThereTwice(@ForAll long seed) {
        Random random = new Random(seed);
        List<Id> nodes = new ArrayList<>();
        List<String> written = new ArrayList<>();
        List<TestReplica> writers = new ArrayList<>(List.of(new TestReplica(1, 1_000_000)));
        try (TestReplica meeting = new TestReplica(2, 1_000_500)) {
            try {
                Id diary = writers.getFirst().change(change -> NodeCommands.create(change, Kind.DOC, "Diary", Optional.empty()));
                for (int step = 0; step < STEPS; step++) {
                    TestReplica writer = writers.get(random.nextInt(writers.size()));
                    switch (random.nextInt(10)) {
                        case 0, 1 -> meet(meeting, writer);
                        case 2 -> {
                            if (writers.size() < MOST) {
                                writers.add(writer.copy());
                            }
                        }
                        case 3 -> {
                            String entry = "entry " + step;
                            written.add(entry);
                            writer.change(change -> {
                                change.append(new Op.LogAppend(diary, entry));
                                return null;
                            });
                        }
                        default -> writer.change(change -> RebuildTest.deed(change, random, nodes));
                    }
                }
                for (int round = 0; round < 3; round++) {
                    writers.forEach(writer -> meet(meeting, writer));
                }
                var everything = meeting.digest();
                assertThat(writers).allSatisfy(writer -> assertThat(writer.digest()).isEqualTo(everything));
                assertThat(meeting.<List<String>>read(tx -> tx.all("SELECT text FROM entries", row -> row.getString(1))))
                        .containsExactlyInAnyOrderElementsOf(written);
                assertThat(meeting.<List<String>>read(tx -> tx.all("SELECT hex(action) FROM bundles GROUP BY action HAVING count(DISTINCT device) > 1",
                        row -> row.getString(1)))).as("actions under two ids").isEmpty();
                assertThat(meeting.<Long>read(tx -> tx.first("SELECT count(*) FROM ops WHERE applied = 0", row -> row.getLong(1)).orElseThrow())).isZero();
                assertThat(writers.getLast().examine()).allMatch(Doctor.Check::ok);
            } finally {
                writers.forEach(TestReplica::close);
            }
        }
    }

    private static void meet(TestReplica meeting, TestReplica writer) {
        meeting.tell(writer);
        writer.tell(meeting);
    }
}
