package dev.heph.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that shows the last figures between two marks; what stands around them is written by hand. */
record Report(Path page) {
    private static final String BEGIN = "<!-- figures: bench/run --report writes them -->\n";
    private static final String END = "<!-- end of the figures -->\n";

    static Report in(Path page) {
        return new Report(page);
    }

    void replace(String figures) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new IOException(page + " has lost the marks between which the figures stand");
        }
        Files.writeString(page, text.substring(0, from + BEGIN.length()) + "\n" + figures + "\n" + text.substring(to));
    }
}
