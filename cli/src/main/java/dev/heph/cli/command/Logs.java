package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Style;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class Logs implements Command {
    private static final int LINES = 20;
    private static final String TAB = " ".repeat(8);
    private static final int FOLLOW_EVERY_MILLIS = 200;

    @Override
    public Syntax syntax() {
        return Syntax.of("logs", "the last lines of the services' logs")
                .optionalWord("SERVICE", "only this one: store, auth, sync, rpc-gateway, supervisor")
                .flag(new String[] {"-f", "--follow"}, "go on with what is added, until Ctrl-C")
                .number("--lines", "so many lines of each (" + LINES + ")")
                .example("heph logs store -f");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        int lines = given.number("--lines").orElse(LINES);
        if (lines < 0) {
            throw new HephException(Reason.INVALID_PARAMS, "--lines must be 0 or more, not " + lines);
        }
        Map<String, Path> logs = session.daemon().logs();
        List<Tail> tails = new ArrayList<>();
        for (String service : given.optionalWord(0).map(Set::of).orElse(logs.keySet())) {
            Path file = logs.get(service);
            if (tails.stream().anyMatch(tail -> tail.file().equals(file))) {
                continue; // one process hosts several
            }
            if (file != null && Files.exists(file)) {
                tails.add(new Tail(service, file));
            } else if (given.optionalWord(0).isPresent()) {
                throw new HephException(Reason.NOT_FOUND, noLog(service, logs));
            }
        }
        for (Tail tail : tails) {
            print(tail, tail.last(lines), tails.size() > 1, session);
        }
        if (given.flag("--follow")) {
            follow(tails, session);
        }
        return 0;
    }

    private static String noLog(String service, Map<String, Path> logs) {
        if (logs.containsKey(service)) {
            return service + " has no log yet (" + logs.get(service) + "): it writes one when it runs. Start it: heph up";
        }
        return "no service '" + service + "'. "
                + Nearest.to(service, logs.keySet())
                        .map(near -> "Did you mean " + near + "? Try: heph logs " + near)
                        .orElse("There are: " + String.join(", ", logs.keySet()));
    }

    private static void print(Tail tail, List<String> lines, boolean named, Session session) {
        for (String line : lines) {
            if (session.json()) {
                session.out().data(new Json(Json.object("service", tail.service(), "line", line)).toString());
            } else {
                session.out().line((named ? session.styled(Style.DIM, tail.service() + ": ") : "") + line.replace("\t", TAB));
            }
        }
    }

    private static void follow(List<Tail> tails, Session session) throws IOException {
        while (true) {
            for (Tail tail : tails) {
                print(tail, tail.added(), tails.size() > 1, session);
            }
            session.out().flush();
            try {
                Thread.sleep(FOLLOW_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
