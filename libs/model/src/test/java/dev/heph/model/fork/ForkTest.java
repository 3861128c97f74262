package dev.heph.model.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Action;
import dev.heph.model.op.Author;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Devices;
import dev.heph.model.op.Head;
import dev.heph.model.op.Header;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.LaterOps;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Segment;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.CharId;
import dev.heph.model.text.DeleteRange;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.Undelete;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What was written since two devices went apart under one id says the same under another. */
class ForkTest {
    private static final DeviceKey SHARED = Devices.key("shared");
    private static final DeviceKey OWN = Devices.key("own");
    private static final DeviceId OTHER = Devices.device("other");
    private static final Id NODE = new Id(1, 1);
    private static final Op.Link LINK = new Op.Link(NODE, "t", NODE, Optional.empty());
    private static final Op.DeviceEnrol ENROL = new Op.DeviceEnrol(OWN.publicKey(), "laptop");
    private static final Head COMMON = new Head(10, Bytes32.sha256(new byte[] {1}));

    private final Author author = new Author(Header.PERSONAL, SHARED.device(), COMMON);
    private final List<Bundle> since = new ArrayList<>();

    private static OpId shared(long seq) {
        return new OpId(SHARED.device(), seq);
    }

    private static OpId own(long seq) {
        return new OpId(OWN.device(), seq);
    }

    private void wrote(long millis, SortedMap<DeviceId, Head> heads, Op... ops) {
        since.addAll(author.write(new Hlc(millis, 0), new Action(new Id(9, millis), 0, true), heads, List.of(ops)));
    }

    private static Fork.Known knowing(long last) {
        return new Fork.Known() {
            @Override
            public long last(Id entity, String text) {
                return last;
            }

            @Override
            public Op.NodeSet renamed(Op.NodeSet set, Fork names) {
                return set;
            }
        };
    }

    private List<Bundle> chain(SortedMap<DeviceId, Head> seen) {
        List<Bundle> chain = new Fork(SHARED.device(), OWN.device(), since, knowing(4)).chain(ENROL, seen, new Hlc(99, 0));
        Segment.sign(chain, OWN).verify(Head.START, OWN.publicKey());
        return chain;
    }

    private List<Op> renamed(Op... ops) {
        wrote(1, Collections.emptySortedMap(), ops);
        List<Op> all = chain(Collections.emptySortedMap()).stream().flatMap(bundle -> bundle.ops().stream()).toList();
        assertThat(all.getFirst()).isEqualTo(ENROL);
        return all.subList(1, all.size());
    }

    @Test
    void whatAnOpHasSeenIsRenamedIfItWasWrittenSince() {
        List<OpId> seen = List.of(shared(10), shared(11), new OpId(OTHER, 11));
        List<OpId> now = List.of(shared(10), own(2), new OpId(OTHER, 11));
        assertThat(renamed(new Op.NodeSet(NODE, Field.TITLE, Value.text("a"), seen), new Op.LinkRemove(LINK, seen), new Op.Restore(NODE, seen)))
                .containsExactly(new Op.NodeSet(NODE, Field.TITLE, Value.text("a"), now), new Op.LinkRemove(LINK, now), new Op.Restore(NODE, now));
    }

    @Test
    void whatAnEditTakesBackIsRenamed() {
        DeleteRange range = new DeleteRange(5, 0, 1);
        TextEdit back = new TextEdit(5, 1, List.of(), List.of(), List.of(new Undelete(shared(3), range), new Undelete(shared(11), range)));
        assertThat(renamed(new Op.Tombstone(NODE), new Op.TextChange(NODE, "body", back, Optional.empty())).getLast())
                .isEqualTo(new Op.TextChange(NODE, "body", new TextEdit(5, 1, List.of(), List.of(),
                        List.of(new Undelete(shared(3), range), new Undelete(own(2), range))), Optional.empty()));
    }

    /** Its client is its author's id, by which others know what it takes back ("taking back" in docs/design/merge.md). */
    @Test
    void whatTakesBackDoesSoUnderTheNewId() {
        List<DeleteRange> all = List.of(new DeleteRange(5, 0, 1));
        Op byUndo = new Op.TextChange(NODE, "body", new TextEdit(CharId.clientOf(SHARED.device()), 3, List.of(), all, List.of()), Optional.empty());
        Op byHand = new Op.TextChange(NODE, "body", new TextEdit(77, 3, List.of(), all, List.of()), Optional.empty());
        assertThat(renamed(byUndo, byHand)).containsExactly(
                new Op.TextChange(NODE, "body", new TextEdit(CharId.clientOf(OWN.device()), 3, List.of(), all, List.of()), Optional.empty()), byHand);
    }

