package dev.heph.model.markdown;

import dev.heph.model.markdown.LinkRef.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the front matter of a body, and the links in it. */
final class FrontMatterReader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int LONGEST_YAML = 256 * 1024;
    private static final Pattern FENCE = Pattern.compile("---[ \\t]*");
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

    private FrontMatterReader() {}

    static FrontMatter read(String body) {
        int start = !body.isEmpty() && body.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        if (!body.startsWith("---", start)) {
            return FrontMatter.NONE;
        }
        Matcher lineEnd = LINE_END.matcher(body);
        if (!lineEnd.find() || !isFence(body, start, lineEnd.start())) {
            return FrontMatter.NONE;
        }
        int first = lineEnd.end();
        int line = first;
        while (line < body.length()) {
            boolean last = !lineEnd.find();
            int end = last ? body.length() : lineEnd.start();
            if (isFence(body, line, end)) {
                return yaml(body.substring(first, line), last ? end : lineEnd.end());
            }
            line = last ? body.length() : lineEnd.end();
        }
        return FrontMatter.NONE;
    }

    private static boolean isFence(String body, int from, int to) {
        return body.startsWith("---", from) && FENCE.matcher(body).region(from, to).matches();
    }

    private static FrontMatter yaml(String yaml, int end) {
        if (yaml.length() > LONGEST_YAML) {
            String problem = "the front matter has more than " + LONGEST_YAML / 1024 + " KB and was not read";
            return new FrontMatter(end, List.of(), List.of(), Optional.empty(), Optional.of(problem));
        }
        return Properties.of(yaml, end);
    }

    /** Wiki links in values, quoted or not, also where the YAML is broken; not in YAML's comments. */
    static void links(String body, int end, Findings findings) {
        if (body.lastIndexOf("[[", end) < 0) {
            return;
        }
        Matcher lineEnd = LINE_END.matcher(body).region(0, end);
        int line = 0;
        while (lineEnd.find()) {
            links(Passage.ofLine(body, line, lineEnd.start()), findings);
            line = lineEnd.end();
        }
    }

    private static void links(Passage line, Findings findings) {
        String text = line.text();
        if (text.stripLeading().startsWith("#")) {
            return;
        }
        CodeSpans code = new CodeSpans(text);
        HtmlTags tags = new HtmlTags(text, false);
        int at = text.indexOf("[[");
        while (at >= 0) {
            int end = WikiLink.end(text, at, code, tags);
            if (end != WikiLink.NONE) {
                boolean bang = at > 0 && text.charAt(at - 1) == '!';
                findings.add(WikiLink.read(bang ? Kind.EMBED : Kind.WIKI, text.substring(at + 2, end - 2),
                        line.source(bang ? at - 1 : at), line.source(end - 1) + 1, line.lineStart(at)));
            }
            at = text.indexOf("[[", end == WikiLink.NONE ? at + 1 : end);
        }
    }
}
