package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The order of what several wrote at one place, as Yjs has it. */
class IntegrationTest {
    private final Replica small = new Replica(1);
    private final Replica middle = new Replica(5);
    private final Replica large = new Replica(9);

    @Test
    void atOnePlaceTheSmallerClientComesFirst() {
        small.splice(0, 0, "small ");
        large.splice(0, 0, "large ");
        middle.splice(0, 0, "middle ");
        everyoneMeets();
        assertAll("small middle large ");
    }

    @Test
    void whatIsTypedForwardsLetterByLetterIsNotInterleaved() {
        type(small, "hello");
        type(large, "world");
        everyoneMeets();
        assertAll("helloworld");
    }

    @Test
    void whatIsTypedBackwardsStaysTogetherUnderTheFirstLetterOfEach() {
        for (char c : "olleh".toCharArray()) {
            small.splice(0, 0, String.valueOf(c));
        }
        large.splice(0, 0, "world");
        everyoneMeets();
        assertAll("helloworld");
    }

    @Test
    void writingWithinAParagraphThatAnotherDeletesIsKept() {
        small.splice(0, 0, "one two three");
        everyoneMeets();
        small.splice(0, 13, "");
        large.splice(8, 0, "and ");
        everyoneMeets();
        assertAll("and ");
    }

    @Test
    void bothReplaceTheSameWordSoBothWordsStay() {
        small.splice(0, 0, "a cold day");
        everyoneMeets();
        small.splice(2, 4, "warm");
        large.splice(2, 4, "hot");
        everyoneMeets();
        assertAll("a warmhot day");
    }

    @Test
    void aRunInsideAnothersRunSplitsIt() {
        small.splice(0, 0, "ad");
        everyoneMeets();
        large.splice(1, 0, "bbb");
        middle.pull(large);
        middle.splice(2, 0, "-");
        small.splice(1, 0, "c");
        everyoneMeets();
        assertAll("acb-bbd");
    }

    private static void type(Replica who, String letters) {
        for (int i = 0; i < letters.length(); i++) {
            who.splice(i, 0, letters.substring(i, i + 1));
        }
    }

    private void everyoneMeets() {
        small.meet(middle);
        middle.meet(large);
        large.meet(small);
        small.meet(middle);
    }

    private void assertAll(String text) {
        assertThat(small).hasToString(text);
        assertThat(middle).hasToString(text);
        assertThat(large).hasToString(text);
    }
}
