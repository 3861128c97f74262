package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.op.OpId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Replicas that edit apart end up equal, in whatever causal order edits arrive and however often. */
class ConvergenceTest {
    enum Action { INSERT, DELETE, REPLACE, SAVE_LINES, UNDELETE, HEAR, HEAR_AGAIN, RESTART }

    /** One thing that one replica does; the numbers choose where and what. */
    record Step(int who, Action action, int where, int much, String text) {}

    @Property(tries = 1000)
    void allReplicasConverge(@ForAll("scripts") List<Step> script, @ForAll long order) {
        Story story = new Story(new Random(order));
        script.forEach(story::take);
        story.deliverEverything();
        story.assertEqual();
        story.assertNothingLostAndNothingReturned();
    }

    /** Without their edits: two that exchange what the other's clocks lack hold the same, whatever they knew before. */
    @Property(tries = 500)
    void theDifferenceSinceTheOthersClocksIsAllThatIsMissing(@ForAll("scripts") List<Step> script, @ForAll long order) {
        Story story = new Story(new Random(order));
        script.forEach(story::take);
        Text one = story.replicas.getFirst().text();
        Text other = story.replicas.getLast().text();
        Difference missing = one.since(other.clocks());
        one.apply(other.since(one.clocks()));
        other.apply(missing);
        assertThat(other.save()).isEqualTo(one.save());
        Text fresh = new Text();
        fresh.apply(one.since(Map.of()));
        assertThat(fresh.save()).isEqualTo(one.save());
        assertThat(one.since(one.clocks()).written()).isEmpty();
    }

    @Provide
    Arbitrary<List<Step>> scripts() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 1000);
        Arbitrary<String> text = Arbitraries.of("a", "b", "yz", "line\n", "- [ ] milk\n", "日本", "😀", "e\u0301", "\r\n");
        return Combinators.combine(number, Arbitraries.of(Action.class), number, number, text).as(Step::new)
                .list().ofMaxSize(60);
    }

    /** Three replicas and what each has heard; an op can be heard once all that its author knew has been. */
    private static final class Story {
        private final Random random;
        private final List<Replica> replicas = List.of(new Replica(3), new Replica(70_000), new Replica(5));
        private final List<Set<OpId>> heard = List.of(new HashSet<>(), new HashSet<>(), new HashSet<>());
        private final Map<OpId, TextEdit> edits = new LinkedHashMap<>();
        private final Map<OpId, Set<OpId>> causes = new HashMap<>();

        Story(Random random) {
            this.random = random;
        }

        void take(Step step) {
            int who = step.who() % replicas.size();
            Replica replica = replicas.get(who);
            String text = replica.toString();
            int from = boundary(text, step.where() % (text.length() + 1));
            int to = boundary(text, from + step.much() % 8 % (text.length() - from + 1));
            switch (step.action()) {
                case INSERT -> wrote(who, replica.splice(from, 0, step.text()));
                case DELETE -> wrote(who, replica.splice(from, to - from, ""));
                case REPLACE -> wrote(who, replica.splice(from, to - from, step.text()));
                case SAVE_LINES -> wrote(who, replica.write(
                        text.substring(0, from) + step.text() + text.substring(to) + step.text()));
                case UNDELETE -> undelete(who, step.where());
                case HEAR -> hear(who);
                case HEAR_AGAIN -> hearAgain(who);
                case RESTART -> replica.restart();
            }
        }

        private void undelete(int who, int which) {
            List<OpId> known = replicas.get(who).ops();
            if (!known.isEmpty()) {
                wrote(who, replicas.get(who).undelete(known.get(which % known.size())));
            }
        }

        private void wrote(int who, OpId op) {
            causes.put(op, Set.copyOf(heard.get(who)));
            heard.get(who).add(op);
            edits.put(op, replicas.get(who).edit(op));
        }

        private boolean hear(int who) {
            List<OpId> ready = new ArrayList<>();
            edits.keySet().forEach(op -> {
                if (!heard.get(who).contains(op) && heard.get(who).containsAll(causes.get(op))) {
                    ready.add(op);
                }
            });
            if (ready.isEmpty()) {
                return false;
            }
            OpId op = ready.get(random.nextInt(ready.size()));
            replicas.get(who).receive(op, TextEditCodec.read(TextEditCodec.write(edits.get(op))));
            heard.get(who).add(op);
            return true;
        }

        private void hearAgain(int who) {
            List<OpId> known = replicas.get(who).ops();
            if (!known.isEmpty()) {
                OpId op = known.get(random.nextInt(known.size()));
                replicas.get(who).receive(op, edits.get(op));
            }
        }

        void deliverEverything() {
            for (int who = 0; who < replicas.size(); who++) {
                while (hear(who)) {
                    hearAgain(who);
                }
            }
        }

        void assertEqual() {
            for (Replica replica : replicas) {
                assertThat(replica).hasToString(replicas.getFirst().toString());
                assertThat(replica.text().save()).isEqualTo(replicas.getFirst().text().save());
                assertThat(replica.text().clocks()).isEqualTo(replicas.getFirst().text().clocks());
            }
        }

        /** What is visible follows from the edits as sets, without any merge. */
        void assertNothingLostAndNothingReturned() {
            Set<CharId> written = new HashSet<>();
            Map<CharId, Set<OpId>> deleted = new HashMap<>();
            edits.forEach((op, edit) -> {
                for (long i = 0; i < edit.length(); i++) {
                    written.add(new CharId(edit.client(), edit.clock() + i));
                }
                edit.deletes().forEach(range -> each(range, id ->
                        deleted.computeIfAbsent(id, any -> new HashSet<>()).add(op)));
            });
            edits.values().forEach(edit -> edit.undeletes().forEach(undelete -> each(undelete.range(), id ->
                    deleted.getOrDefault(id, new HashSet<>()).remove(undelete.cancelled()))));
            Text text = replicas.getFirst().text();
            for (CharId id : written) {
                assertThat(text.positionOf(id).visible()).isEqualTo(deleted.getOrDefault(id, Set.of()).isEmpty());
            }
        }

        private static void each(DeleteRange range, Consumer<CharId> action) {
            for (long clock = range.clock(); clock < range.end(); clock++) {
                action.accept(new CharId(range.client(), clock));
            }
        }

        private static int boundary(String text, int position) {
            return Characters.splitsPair(text, position) ? position - 1 : position;
        }
    }
}
