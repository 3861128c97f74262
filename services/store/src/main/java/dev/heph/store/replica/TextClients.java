package dev.heph.store.replica;

import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.model.text.CharId;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextEdit;
import java.nio.charset.StandardCharsets;

/** As which clients this device writes texts. */
record TextClients(Replica replica) {
    /** This device's own: the end of its id. */
    long own() {
        return replica.device().id().low() & CharId.MAX_CLIENT;
    }

    /** An edit of an old version may not continue this device's clocks, which went on since. */
    long fresh(Text text) {
        long client;
        do {
            client = replica.randomBits() & CharId.MAX_CLIENT;
        } while (text.nextClock(client) > 0);
        return client;
    }

    /**
     * An edit by a client that follows from what it does: two devices that take in the same change of the same file write the same
     * characters, so it comes in once.
     *
     * @param text with everything that has come since the edit's base
     */
    TextEdit sameEverywhere(Id id, Text text, TextEdit edit) {
        String does = id + " " + edit.runs() + edit.deletes();
        long client = Bytes32.sha256(does.getBytes(StandardCharsets.UTF_8)).a() & CharId.MAX_CLIENT;
        return new TextEdit(text.nextClock(client) == 0 ? client : fresh(text), 0, edit.runs(), edit.deletes(), edit.undeletes());
    }
}
