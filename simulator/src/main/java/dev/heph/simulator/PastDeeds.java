package dev.heph.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.store.command.TaskStates;
import dev.heph.store.history.Everything;
import dev.heph.store.history.NodeHistory;
import dev.heph.store.history.Restoration;
import dev.heph.store.history.Then;
import dev.heph.store.replica.Change;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What people do with the past: bring a note back to how it was, or everything. */
final class PastDeeds {
    void addTo(Map<Act, Deed> deeds) {
        deeds.put(Act.BRING_BACK, this::bringBack);
        deeds.put(Act.BRING_ALL_BACK, this::bringAllBack);
    }

    private void bringBack(Work work) {
        List<Id> any = work.tx().all("SELECT id FROM nodes WHERE space = 1 AND context = 0 AND kind IN ('doc', 'journal', 'project', 'tag', 'task') ORDER BY id",
                row -> Id.of(row.getBytes(1)));
        work.dice().pick(any, Id::low).ifPresent(id -> {
            int rows = history(work, id).page(1, Long.MAX_VALUE).path("total").asInt();
            if (rows == 0) {
                return; // the empty document of a task, which a version that knows no links takes for a note
            }
            Change change = work.peer().replica().change(work.tx());
            Then then = change.isTombstoned(id) && work.dice().oneIn(2) ? new Then.Undeleted() : new Then.Row(1 + work.dice().upTo(rows));
            work.say("brings %s back to %s of %d", work.title(id), then, rows);
            Restoration restoration = history(work, id).to(then);
            restoration.requireFreeNames(change);
            restoration.carryOut(change);
            Set<JsonNode> left = set(restoration.left());
            new TaskStates(change, work.peer().recurring()).followTicks();
            work.commit(change);
            if (then instanceof Then.Row) {
                Set<JsonNode> differing = set(history(work, id).to(then).changes());
                Broken.unless(left.containsAll(differing), "%s was brought back to %s, and differs: %s", work.title(id), then, differing);
            }
        });
    }

    /** To a moment at which somebody did something, but for the last. */
    private void bringAllBack(Work work) {
        List<Long> moments = work.peer().log().stream().map(Bundle::header).map(header -> header.hlc().millis()).distinct().sorted().toList();
        if (moments.size() < 2) {
            return;
        }
        long moment = moments.get(work.dice().upTo(moments.size() - 1));
        work.say("brings all back to %d", moment);
        Change change = work.peer().replica().change(work.tx());
        everything(work, moment).carryOut(change);
        work.commit(change);
        Everything again = everything(work, moment);
        Change nothing = work.peer().replica().change(work.tx());
        again.carryOut(nothing);
        Broken.unless(again.changes().isEmpty(), "all was brought back to %d, and differs: %s", moment, again.changes());
        nothing.backTo(0);
    }

    private static NodeHistory history(Work work, Id id) {
        return new NodeHistory(work.tx(), Peer.SPACE, id);
    }

    private static Everything everything(Work work, long moment) {
        return new Everything(work.tx(), Peer.SPACE, moment);
    }

    private static Set<JsonNode> set(Iterable<JsonNode> list) {
        Set<JsonNode> set = new HashSet<>();
        list.forEach(set::add);
        return set;
    }
}
