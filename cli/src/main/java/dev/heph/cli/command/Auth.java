package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.QrCode;
import dev.heph.cli.terminal.Style;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Nearest;
import java.util.List;

/** Who this device is for its hub. */
final class Auth implements Command {
    static final List<String> ACTIONS = List.of("login", "status", "logout");

    private static final int LOOK_EVERY_MILLIS = 500;

    @Override
    public Syntax syntax() {
        return Syntax.asking("auth", "log in to the hub that this device syncs with: 'login', 'status', 'logout'")
                .word("login|status|logout", "login: says where to agree to it, in any browser, and waits; status: who is logged in;"
                        + " logout: ends it,"
                        + " and keeps everything that is here")
                .flag("--forget", "logout: forget also whose notes these are, so that somebody else can log in and be given them")
                .example("heph auth login");
    }

    @Override
    public int run(Arguments given, Session session) {
        String action = given.word(0);
        if (given.flag("--forget") && !action.equals("logout")) {
            throw new UsageException("--forget belongs to logout. Try: heph auth logout --forget");
        }
        return switch (action) {
            case "login" -> login(session);
            case "status" -> status(session);
            case "logout" -> logout(given.flag("--forget"), session);
            default -> throw new UsageException("auth does not know '" + action + "'. "
                    + Nearest.to(action, ACTIONS).map(near -> "Did you mean " + near + "? ").orElse("") + "Try: heph help auth");
        };
    }

    private static int login(Session session) {
        Result begun = session.call("auth.login");
        if (!session.printed(begun)) {
            print(begun.json(), session);
        }
        session.out().flush();
        Result status = awaited(session);
        String why = status.json().at("reason").text();
        if (!status.json().at("logged_in").truth()) {
            throw new HephException(Reason.UNAUTHENTICATED, why);
        }
        if (!session.printed(status)) {
            session.out().line(session.styled(Style.GREEN, "Logged in") + " to " + status.json().at("hub").text() + " as "
                    + status.json().at("user").text() + ". What is here is synced from now on; look: heph sync --status");
        }
        return 0;
    }

    private static void print(Json login, Session session) {
        Json complete = login.at("verification_uri_complete");
        String page = complete.isNull() ? login.at("verification_uri").text() : complete.text();
        session.out().line("Open this page in any browser, also on your phone:");
        session.out().line("  " + page);
        session.out().line((complete.isNull() ? "and type the code: " : "and see that it shows the code: ")
                + session.styled(Style.BOLD, login.at("user_code").text()));
        if (session.terminal().out()) {
            QrCode.of(page, session.terminal().columns()).forEach(session.out()::line);
        }
        session.out().line("Waiting until you have agreed there; Ctrl-C ends only the waiting.");
    }

    private static Result awaited(Session session) {
        while (true) {
            Result status = session.call("auth.status");
            if (!status.json().at("state").text().equals("waiting")) {
                return status;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return status;
            }
        }
    }

    private static int status(Session session) {
        Result result = session.call("auth.status");
        if (!session.printed(result)) {
            session.out().line(result.json().at("reason").text());
        }
        return 0;
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    private static int logout(boolean forget, Session session) {
        Result result = forget ? session.call("auth.logout", "forget", true) : session.call("auth.logout");
        if (!session.printed(result)) {
            boolean was = result.json().at("was_logged_in").truth();
            session.out().line(!was ? "Nobody was logged in" + (forget ? "; whose notes these are is forgotten" : "")
                    : result.json().at("revoked").truth() ? "Logged out, here and at the identity provider; everything stays here"
                    : "Logged out here; the identity provider was not reached" + because(result.json().at("reason").text()) + ", so end this device's session there too. Everything stays"
                            + " here");
        }
        return 0;
    }
}
