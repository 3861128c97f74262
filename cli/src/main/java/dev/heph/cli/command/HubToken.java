package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What the token that this device shows its hub says, and what the hub makes of it; on a hub, of one that comes by a pipe. */
final class HubToken {
    private static final int LONGEST = 1 << 16;

    private final boolean print;
    private final boolean check;
    private final Session session;

    HubToken(Arguments given, Session session) {
        this.print = given.flag("--print");
        this.check = given.flag("--check");
        this.session = session;
    }

    int run() {
        if (print && check) {
            throw new UsageException("--print shows the token that is here, --check looks at one from a pipe: say one of them");
        }
        Result result = check ? session.call("hub.token", "token", piped())
                : print ? session.call("hub.token", "print", true) : session.call("hub.token");
        Json token = result.json();
        if (print) {
            session.shell().say("heph: whoever has this token is you for that hub"
                    + (token.at("expires").isNull() ? "" : " until " + Times.minute(token.at("expires").number(), session.zone()))
                    + ": keep it out of files and command lines");
        }
        if (!session.printed(result)) {
            if (print) {
                session.out().line(token.at("token").text());
            } else {
                print(token);
            }
        }
        return print || token.at("admitted").truth() ? 0 : 1;
    }

    private String piped() {
        try {
            String token = Utf8.strict(session.shell().in().readNBytes(LONGEST), "standard input").strip();
            if (token.isEmpty()) {
                throw new UsageException("--check reads a token from a pipe, and none came. Try: heph hub token --check < FILE");
            }
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(Json token) {
        var columns = new Columns();
        row(columns, "hub", token.at("hub").text());
        String name = token.at("name").text();
        String subject = token.at("subject").text();
        row(columns, "whose", name.isEmpty() || name.equals(subject) ? subject : name + " (" + subject + ")");
        row(columns, "issuer", token.at("issuer").text());
        row(columns, "audience", joined(token.at("audience").list()));
        row(columns, "groups", joined(token.at("groups").list()));
        row(columns, "until", token.at("expires").isNull() ? "" : Times.minute(token.at("expires").number(), session.zone()));
        Json admitted = token.at("admitted");
        String reason = token.at("reason").text();
        columns.row(Cell.of("let in"), admitted.truth() ? new Cell("yes", Style.GREEN)
                : new Cell((admitted.isNull() ? "not known: " : "no: ") + reason, admitted.isNull() ? Style.YELLOW : Style.RED));
        columns.print(session.out(), session.terminal());
    }

    /** What a token does not say is not left out: it may be why. */
    private static void row(Columns columns, String name, String value) {
        if (!name.equals("hub") || !value.isEmpty()) {
            columns.row(Cell.of(name), Cell.of(value.isEmpty() ? "(it does not say)" : Width.line(value)));
        }
    }

    private static String joined(List<Json> texts) {
        return String.join(", ", texts.stream().map(Json::text).toList());
    }
}
