package dev.heph.model.text;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One device with its copy of a text, for tests: it keeps every edit it knows, in the order in which it learnt them. */
final class Replica {
    final long client;
    private final DeviceId device;
    private long seq;
    private Text text = new Text();
    private final Map<OpId, TextEdit> known = new LinkedHashMap<>();

    Replica(long client) {
        this.client = client;
        this.device = device(client);
    }

    static DeviceId device(long number) {
        return new DeviceId(new Id(0, number));
    }

    static OpId op(long device, long seq) {
        return new OpId(device(device), seq);
    }

    Text text() {
        return text;
    }

    OpId nextOp() {
        return new OpId(device, ++seq);
    }

    /** Edits at one place; gives the op's id. */
    OpId splice(int position, int deleted, String inserted) {
        return edit(List.of(new Splice(position, deleted, inserted)));
    }

    OpId edit(List<Splice> splices) {
        OpId op = nextOp();
        known.put(op, text.edit(op, client, splices));
        return op;
    }

    /** Saves a whole body, as an editor does. */
    OpId write(String body) {
        return edit(BodyDiff.between(text.toString(), body));
    }

    /** Takes back what an op deleted, of all the characters its edit deleted. */
    OpId undelete(OpId cancelled) {
        List<Undelete> undeletes = new ArrayList<>();
        known.get(cancelled).deletes().forEach(range -> undeletes.add(new Undelete(cancelled, range)));
        OpId op = nextOp();
        TextEdit edit = new TextEdit(client, text.nextClock(client), List.of(), List.of(), undeletes);
        text.apply(op, edit);
        known.put(op, edit);
        return op;
    }

    TextEdit edit(OpId op) {
        return known.get(op);
    }

    List<OpId> ops() {
        return List.copyOf(known.keySet());
    }

    void receive(OpId op, TextEdit edit) {
        text.apply(op, edit);
        known.put(op, edit);
    }

    /** Learns everything that the other one knows. */
    void pull(Replica other) {
        other.known.forEach((op, edit) -> {
            if (!known.containsKey(op)) {
                receive(op, edit);
            }
        });
    }

    void meet(Replica other) {
        pull(other);
        other.pull(this);
    }

    /** Stops and starts again from what it saved. */
    void restart() {
        text = Text.load(text.save());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
