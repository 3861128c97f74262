package dev.heph.model.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Head;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * Replicas that hold the same bundles hold the same facts, in whatever order the bundles came, and these facts are those that
 * the rules name. Few nodes, fields and characters, and clocks that disagree, so that nearly everything is a race.
 */
class ConvergenceTest {
    private static final List<Id> NODES = List.of(new Id(1, 1), new Id(2, 2), new Id(3, 3));
    private static final List<Field> FIELDS = List.of(Field.TITLE, Field.STATE, Field.PARENT);

    enum Doing { CREATE, SET, EDIT, ALIKE, TAKE_BACK, LINK, UNLINK, DELETE, RESTORE, LOG, REVOKE, PULL, CLOCK }

    /** One replica does one thing; {@code a} and {@code b} choose what exactly. */
    record Step(int replica, Doing doing, int a, int b) {}

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void sameBundlesSameFactsWhateverTheOrder(@ForAll("histories") List<Step> history,
            @ForAll @IntRange(min = 2, max = 4) int count, @ForAll Random random) {
        List<Replica> replicas = replicas(count);
        history.forEach(step -> act(replicas, step));

        Set<Bundle> all = new LinkedHashSet<>();
        replicas.forEach(replica -> all.addAll(replica.log()));
        List<Replica> readers = List.of(new Replica("reader 1"), new Replica("reader 2"));
        for (Replica replica : concat(replicas, readers)) {
            List<Bundle> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, random);
            shuffled.forEach(replica::receive);
            assertThat(replica.isWaiting()).isFalse();
            assertThat(replica.log()).containsExactlyInAnyOrderElementsOf(all);
        }

        String facts = replicas.getFirst().facts().toString();
        Set<OpId> unapplied = Set.copyOf(replicas.getFirst().unapplied());
        for (Replica replica : concat(replicas, readers)) {
            assertThat(replica.facts()).hasToString(facts);
            NODES.forEach(node -> assertThat(replica.facts().text(node, "body").save())
                    .isEqualTo(replicas.getFirst().facts().text(node, "body").save()));
            assertThat(replica.unapplied()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(unapplied);
        }
        Expected.of(readers.getFirst().log()).check(replicas.getFirst().facts());
        if (history.stream().noneMatch(step -> step.doing() == Doing.REVOKE)) {
            assertThat(unapplied).isEmpty();
        }
    }

    /** A bundle is applied once: the log knows by (device, seq) what it has. That is where "twice = once" is kept. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void twiceIsOnce(@ForAll("histories") List<Step> history, @ForAll Random random) {
        List<Replica> replicas = replicas(2);
        history.forEach(step -> act(replicas, step));
        Replica.exchange(replicas.toArray(Replica[]::new));

        Replica once = new Replica("once");
        once.pull(replicas.getFirst());
        Replica often = new Replica("often");
        List<Bundle> repeated = new ArrayList<>(replicas.getFirst().log());
        repeated.addAll(replicas.getLast().log());
        repeated.addAll(repeated);
        Collections.shuffle(repeated, random);
        repeated.forEach(often::receive);

        assertThat(often.facts()).hasToString(once.facts().toString());
        assertThat(often.log()).hasSameSizeAs(once.log());
    }

    /** What a rebuild from the log relies on: the facts are a function of the log alone. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void replayingALogGivesItsFacts(@ForAll("histories") List<Step> history) {
        List<Replica> replicas = replicas(3);
        history.forEach(step -> act(replicas, step));
        for (Replica replica : replicas) {
            MemoryFacts rebuilt = Replica.anew(replica.log(), new ArrayList<>());
            assertThat(rebuilt).hasToString(replica.facts().toString());
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Doing> doings = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Doing.SET)),
                Tuple.of(4, Arbitraries.just(Doing.EDIT)),
                Tuple.of(3, Arbitraries.just(Doing.PULL)),
                Tuple.of(2, Arbitraries.of(Doing.ALIKE, Doing.TAKE_BACK)),
                Tuple.of(8, Arbitraries.of(Doing.class)));
        return Combinators.combine(Arbitraries.integers().between(0, 3), doings, Arbitraries.integers().between(0, 11),
                        Arbitraries.integers().between(0, 20))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    private static List<Replica> replicas(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Replica("replica " + i)).toList();
    }

    private static List<Replica> concat(List<Replica> some, List<Replica> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static void act(List<Replica> replicas, Step step) {
        Replica replica = replicas.get(step.replica() % replicas.size());
        Id node = NODES.get(step.a() % NODES.size());
        Op.Link link = new Op.Link(node, "blocks", NODES.get(step.b() % NODES.size()), Optional.empty());
        Field field = FIELDS.get(step.b() % FIELDS.size());
        switch (step.doing()) {
            case CREATE -> replica.create(node,
                    Map.of(Field.KIND, Value.text("doc"), Field.TITLE, Value.text("made " + step.b() % 2)));
            case SET -> replica.set(node, field, Value.text("value " + step.b() % 4));
            case EDIT -> edit(replica, node, step.b());
            case ALIKE -> alike(replica, node, step.b() % 3);
            case TAKE_BACK -> takeBack(replica, node, step.b() % 3);
            case LINK -> replica.link(link);
            case UNLINK -> replica.unlink(link);
            case DELETE -> replica.delete(node);
            case RESTORE -> replica.restore(node);
            case LOG -> replica.write(new Op.LogAppend(node, "entry " + step.b()));
            case REVOKE -> replica.write(new Op.DeviceRevoke(replicas.getFirst().device(),
                    new Head(step.b() + 1, replica.log().isEmpty() ? Head.START.chain() : replica.log().getLast().chain())));
            case PULL -> replica.pull(replicas.get(step.b() % replicas.size()));
            case CLOCK -> replica.wallClock(1_000 + step.b() % 3);
        }
    }

    /** Who has these characters already, or had them, writes others. */
    private static void alike(Replica replica, Id node, long client) {
        if (replica.facts().text(node, "body").nextClock(client) == 0) {
            replica.alike(node, client, "alike " + client);
        }
    }

    private static void takeBack(Replica replica, Id node, long client) {
        long length = replica.facts().text(node, "body").nextClock(client);
        if (length > 0) {
            replica.takeBack(node, client, length);
        }
    }

    private static void edit(Replica replica, Id node, int choice) {
        int length = replica.body(node).length();
        int position = length == 0 ? 0 : choice % (length + 1);
        int deleted = Math.min(choice % 3, length - position);
        replica.edit(node, position, deleted, List.of("a", "bc", "d\n").get(choice % 3));
    }
}
