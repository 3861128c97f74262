package dev.heph.simulator;

import dev.heph.model.checklist.Box;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.register.Field;
import dev.heph.store.db.Tx;
import dev.heph.store.doctor.Digest;
import dev.heph.store.replica.Rebuild;
import dev.heph.store.view.Views;
import dev.heph.store.view.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What must hold when all replicas have everything. */
final class Settled {
    private final List<Peer> peers;
    private final Ledger ledger;

    Settled(List<Peer> peers, Ledger ledger) {
        this.peers = peers;
        this.ledger = ledger;
    }

    void check(Dice dice) {
        peers.forEach(this::checkAcknowledged);
        List<Peer> newest = peers.stream().filter(peer -> peer.later() == Later.NOTHING).toList();
        checkSame(newest, dice);
        checkSame(peers.stream().filter(peer -> !newest.contains(peer)).toList(), dice);
        new Oracle(shuffled(dice.of(peers).log(), dice)).check(dice.of(newest));
        checkWords(dice.of(newest));
        checkOccurrences(dice.of(newest));
    }

    /** All of a version know the same. */
    private static void checkSame(List<Peer> some, Dice dice) {
        if (some.size() > 1) {
            Peer any = dice.of(some);
            Map<String, String> digest = digest(any);
            for (Peer peer : some) {
                List<String> different = different(digest, digest(peer));
                Broken.unless(different.isEmpty(), "%s and %s have all the same ops, and differ in: %s", any.name(), peer.name(), String.join(", ", different));
            }
        }
    }

    /** Also what was written anew under another id is there, and once. */
    private void checkAcknowledged(Peer peer) {
        Broken.unless(ledger.end(peer).equals(peer.end()), "%s was told that its ops up to %d are saved, and its log ends at %d",
                peer.name(), ledger.end(peer).seq(), peer.end().seq());
        Map<Id, Long> actions = peer.actions();
        ledger.acknowledged().forEach((action, count) -> Broken.unless(count.equals(actions.get(action)),
                "of the action %s, of which somebody was told that it is saved, %d ops are at %s, and should be %d", action, actions.getOrDefault(action, 0L), peer.name(), count));
    }

    /** The kinds of the conflicts that are open. */
    List<String> conflicts() {
        return peers.getFirst().tx().all("SELECT kind FROM conflicts WHERE space = 1", row -> row.getString(1));
    }

    private static Map<String, String> digest(Peer peer) {
        Words.catchUp(peer.tx());
        return Digest.of(peer.tx());
    }

    private static List<String> different(Map<String, String> one, Map<String, String> other) {
        return one.keySet().stream().filter(table -> !one.get(table).equals(other.get(table))).toList();
    }

    /** In another order in which each comes after those its author had seen. */
    private static List<Bundle> shuffled(List<Bundle> log, Dice dice) {
        List<Bundle> waiting = new ArrayList<>(log);
        List<Bundle> shuffled = new ArrayList<>();
        Map<DeviceId, Long> there = new HashMap<>();
        while (!waiting.isEmpty()) {
            int from = dice.upTo(waiting.size());
            int at = from;
            while (!isReady(waiting.get(at), there)) {
                at = (at + 1) % waiting.size();
                Broken.unless(at != from, "no bundle can come first of %s", waiting);
            }
            Bundle next = waiting.remove(at);
            there.put(next.header().device(), next.header().lastSeq());
            shuffled.add(next);
        }
        return shuffled;
    }

    private static boolean isReady(Bundle bundle, Map<DeviceId, Long> there) {
        return there.getOrDefault(bundle.header().device(), 0L) == bundle.header().firstSeq() - 1
                && bundle.header().heads().entrySet().stream().allMatch(head -> there.getOrDefault(head.getKey(), 0L) >= head.getValue().seq());
    }

    /** The words that people are asked about: what became of two edits of one place may have lost them. */
    private static Set<String> asked(Peer peer, Id text) {
        Set<String> asked = new TreeSet<>();
        peer.tx().all("SELECT s.value FROM sides s JOIN conflicts c ON c.space = s.space AND c.id = s.conflict"
                + " WHERE c.space = 1 AND c.kind = 'body' AND c.entity = ?", row -> ValueCodec.decode(row.getBytes(1)).asText().orElse(""), text)
                .forEach(side -> asked.addAll(Typed.in(side)));
        return asked;
    }

    /** Every word that somebody typed is there, unless somebody removed it. */
    private void checkWords(Peer peer) {
        Set<Id> actions = peer.actions().keySet();
        peer.look(facts -> {
            for (Id text : ledger.texts()) {
                String now = facts.text(text, Views.BODY).toString();
                Set<String> missing = new TreeSet<>(ledger.expected(text, actions));
                missing.removeAll(Typed.in(now));
                missing.removeAll(asked(peer, text));
                Broken.unless(missing.isEmpty(), "%s was typed into %s, nobody removed it, and it is not there: %s", Work.some(missing), text, NoteDeeds.shown(now));
            }
            return null;
        });
    }

    /** An occurrence is closed because somebody closed it, and its list is ticked because somebody ticked it there. */
    private void checkOccurrences(Peer peer) {
        peer.tx().all("SELECT id, state FROM occurrences WHERE space = 1 AND state IN ('done', 'skipped', 'dropped')", row -> {
            Id id = Id.of(row.getBytes(1));
            Broken.unless(ledger.wasClosed(id), "the occurrence %s is %s, and nobody closed it", id, row.getString(2));
            return id;
        });
        peer.tx().all("SELECT entity, field, value FROM tips WHERE space = 1 AND facet = ? AND field LIKE '%/%'", row -> {
            Id id = Id.of(row.getBytes(1));
            boolean ticked = ValueCodec.decode(row.getBytes(3)).asText().filter(Box::isDone).isPresent();
            Broken.unless(!ticked || ledger.wasTicked(id, row.getString(2)), "a box of %s is ticked in an occurrence in which nobody ticked it: %s",
                    id, new Field(Mark.FACET, row.getString(2)));
            return id;
        }, Mark.FACET);
    }

    /** Made anew from the log it is what it was. @param empty a database */
    void checkRebuild(Dice dice, Tx empty) {
        Peer peer = dice.of(peers);
        Rebuild.run(peer.tx(), empty, Peer.SPACE, Optional.of(peer.device()));
        List<String> different = different(digest(peer), Digest.of(empty));
        Broken.unless(different.isEmpty(), "%s rebuilt from its log differs in: %s", peer.name(), String.join(", ", different));
    }
}
