package dev.heph.model.op;

import dev.heph.model.id.DeviceId;

/** The name of one op within its space: the device that wrote it and that device's gap-free number for it, from 1. */
public record OpId(DeviceId device, long seq) implements Comparable<OpId> {
    public OpId {
        if (seq < 1) {
            throw new IllegalArgumentException("an op's number starts at 1, not " + seq);
        }
    }

    @Override
    public int compareTo(OpId other) {
        int byDevice = device.compareTo(other.device);
        return byDevice != 0 ? byDevice : Long.compare(seq, other.seq);
    }

    @Override
    public String toString() {
        return device + ":" + seq;
    }
}
