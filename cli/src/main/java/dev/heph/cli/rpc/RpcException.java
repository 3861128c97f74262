package dev.heph.cli.rpc;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.util.List;

/** The gateway's refusal: its message is for people, its candidates are what they may have meant. */
public final class RpcException extends HephException {
    private static final long serialVersionUID = 1L;

    private final transient Json error;

    RpcException(Json error) {
        super(reason(error), error.at("message").text());
        this.error = error;
    }

    /** {@code {id, kind, title}} each; empty if the gateway named none. */
    public List<Json> candidates() {
        return error.at("data").at("candidates").list();
    }

    /** A reason that a newer gateway made up still exits by its code, where that is known. */
    private static Reason reason(Json error) {
        long code = error.at("code").number();
        return Reason.of(error.at("data").at("reason").text()).orElseGet(() -> {
            for (Reason reason : Reason.values()) {
                if (reason.code() == code) {
                    return reason;
                }
            }
            return Reason.INTERNAL;
        });
    }
}
