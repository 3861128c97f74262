package dev.heph.gateway.method;

/** Carries out a method. */
@FunctionalInterface
public interface Handler {
    /**
     * @param call its params fit the method's
     * @return the result, JSON
     * @throws dev.heph.error.HephException for the client
     */
    byte[] handle(Call call);
}
