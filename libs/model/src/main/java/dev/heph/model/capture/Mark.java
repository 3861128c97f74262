package dev.heph.model.capture;

import dev.heph.model.date.Quoted;
import dev.heph.model.markdown.Extraction;
import dev.heph.model.node.Attention;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one word of a line may be, beside text. */
sealed interface Mark {
    /** {@code #tag}, {@code +tag}. */
    record Tag(String name) implements Mark {}

    /** {@code @project}. */
    record Project(String name) implements Mark {}

    /** {@code !red}, {@code red!}. */
    record Asks(Attention attention) implements Mark {}

    /** The mark that {@code word} is; empty when it is text. Throws {@link CaptureException} for an unknown {@code !mark}. */
    static Optional<Mark> of(String word) {
        String rest = word.substring(1);
        return switch (word.charAt(0)) {
            case '#' -> isName(rest) ? Optional.of(new Tag(rest)) : Optional.empty();
            case '+' -> isName(rest) && !Character.isDigit(rest.codePointAt(0)) ? Optional.of(new Tag(rest)) : Optional.empty();
            case '@' -> isName(rest) ? Optional.of(new Project(rest)) : Optional.empty();
            case '!' -> !rest.isEmpty() && Character.isLetterOrDigit(rest.codePointAt(0))
                    ? Optional.of(attention(rest).orElseThrow(() -> unknown(word)))
                    : Optional.empty();
            default -> word.endsWith("!") ? attention(word.substring(0, word.length() - 1)) : Optional.empty();
        };
    }

    /** Names follow the rule for tags in a text, so that whatever is captured can also be written there. */
    static boolean isName(String name) {
        return !name.startsWith("/") && !name.contains("//") && Extraction.of("#" + name).tags().equals(List.of(name));
    }

    private static Optional<Mark> attention(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return (lower.equals("later") ? Optional.of(Attention.BLUE) : Attention.of(lower)).map(Asks::new);
    }

    private static CaptureException unknown(String word) {
        return new CaptureException("%s is no mark. Known are !red, !orange, !white, !blue and !later; as text write \\ before it"
                .formatted(Quoted.of(word)));
    }
}
