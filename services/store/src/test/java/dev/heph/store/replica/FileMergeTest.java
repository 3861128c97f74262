package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.store.command.ImportCommand;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * A file and its note, edited in turns and at the same time ("texts that also stand elsewhere" in docs/design/merge.md). Some lines are only
 * edited in the file, the others only in heph, so that it is known what has to come out.
 */
class FileMergeTest {
    private static final int STEPS = 60;

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whatWasEditedOnEitherSideIsThereAfterEveryImport(@ForAll long seed) {
        run(new Random(seed), false);
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void alsoWhenTwoDevicesTakeInTheSameFile(@ForAll long seed) {
        run(new Random(seed), true);
    }

    private static void run(Random random, boolean two) {
        try (TestReplica laptop = new TestReplica(1, 1_000_000); TestReplica desk = new TestReplica(2, 2_000_000)) {
            Vault file = new Vault(random);
            Device one = new Device(laptop, 0);
            one.take(file);
            Device other = two ? new Device(desk, 1) : one;
            other.pull(one);
            for (int step = 0; step < STEPS; step++) {
                Device device = random.nextBoolean() ? one : other;
                switch (random.nextInt(6)) {
                    case 0, 1 -> file.edit();
                    case 2, 3, 4 -> device.edit(random, !two);
                    default -> {
                        one.pull(other);
                        other.pull(one);
                        device.edit(random, !two);
                        boolean both = two && random.nextBoolean();
                        if (both || device == one) {
                            one.take(file);
                        }
                        if (both || device != one) {
                            other.take(file);
                        }
                        device.check("step " + step);
                    }
                }
            }
            one.pull(other);
            other.pull(one);
            one.pull(other);
            one.check("at last");
            other.check("at last");
            assertThat(one.body()).isEqualTo(other.body());
            assertThat(laptop.examine()).allMatch(Doctor.Check::ok);
        }
    }

    /** A line that says who may edit it, and is not mistaken for another one that was reworded: {@code - [x] f3: f3a f3b f3c f3d v7}. */
    private record Line(String name, String mark, int version) {
        String text() {
            return "- [%s] %2$s: %2$sa %2$sb %2$sc %2$sd v%3$d\n".formatted(mark, name, version);
        }

        Line edited() {
            return new Line(name, mark, version + 1);
        }

        Line ticked() {
            return new Line(name, mark.equals("x") ? " " : "x", version);
        }
    }

    /** The file, as somebody edits it outside. */
    private static final class Vault {
        private final Random random;
        private final List<Line> lines = new ArrayList<>();
        private int made = 6;
        private int edits = 1;

        Vault(Random random) {
            this.random = random;
            for (int at = 0; at < made; at++) {
                lines.add(new Line("f" + at, " ", 0));
                lines.add(new Line("h" + at, " ", 0));
            }
        }

        void edit() {
            edits++;
            int at = random.nextInt(lines.size());
            Line line = lines.get(at);
            if (!line.name().startsWith("f")) {
                lines.add(at, new Line("f" + made++, random.nextBoolean() ? "x" : " ", 0));
            } else {
                lines.set(at, random.nextInt(3) == 0 ? line.ticked() : line.edited());
            }
        }

        String text() {
            return String.join("", lines.stream().map(Line::text).toList());
        }

        Map<String, Line> own() {
            Map<String, Line> own = new TreeMap<>();
            lines.stream().filter(line -> line.name().startsWith("f")).forEach(line -> own.put(line.name(), line));
            return own;
        }
    }

    /** A heph, and what its note has to say. */
    private static final class Device {
        private final TestReplica replica;
        private final int number;
        private final Map<String, Line> known = new TreeMap<>();
        private final Map<String, Line> inFile = new TreeMap<>();
        private int made = 100;
        private int taken;

        Device(TestReplica replica, int number) {
            this.replica = replica;
            this.number = number;
            for (int at = 0; at < 6; at++) {
                known.put("h" + at, new Line("h" + at, " ", 0));
            }
        }

        /** Every other line edited in heph is this device's, so that the two do not edit the same one. */
        private boolean isMine(String name) {
            return name.startsWith("h") && Integer.parseInt(name.substring(1)) % 2 == number;
        }

        void take(Vault file) {
            ImportCommand.Outcome outcome = replica.change(change ->
                    ImportCommand.run(change, "vault", List.of(new ImportCommand.Note("Note.md", "Note", file.text(), Optional.empty())), List.of()));
            assertThat(outcome.skipped()).isEmpty();
            taken = file.edits;
            file.own().forEach((name, now) -> {
                Line before = inFile.put(name, now);
                // A mark that did not change there stays as it was set here.
                boolean kept = before != null && known.containsKey(name) && before.mark().equals(now.mark());
                known.put(name, kept ? new Line(name, known.get(name).mark(), now.version()) : now);
            });
        }

        void edit(Random random, boolean all) {
            List<Line> mine = known.values().stream().filter(line -> all || isMine(line.name())).toList();
            Line line = mine.get(random.nextInt(mine.size()));
            String body = body();
            int kind = random.nextInt(6);
            if (kind == 0 || line.name().startsWith("f")) {
                replace(body, line, line.ticked().text(), line.ticked());
            } else if (kind == 1) {
                made += 2;
                Line fresh = new Line("h" + (made + number), " ", 0);
                replace(body, line, line.text() + fresh.text(), line);
                known.put(fresh.name(), fresh);
            } else if (kind == 2 && mine.size() > 3) {
                replace(body, line, "", line);
                known.remove(line.name());
            } else {
                replace(body, line, line.edited().text(), line.edited());
            }
        }

        private void replace(String body, Line line, String text, Line now) {
            assertThat(body).contains(line.text());
            Id id = id();
            replica.change(change -> change.save(id, Views.BODY, body.replace(line.text(), text), Optional.empty()));
            known.put(line.name(), now);
        }

        void pull(Device other) {
            if (other == this) {
                return;
            }
            replica.pull(other.replica);
            known.keySet().removeIf(name -> !isMine(name) && name.startsWith("h"));
            boolean newer = other.taken > taken;
            other.known.forEach((name, line) -> {
                if (other.isMine(name) || newer && name.startsWith("f")) {
                    known.put(name, line);
                }
            });
            if (newer) {
                inFile.putAll(other.inFile);
                taken = other.taken;
            }
        }

        void check(String when) {
            assertThat(Stream.of(body().split("(?<=\n)")).sorted().toList()).as(when)
                    .isEqualTo(known.values().stream().map(Line::text).sorted().toList());
        }

        private Id id() {
            return replica.read(tx -> tx.first("SELECT id FROM nodes WHERE path = 'Note.md'", row -> Id.of(row.getBytes(1))).orElseThrow());
        }

        String body() {
            return replica.body(id());
        }
    }
}
