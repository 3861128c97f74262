package dev.heph.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that shows the last figures between two marks; what stands around them is written by hand. */
record Report(Path page, String begin, String end) {
    /** @param figures which ones: {@code bench} or {@code tasks} */
    static Report of(String figures, Path page) {
        return new Report(page, "<!-- figures of " + figures + ": --report writes them -->\n", "<!-- end of the figures of " + figures + " -->\n");
    }

    void replace(String figures) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " has lost the marks between which the figures stand");
        }
        Files.writeString(page, text.substring(0, from + begin.length()) + "\n" + figures + "\n" + text.substring(to));
    }
}
