package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Progress;
import dev.heph.cli.rpc.Request;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.rpc.RpcClient;
import dev.heph.cli.terminal.Output;
import dev.heph.cli.terminal.ProgressBar;
import dev.heph.cli.terminal.Shell;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Terminal;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Flags;
import dev.heph.settings.Home;
import dev.heph.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One run of one command: where it writes, whom it asks. Everything is opened when it is first needed. */
final class Session implements AutoCloseable {
    /** Requests in one go: their answers have to fit into what the socket holds while nothing reads them. */
    static final int TOGETHER = 64;

    private final Shell shell;
    private final Arguments given;
    private final Daemon.Source daemons;
    private Home home;
    private Settings settings;
    private RpcClient client;

    Session(Shell shell, Arguments given, Daemon.Source daemons) {
        this.shell = shell;
        this.given = given;
        this.daemons = daemons;
    }

    Shell shell() {
        return shell;
    }

    Output out() {
        return shell.out();
    }

    Terminal terminal() {
        return shell.terminal();
    }

    /** The text in a style, or as it is where there are no colours. */
    String styled(Style style, String text) {
        return style.on(shell.terminal(), text);
    }

    Daemon.Source daemons() {
        return daemons;
    }

    Home home() {
        if (home == null) {
            home = Home.locate(shell.environment(), given.option("--home").map(this::path));
        }
        return home;
    }

    Daemon daemon() {
        return daemons.of(home(), shell.environment(), flags());
    }

    ZoneId zone() {
        return settings().zone();
    }

    Instant now() {
        return shell.clock().instant();
    }

    /** The day it is for this person: before {@code day_starts} still the one before. */
    LocalDate today() {
        return LocalDateTime.ofInstant(shell.clock().instant(), zone())
                .minusNanos(settings().dayStarts().toNanoOfDay())
                .toLocalDate();
    }

    private Settings settings() {
        if (settings == null) {
            settings = Settings.load(home(), shell.environment(), flags());
        }
        return settings;
    }

    boolean json() {
        return given.flag("--json");
    }

    /** A path as the user means it: from the directory the command was typed in; that itself only if it was named. */
    Path path(String text) {
        if (text.isEmpty()) {
            throw new HephException(Reason.INVALID_PARAMS, "a path must not be empty; the folder you are in is .");
        }
        return shell.directory().resolve(text).normalize();
    }

    Result call(String method, Object... namesAndValues) {
        return client().call(Request.of(method, namesAndValues), Progress.UNSEEN);
    }

    Result call(Request request) {
        return client().call(request, Progress.UNSEEN);
    }

    /** For a call that may take long: shows how far it is, where somebody looks. */
    Result callLong(String method, Object... namesAndValues) {
        try (var bar = new ProgressBar(shell.err(), shell.terminal())) {
            return client().call(Request.of(method, namesAndValues), bar);
        }
    }

    /** Few and small calls, at most {@link #TOGETHER}, in one round trip. */
    List<Json> callAll(Request... requests) {
        return client().callAll(List.of(requests), Progress.UNSEEN).stream()
                .map(Result::json)
                .toList();
    }

    /** The answers of a call for few things, for as many as there are. */
    static <T> List<Json> inParts(List<T> all, Function<List<T>, List<Json>> call) {
        List<Json> answers = new ArrayList<>();
        for (int from = 0; from < all.size(); from += TOGETHER) {
            answers.addAll(call.apply(all.subList(from, Math.min(all.size(), from + TOGETHER))));
        }
        return answers;
    }

    /** Below a list: in a pipe on standard error, where it cannot pass for a part of the list. */
    void remark(String text) {
        if (terminal().out()) {
            out().line(text);
        } else {
            shell.say(text);
        }
    }

    Notes notes() {
        return new Notes(this);
    }

    /** Prints the result as it came if JSON is wanted. @return whether it was */
    boolean printed(Result result) {
        if (json()) {
            out().bytes(result.bytes()).text("\n");
        }
        return json();
    }

    private RpcClient client() {
        if (client == null) {
            client = new Gateway(home(), shell, this::daemon).connect(!given.flag("--no-start"));
        }
        return client;
    }

    /** The settings among the options, as the launcher takes them. */
    private Map<String, String> flags() {
        var flags = new HashMap<String, String>();
        for (String flag : Flags.all()) {
            if (!flag.equals("--home") && !flag.equals("--light")) {
                given.option(flag).ifPresent(value -> flags.put(flag, value));
            }
        }
        return flags;
    }

    @Override
    public void close() {
        Optional.ofNullable(client).ifPresent(RpcClient::close);
    }
}
