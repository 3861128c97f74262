package dev.heph.bench;

import java.util.List;

/**
 * A recorded editing session: transactions of patches, each made on what its parents gave together. Source of the format: the public set
 * {@code editing-traces}.
 *
 * @param start the text before the first transaction
 * @param end   the text after the last one
 */
record Trace(String start, String end, List<Txn> txns) {
    /** Replace {@code deleted} characters at {@code position}, in code points of the text as the patches before this one left it. */
    record Patch(int position, int deleted, String inserted) {}

    /**
     * What one person did at once.
     *
     * @param parents the transactions that it follows, by their place in the list: the one before, if one person wrote alone
     * @param agent   who; one agent's transactions follow one another
     */
    record Txn(int[] parents, int agent, List<Patch> patches) {}

    int patches() {
        return txns.stream().mapToInt(txn -> txn.patches().size()).sum();
    }

    /** Whether several wrote at the same time, or one after the other. */
    boolean concurrent() {
        for (int i = 0; i < txns.size(); i++) {
            int[] parents = txns.get(i).parents();
            if (parents.length != (i == 0 ? 0 : 1) || i > 0 && parents[0] != i - 1) {
                return true;
            }
        }
        return false;
    }
}