    @Test
    void aVersionThatEndsWithRenamedOpsEndsWithTheLastSharedOneToo() {
        wrote(1, Collections.emptySortedMap(), new Op.Tombstone(NODE), new Op.Tombstone(NODE));
        Fork fork = new Fork(SHARED.device(), OWN.device(), since, knowing(4));
        Version other = Version.EMPTY.with(new OpId(OTHER, 7));
        assertThat(fork.renamed(NODE, "body", other.with(shared(12)))).isEqualTo(other.with(shared(4)).with(own(3)));
        assertThat(fork.renamed(NODE, "body", other.with(shared(9)))).isEqualTo(other.with(shared(9)));
        assertThat(new Fork(SHARED.device(), OWN.device(), since, knowing(0)).renamed(NODE, "body", other.with(shared(11))))
                .isEqualTo(other.with(own(2)));
    }

    @Test
    void stampsActionsAndWhatWasSeenOfOthersStayWithTheirBundles() {
        SortedMap<DeviceId, Head> heads = new TreeMap<>();
        heads.put(OTHER, new Head(3, Bytes32.sha256(new byte[] {2})));
        wrote(1, Collections.emptySortedMap(), new Op.Tombstone(NODE));
        wrote(2, heads, new Op.Tombstone(NODE), new Op.LinkAdd(LINK));
        SortedMap<DeviceId, Head> before = new TreeMap<>();
        before.put(SHARED.device(), COMMON);
        List<Bundle> chain = chain(before);
        assertThat(chain).extracting(bundle -> bundle.header().heads()).containsExactly(before, Collections.emptySortedMap(), heads);
        assertThat(chain).extracting(bundle -> bundle.header().hlc()).containsExactly(new Hlc(1, 0), new Hlc(1, 0), new Hlc(2, 0));
        assertThat(chain.subList(1, 3)).extracting(bundle -> bundle.header().action()).containsExactlyElementsOf(
                since.stream().map(bundle -> bundle.header().action()).toList());
    }

    @Test
    void theIntroductionOfTheOldIdIsLeftOutAndWhatItSawGoesOn() {
        SortedMap<DeviceId, Head> heads = new TreeMap<>();
        heads.put(OTHER, new Head(3, Bytes32.sha256(new byte[] {2})));
        wrote(1, heads, new Op.DeviceEnrol(SHARED.publicKey(), "laptop"));
        wrote(2, Collections.emptySortedMap(), new Op.Tombstone(NODE));
        List<Bundle> chain = chain(Collections.emptySortedMap());
        assertThat(chain).hasSize(2);
        assertThat(chain.getLast().header().heads()).isEqualTo(heads);
        assertThat(chain.getLast().opId(0)).isEqualTo(own(2));
    }

    @Test
    void nothingWrittenSinceIsAnIntroductionAlone() {
        List<Bundle> chain = chain(Collections.emptySortedMap());
        assertThat(chain).singleElement().satisfies(bundle -> {
            assertThat(bundle.ops()).containsExactly(ENROL);
            assertThat(bundle.header().hlc()).isEqualTo(new Hlc(99, 0));
        });
    }

    @Test
    void aBundleThatGrowsTooLargeIsTwoOfItsAction() {
        List<OpId> seen = new ArrayList<>();
        for (int at = 0; at < 60_000; at++) {
            seen.add(shared(1 + at % 10)); // one byte each as the own device's, 20 as another's
        }
        Op large = new Op.Restore(NODE, seen.subList(0, 50_000));
        wrote(1, Collections.emptySortedMap(), large, large);
        assertThat(since).hasSize(1);
        List<Bundle> chain = chain(Collections.emptySortedMap());
        assertThat(chain.subList(1, chain.size())).extracting(bundle -> bundle.header().action().index(), bundle -> bundle.header().action().last())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(0, false), org.assertj.core.groups.Tuple.tuple(1, true));
    }

    /** For ever the same: copies of different versions of heph write the same bytes. */
    @Test
    void theBytesFollowFromWhatWasWrittenAlone() {
        wrote(1, Collections.emptySortedMap(), new Op.NodeSet(NODE, Field.TITLE, Value.text("a"), List.of(shared(10))), new Op.LogAppend(NODE, "b"));
        wrote(2, Collections.emptySortedMap(), new Op.Restore(NODE, List.of(shared(11))));
        SortedMap<DeviceId, Head> before = new TreeMap<>();
        before.put(SHARED.device(), COMMON);
        assertThat(chain(before).getLast().chain()).hasToString("73adbac7c8d799c1c3b11f71adb4fd731ab1f8d148983364da158702063caec6");
    }

    @Test
    void whatNobodyHereKnowsIsNotRenamed() {
        assertThatThrownBy(() -> new Fork(SHARED.device(), OWN.device(), List.of(LaterOps.bundle(SHARED.device())), knowing(0))
                .chain(ENROL, Collections.emptySortedMap(), new Hlc(1, 0))).hasMessageContaining("newer heph");
    }
}
