package dev.heph.runtime;

/** A running service. Closing it finishes what is under way, at most 5 s, and removes its run file. */
public interface Service extends AutoCloseable {
    /** store, auth, sync or rpc-gateway. */
    String name();

    /** Where it listens on 127.0.0.1. */
    int port();

    @Override
    void close();
}
