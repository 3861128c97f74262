package dev.heph.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Texts beside the CRDTs of npm, on recorded sessions and on a long note. Files among the arguments are sessions by one person; without any
 * those beside the checkout are taken. {@code --report} writes the table to docs/benchmarks.md as well.
 */
public final class TextBench {
    private static final long SEED = 20_261_121;
    private static final int NOTE = 100_000;
    private static final int SAVES = 1_000;
    private static final List<String> PEERS = List.of("yjs", "loro", "automerge");

    private final Table table = Table.of(PEERS);
    private final List<Session> sessions = new ArrayList<>();
    private final List<List<TextFigures>> peers = new ArrayList<>();

    private TextBench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = Arrays.asList(arguments);
        Workplace place = Workplace.open("texts");
        Machine before = Machine.now(place.checkout());
        List<Path> files = given.stream().filter(argument -> !argument.startsWith("--")).map(Path::of).toList();
        new TextBench().run(place, files.isEmpty() ? recorded(place.checkout().resolve("../shared/data/traces")) : files, before, given);
    }

    private static List<Path> recorded(Path directory) throws Exception {
        if (!Files.isDirectory(directory)) {
            System.err.println("bench: no recorded sessions in " + directory.normalize() + "; only the note is measured");
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json.gz")).sorted().toList();
        }
    }

    private void run(Workplace place, List<Path> files, Machine before, List<String> given) throws Exception {
        for (Path file : files) {
            Trace trace = TraceFile.read(file);
            if (trace.concurrent()) {
                System.err.println("bench: " + file.getFileName() + " is by several at once; bench/replay-trace takes it");
            } else {
                sessions.add(Session.of(file.getFileName().toString().replaceFirst("\\..*", ""), trace));
            }
        }
        sessions.add(Session.note(SEED, NOTE, SAVES));
        List<Path> written = new ArrayList<>();
        for (Session session : sessions) {
            written.add(session.write(place.file(written.size() + ".json")));
        }
        for (String peer : PEERS) {
            List<TextFigures> figures = TextFigures.ofPeer(place.checkout().resolve("bench/peers"), peer, written);
            if (figures.size() < sessions.size()) {
                System.err.println("bench: nothing to compare with from " + peer + "; Node.js and bench/peers/install bring it");
            }
            peers.add(figures);
        }
        for (int at = 0; at < sessions.size(); at++) {
            lines(at, TextFigures.ofHeph(sessions.get(at)), at == sessions.size() - 1);
        }
        Report.give("texts", place.checkout(), before, ", npm yjs 13.6.33, loro-crdt 1.17.1, @automerge/automerge 3.5.0", table, given);
    }

    private void lines(int session, TextFigures heph, boolean note) {
        String name = sessions.get(session).name() + ": ";
        String what = note ? "%,d KB typed, %,d saves".formatted(NOTE / 1_000, SAVES) : "%,d changes".formatted(sessions.get(session).splices().size());
        long yjs = peers.getFirst().size() > session ? peers.getFirst().get(session).replay() : 0;
        line(session, name + what, note || yjs == 0 ? "" : "< yjs", heph.replay() < yjs, heph, TextFigures::replay, Samples::words);
        line(session, name + "save", "", true, heph, TextFigures::save, Samples::words);
        line(session, name + "load", note ? "" : "≤ 10 ms", heph.load() <= 10_000_000, heph, TextFigures::load, Samples::words);
        line(session, name + "size", "", true, heph, TextFigures::size, TextBench::bytes);
        if (note) {
            line(session, name + "load, one edit, save", "≤ 5 ms", heph.cycle() <= 5_000_000, heph, TextFigures::cycle, Samples::words);
            line(session, name + "a keystroke", "≤ 30 bytes", heph.keystroke() <= 30, heph, TextFigures::keystroke, TextBench::bytes);
        }
    }

    private interface Words {
        String of(long number);
    }

    private void line(int session, String what, String goal, boolean met, TextFigures heph, ToLongFunction<TextFigures> figure, Words words) {
        List<String> beside = peers.stream()
                .map(peer -> session < peer.size() ? words.of(figure.applyAsLong(peer.get(session))) : "")
                .toList();
        table.beside(what, goal, met, words.of(figure.applyAsLong(heph)), beside);
    }

    private static String bytes(long bytes) {
        return bytes < 10_000 ? bytes + " B" : String.format(Locale.ROOT, "%,d KB", bytes / 1_000);
    }
}
