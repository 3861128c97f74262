package dev.heph.cli.rpc;

import java.util.Arrays;

/** The result of a call: its bytes, for {@code --json}, and what they say, read when asked for. */
public final class Result {
    private final JsonReader.Slice slice;
    private Json json;

    Result(JsonReader.Slice slice) {
        this.slice = slice;
    }

    /** The JSON as the gateway sent it. */
    public byte[] bytes() {
        return Arrays.copyOfRange(slice.bytes(), slice.from(), slice.to());
    }

    public Json json() {
        if (json == null) {
            json = slice.json();
        }
        return json;
    }
}
