package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.error.Reason;
import java.util.List;

/** What came out of checks: {@code {ok, checked?}}, where {@code checked} is false if nothing is known. */
final class Findings {
    private Findings() {}

    static Cell cell(Json check) {
        return check.at("ok").truth() ? new Cell("ok", Style.GREEN) : unknown(check) ? new Cell("not checked", Style.BOLD) : new Cell("WRONG", Style.RED);
    }

    /** 1 if something is wrong; that of a full disk if nothing is, as far as could be looked. */
    static int exitCode(boolean ok, List<Json> checks) {
        boolean wrong = checks.stream().anyMatch(check -> !check.at("ok").truth() && !unknown(check));
        return ok ? 0 : !wrong && checks.stream().anyMatch(Findings::unknown) ? Reason.NO_SPACE.exitCode() : 1;
    }

    private static boolean unknown(Json check) {
        return !check.at("checked").isNull() && !check.at("checked").truth();
    }
}
