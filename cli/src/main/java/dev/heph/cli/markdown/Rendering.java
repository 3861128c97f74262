package dev.heph.cli.markdown;

import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;

/**
 * Markdown as a person reads it: on a terminal headings are bold, things to tick off ☐ or ☑, tables aligned, links underlined and to
 * be clicked (OSC 8), all of it wrapped at the width. Without colour there is no escape sequence, and the marks of emphasis and
 * links stay. In a pipe it is the text as it is.
 */
public final class Rendering {
    private static final String FENCE = "---";

    private final Terminal terminal;

    public Rendering(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @return whole lines; in a pipe what was given */
    public String of(String markdown) {
        if (!terminal.out() || markdown.isEmpty()) {
            return markdown;
        }
        List<String> lines = new ArrayList<>();
        int body = 0;
        String fields = frontMatter(markdown);
        if (!fields.isEmpty()) {
            fields.lines().map(line -> Style.DIM.on(terminal, Span.harmless(line))).forEach(lines::add);
            body = fields.length();
            lines.add("");
        }
        lines.addAll(Page.of(markdown.substring(body), terminal));
        return String.join("\n", lines).stripTrailing() + "\n";
    }

    /** The fields at the head of a note, with their fences; empty if it has none. */
    private static String frontMatter(String markdown) {
        int line = markdown.indexOf('\n');
        if (line < 0 || !markdown.substring(0, line).stripTrailing().equals(FENCE)) {
            return "";
        }
        while (line >= 0) {
            int next = markdown.indexOf('\n', line + 1);
            int end = next < 0 ? markdown.length() : next;
            if (markdown.substring(line + 1, end).stripTrailing().equals(FENCE)) {
                return markdown.substring(0, Math.min(end + 1, markdown.length()));
            }
            line = next;
        }
        return "";
    }
}
