package dev.heph.simulator;

import dev.heph.model.op.Bundle;
import dev.heph.model.op.Segment;
import java.util.ArrayList;
import java.util.List;

/** A segment on its way: bytes, which may be altered. */
record Message(List<Bytes> bundles, byte[] signature, boolean whole) {
    /** A bundle. */
    record Bytes(byte[] header, byte[] payload) {}

    static Message of(Segment segment) {
        return new Message(segment.bundles().stream().map(bundle -> new Bytes(bundle.headerBytes(), bundle.payload())).toList(),
                segment.signature(), true);
    }

    /** @throws dev.heph.model.op.WireException if the bytes are no bundles */
    Segment read() {
        return new Segment(bundles.stream().map(bundle -> Bundle.read(bundle.header(), bundle.payload())).toList(), signature);
    }

    /** Without its end. */
    Message truncated(Dice dice) {
        if (bundles.size() > 1 && dice.oneIn(2)) {
            return new Message(bundles.subList(0, 1 + dice.upTo(bundles.size() - 1)), signature, false);
        }
        Bytes last = bundles.getLast();
        List<Bytes> cut = new ArrayList<>(bundles);
        cut.set(cut.size() - 1, dice.oneIn(2) ? new Bytes(first(last.header(), dice), last.payload()) : new Bytes(last.header(), first(last.payload(), dice)));
        return new Message(cut, signature, false);
    }

    private static byte[] first(byte[] bytes, Dice dice) {
        return java.util.Arrays.copyOf(bytes, dice.upTo(bytes.length));
    }

    /** With one bit of it turned over. */
    Message corrupted(Dice dice) {
        List<Bytes> altered = new ArrayList<>(bundles);
        int at = dice.upTo(bundles.size());
        Bytes bundle = bundles.get(at);
        return switch (dice.upTo(3)) {
            case 0 -> {
                altered.set(at, new Bytes(turned(bundle.header(), dice), bundle.payload()));
                yield new Message(altered, signature, false);
            }
            case 1 -> {
                altered.set(at, new Bytes(bundle.header(), turned(bundle.payload(), dice)));
                yield new Message(altered, signature, false);
            }
            default -> new Message(bundles, turned(signature, dice), false);
        };
    }

    private static byte[] turned(byte[] bytes, Dice dice) {
        byte[] turned = bytes.clone();
        turned[dice.upTo(turned.length)] ^= (byte) (1 << dice.upTo(Byte.SIZE));
        return turned;
    }
}
