package dev.heph.gateway.foreign;

/** Why something in a file is no task that can be taken in. The message is for a person. */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
        super(reason);
    }
}
