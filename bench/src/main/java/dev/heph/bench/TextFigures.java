package dev.heph.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.heph.model.text.Splice;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.TextEditCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one library needs for one session: medians, times in nanoseconds, sizes in bytes.
 *
 * @param cycle     load, one edit, save
 * @param keystroke what one typed letter sends to others
 */
record TextFigures(long replay, long save, long load, long cycle, long size, long keystroke) {
    private static final int ROUNDS = 5;
    private static final int CYCLES = 200;
    private static final int WARM_UP = 20;
    private static final int KEYSTROKES = 100;

    /** A client as devices have them: 53 bits, none of them spared. */
    private static final long CLIENT = (1L << 53) - 987_654_321;

    /** heph itself: every splice an op of its own. */
    static TextFigures ofHeph(Session session) throws Exception {
        Text[] text = new Text[1];
        byte[][] saved = new byte[1][];
        Samples replay = Samples.of(2, ROUNDS, round -> {
            text[0] = new Text();
            for (int at = 0; at < session.splices().size(); at++) {
                Splice splice = session.splices().get(at);
                text[0].splice(Session.op(at + 1), CLIENT, splice.position(), splice.deleted(), splice.inserted());
            }
        });
        Samples save = Samples.of(2, ROUNDS, round -> saved[0] = text[0].save());
        Samples load = Samples.of(2, ROUNDS, round -> Text.load(saved[0]).toString());
        if (!Text.load(saved[0]).toString().equals(session.end())) {
            throw new IllegalStateException("heph does not end " + session.name() + " as it was recorded");
        }
        long size = saved[0].length;
        long[] ops = {session.splices().size()};
        Samples cycle = Samples.of(WARM_UP, CYCLES, round -> {
            Text loaded = Text.load(saved[0]);
            loaded.splice(Session.op(++ops[0]), CLIENT, session.lineAt(1 - (round + WARM_UP + 1.0) / (CYCLES + WARM_UP)), 0, "z");
            saved[0] = loaded.save();
        });
        long[] keystrokes = new long[KEYSTROKES];
        for (int key = 0; key < KEYSTROKES; key++) {
            TextEdit edit = text[0].splice(Session.op(++ops[0]), CLIENT, session.lineAt(1 - (key + 1.0) / KEYSTROKES), 0, "y");
            keystrokes[key] = TextEditCodec.write(edit).length;
        }
        Arrays.sort(keystrokes);
        return new TextFigures(replay.median(), save.median(), load.median(), cycle.median(), size, keystrokes[KEYSTROKES / 2]);
    }

    /** A library of npm, for each of the sessions; empty where Node.js or the library is missing. */
    static List<TextFigures> ofPeer(Path peers, String library, List<Path> sessions) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", "--max-old-space-size=4096", peers.resolve("texts.mjs").toString(), library));
        sessions.forEach(session -> command.add(session.toString()));
        List<TextFigures> figures = new ArrayList<>();
        try {
            Process node = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            for (String line = node.inputReader().readLine(); line != null; line = node.inputReader().readLine()) {
                figures.add(read(library, line));
            }
            return node.waitFor() == 0 ? figures : List.of();
        } catch (IOException noNode) {
            return List.of();
        }
    }

    private static TextFigures read(String library, String line) throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                numbers.put(name, json.nextToken() == JsonToken.VALUE_TRUE ? 1 : json.getValueAsLong());
            }
        }
        if (numbers.get("equal") != 1) {
            System.err.println("bench: " + library + " does not end a session as it was recorded");
        }
        return new TextFigures(numbers.get("replay"), numbers.get("save"), numbers.get("load"), numbers.get("cycle"), numbers.get("size"),
                numbers.get("keystroke"));
    }
}
