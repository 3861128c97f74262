package dev.heph.model.text;

/** The edit builds on a character that this text does not hold yet: apply the edit that wrote it first, then retry. */
public final class MissingOrigin extends TextException {
    private final transient CharId missing;

    public MissingOrigin(CharId missing) {
        super("the edit builds on character " + missing + ", which has not arrived yet");
        this.missing = missing;
    }

    /** The first character found missing; the edit may need others too. */
    public CharId missing() {
        return missing;
    }
}
