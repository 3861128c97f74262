package dev.heph.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page that shows the last figures between two marks; what stands around them is written by hand. */
record Report(Path page, String begin, String end) {
    /** @param figures which ones: {@code bench}, {@code notes} or {@code tasks} */
    private static Report of(String figures, Path page) {
        return new Report(page, "<!-- figures of " + figures + ": --report writes them -->\n", "<!-- end of the figures of " + figures + " -->\n");
    }

    /** Prints a table with the machine it was measured on; with {@code --report} among the arguments writes it to docs/benchmarks.md too. */
    static void give(String figures, Path checkout, Machine before, String peer, Table table, List<String> arguments) throws IOException {
        String text = before.words() + peer + "; load " + before.load() + " before, " + Machine.now(checkout).load() + " after.\n\n" + table.markdown();
        System.out.println(text);
        if (arguments.contains("--report")) {
            of(figures, checkout.resolve("docs/benchmarks.md")).replace(text);
        }
    }

    private void replace(String figures) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " has lost the marks between which the figures stand");
        }
        Files.writeString(page, text.substring(0, from + begin.length()) + "\n" + figures + "\n" + text.substring(to));
    }
}
