package dev.heph.store.replica;

import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.model.text.CharId;
import dev.heph.model.text.Splice;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextEdit;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** As which clients this device writes texts. */
record TextClients(Replica replica) {
    /** A save that changes more places than this is one edit. */
    private static final int MOST_APART = 32;

    /** This device's own, by which it takes back what was written: the end of its id. */
    long own() {
        return CharId.clientOf(replica.device());
    }

    /**
     * What makes {@code splices} of a text, each place an edit of its own, by a client that follows from what it does: two devices that make
     * the same edit of the same version, or take in the same change of the same file, write the same characters, so it comes in once.
     *
     * @param alone whether nobody else can have the node yet: then nobody can make the same edit of it
     * @param from the version that was edited
     * @param now the text with everything that has come since
     */
    List<TextEdit> edits(Id id, boolean alone, Text from, Text now, List<Splice> splices) {
        List<Splice> places = Splice.joined(splices);
        List<List<Splice>> parts = places.size() <= MOST_APART ? places.stream().map(List::of).toList() : List.of(places);
        return parts.stream()
                .map(part -> from.plan(own(), part))
                .filter(edit -> !edit.isEmpty())
                .map(edit -> as(alone ? fresh(now) : client(id, from, now, edit), edit))
                .toList();
    }

    private long client(Id id, Text from, Text now, TextEdit edit) {
        String does = id + " " + edit.runs() + edit.deletes();
        long client = Bytes32.sha256(does.getBytes(StandardCharsets.UTF_8)).a() & CharId.MAX_CLIENT;
        // Who had a version with these characters in it writes them anew: they were deleted there. So does who would not see them.
        return from.nextClock(client) == 0 && now.showsAllOf(client) ? client : fresh(now);
    }

    private static TextEdit as(long client, TextEdit edit) {
        return new TextEdit(client, 0, edit.runs(), edit.deletes(), edit.undeletes());
    }

    /** One that nobody has. */
    long fresh(Text text) {
        long client;
        do {
            client = replica.randomBits() & CharId.MAX_CLIENT;
        } while (text.nextClock(client) > 0);
        return client;
    }
}
