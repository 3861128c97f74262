package dev.heph.runtime;

/** A running service. Closing it finishes what is under way, at most 5 s, and removes its run file. */
public interface Service extends AutoCloseable {
    /** store, auth, sync or rpc-gateway. */
    String name();

    /** Where the other services reach it. */
    int port();

    /** Says from now on that it is not ready, and goes on answering: nobody new is to be sent here. */
    void stopping();

    @Override
    void close();
}
