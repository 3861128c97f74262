package dev.heph.settings;

import dev.heph.error.HephException;
import dev.heph.error.Reason;

/** A setting that is unknown or has a value that cannot be used; the message names where it was found and what would do. */
public final class SettingsException extends HephException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(Reason.INVALID_PARAMS, message);
    }
}
