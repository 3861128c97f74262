package dev.heph.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A made-up language whose words are as unequally frequent as those of a real one (Zipf): the n-th comes 1/n as often as the first. */
final class Words {
    private static final String[] ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl qu r s sh st t tr v w z".split(" ");
    private static final String[] RIMES = "a ai an ar e ea el en er i in ir o on or ou u un ur y".split(" ");

    private final List<String> byRank;
    private final double[] upTo;

    /** @param size how many different words there are */
    Words(Random random, int size) {
        Set<String> made = new LinkedHashSet<>();
        while (made.size() < size) {
            StringBuilder word = new StringBuilder();
            // Frequent words are short.
            int syllables = 1 + (int) (Math.log10(made.size() + 1) / 2) + random.nextInt(2);
            for (int at = 0; at < syllables; at++) {
                word.append(any(random, ONSETS)).append(any(random, RIMES));
            }
            made.add(word.toString());
        }
        byRank = new ArrayList<>(made);
        upTo = zipf(size, 0);
    }

    /**
     * The sums of 1/(1 + flat) + … + 1/(n + flat), for {@link #rank}.
     *
     * @param flat how many of the first ranks are about as frequent as the first one; 0 for Zipf's law itself
     */
    static double[] zipf(int size, int flat) {
        double[] upTo = new double[size];
        double sum = 0;
        for (int rank = 0; rank < size; rank++) {
            sum += 1.0 / (rank + 1 + flat);
            upTo[rank] = sum;
        }
        return upTo;
    }

    /** A rank from 0, the lower the likelier. */
    static int rank(Random random, double[] upTo) {
        int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(upTo.length - 1, at < 0 ? -at - 1 : at);
    }

    String any(Random random) {
        return byRank.get(rank(random, upTo));
    }

    /** A word among those of the ranks from {@code from} to {@code to}, each as likely. */
    String between(Random random, int from, int to) {
        return byRank.get(from + random.nextInt(to - from));
    }

    static String any(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }
}
