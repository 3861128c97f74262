package dev.heph.model.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text made to be slow or to exhaust the stack. Each takes well under a second; what is quadratic takes minutes at
 * this size, so the limit can be generous. Every body is read in a thread with a stack of 256 KB.
 */
class HostileMarkdownTest {
    private static final int TIMES = 200_000;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long STACK_BYTES = 256 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {
        "[", "[[", "[[a", "![", "[a](", "[a](b \"", "[a](<b", "[a][", "[x]: y.md\n", "[a\n", "[[a]] b\n", "[a]: b\n\"", "[[a`b\n", "|[a]|\n|-|\n",
        "> ", "- ", "1. ", "- [ ] a\n", "* ", "*a **b [", "`a``[ ", "[<a ", "[<a b=\"", "[<a b='\" c=\"' ", "[<!-- ", "[<? ", "[<!A ", "<![CDATA[[ ",
        "</a [", "#", "# ", " #a", "a\n===\n", "```\n[\n", "~~~[\n", "://[", "\\[", "[[x]]", "<script>\n[[a]]\n", "<div>\n[[a]]\n", "\u0000[", "[^1]: [[a]]\n",
        "![![a](x.md)](", "[a] b: c\n-", "2024-11-21 [x] log\n",
    })
    void repeatedPiecesTakeLinearTime(String piece) throws Exception {
        assertThat(read(piece.repeat(TIMES)).frontMatter().end()).isZero();
    }

    @Test
    void bracketsWithinBracketsWithinBrackets() throws Exception {
        assertThat(read("![".repeat(TIMES) + "](x.md)".repeat(TIMES)).links()).hasSize(TIMES);
        assertThat(read("[".repeat(TIMES) + "a" + "]".repeat(TIMES)).links()).hasSize(1);
    }

    @Test
    void deepContainersKeepTheirText() throws Exception {
        assertThat(read("> ".repeat(TIMES) + "[[a]]").links()).hasSize(1);
        assertThat(read("- ".repeat(TIMES) + "[[a]]").links()).hasSize(1);
        assertThat(read(("> ".repeat(500) + "[[a]]\n").repeat(400)).links()).hasSize(400);
    }

    @Test
    void deepListsBeforeManyBlankLines() throws Exception {
        assertThat(read("- ".repeat(200) + "[[a]]\n" + "\n".repeat(TIMES)).links()).hasSize(1);
    }

    @Test
    void attributesWithoutEnd() throws Exception {
        assertThat(read("<a" + " b".repeat(TIMES) + "\n[[a]]").links()).hasSize(1);
        assertThat(read("<a" + " b=\"c\"".repeat(TIMES) + ">\n[[a]]").links()).hasSize(1);
    }

    @Test
    void backticksOfEveryLength() throws Exception {
        StringBuilder body = new StringBuilder();
        for (int length = 1; length < 1_000; length++) {
            body.append("`".repeat(length)).append(" [[a]] ");
        }
        assertThat(read(body.toString()).links()).hasSize(999);
    }

    @Test
    void tenMegabytesInOneLine() throws Exception {
        assertThat(read("word [[a]] ".repeat(950_000)).links()).hasSize(950_000);
    }

    @Test
    void aLongParagraphLosesNothingWhereItIsDivided() throws Exception {
        Extraction extraction = read("- [ ] x\n" + "  12 [[a]] #t\n".repeat(5_000) + "\n# [[b]]\n");
        assertThat(extraction.links()).hasSize(5_001);
        assertThat(extraction.headings()).hasSize(1);
        assertThat(read("> 1 [[a]]\n" + "2 [[a]]\n".repeat(3_000) + "- [ ] [[b]]\n").items()).hasSize(1);
    }

    private static Extraction read(String body) throws Exception {
        CompletableFuture<Extraction> extraction = new CompletableFuture<>();
        Thread thread = new Thread(null, () -> {
            try {
                extraction.complete(Extraction.of(body));
            } catch (Throwable e) {
                extraction.completeExceptionally(e);
            }
        }, "small stack", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        return extraction.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
