package dev.heph.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.text.Splice;
import dev.heph.model.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What one person typed, ready for any text library: every change a splice in UTF-16 units.
 *
 * @param end the text after all of them
 */
record Session(String name, List<Splice> splices, String end) {
    /** A trace by one person. */
    static Session of(String name, Trace trace) {
        Text text = new Text();
        List<Splice> splices = new ArrayList<>();
        if (!trace.start().isEmpty()) {
            splices.add(new Splice(0, 0, trace.start()));
            text.splice(op(1), 1, 0, 0, trace.start());
        }
        trace.txns().forEach(txn -> txn.patches().forEach(patch -> {
            int from = text.unitsOf(patch.position());
            Splice splice = new Splice(from, text.unitsOf(patch.position() + patch.deleted()) - from, patch.inserted());
            text.splice(op(1), 1, from, splice.deleted(), splice.inserted());
            splices.add(splice);
        }));
        return new Session(name, splices, trace.end());
    }

    /** A long note in which a word was replaced a thousand times, each saved by itself. */
    static Session note(long seed, int length, int saves) {
        Random random = new Random(seed);
        Words words = new Words(random, 5_000);
        StringBuilder body = new StringBuilder();
        while (body.length() < length) {
            body.append(words.any(random)).append(random.nextInt(12) == 0 ? "\n" : " ");
        }
        List<Splice> splices = new ArrayList<>(List.of(new Splice(0, 0, body.toString())));
        for (int save = 0; save < saves; save++) {
            int from = random.nextInt(body.length() - 10);
            Splice splice = new Splice(from, 5, words.any(random) + " ");
            body.replace(from, from + 5, splice.inserted());
            splices.add(splice);
        }
        return new Session("a note", splices, body.toString());
    }

    /** Where the first line begins that begins behind this share of the end; edits go from there to the front, so that it stays right. */
    int lineAt(double share) {
        return end.indexOf('\n', (int) (end.length() * share)) + 1;
    }

    static OpId op(long seq) {
        return new OpId(new DeviceId(new Id(0, 1)), seq);
    }

    /** The form that {@code bench/peers/texts.mjs} reads. */
    Path write(Path file) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("end", end);
            json.writeArrayFieldStart("patches");
            for (Splice splice : splices) {
                json.writeStartArray();
                json.writeNumber(splice.position());
                json.writeNumber(splice.deleted());
                json.writeString(splice.inserted());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return file;
    }
}
