package dev.heph.gateway.rpc;

/** One client, as the methods see it: somebody who can be told things beside the answers. */
public interface Session {
    /**
     * Sends a notification that matters. Never waits: a client that has not read what it was sent before is cut off.
     */
    void push(byte[] notification);

    /** Sends a notification that may be left out, as progress may; never waits. */
    void hint(byte[] notification);

    /** False once the client is gone: long work for it can stop. */
    boolean open();
}
