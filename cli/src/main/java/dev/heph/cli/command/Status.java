package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.error.Reason;
import dev.heph.launcher.ServiceStatus;
import dev.heph.launcher.ServiceStatus.State;
import java.util.List;
import java.util.Locale;
import java.util.Map;

final class Status implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("status", "what runs, and where everything is; exit code 69 if nothing does");
    }

    @Override
    public int run(Arguments given, Session session) {
        List<ServiceStatus> services = session.daemon().status();
        boolean up = !services.isEmpty() && services.stream().allMatch(Status::isUp);
        if (session.json()) {
            session.out().data(json(up, services, session).toString());
        } else {
            print(services, session);
        }
        session.daemon().remark().ifPresent(line -> session.shell().say("heph: " + line));
        return up ? 0 : Reason.AWAY.exitCode();
    }

    private static Json json(boolean up, List<ServiceStatus> services, Session session) {
        List<Map<String, Object>> list = services.stream()
                .map(service -> Json.object(
                        "name", service.name(),
                        "status", word(service),
                        "pid", service.pid().isPresent() ? service.pid().getAsLong() : null,
                        "started_at",
                                service.startedAt().map(at -> at.toEpochMilli()).orElse(null),
                        "detail", service.detail()))
                .toList();
        return new Json(Json.object(
                "status", up ? "up" : "down",
                "services", list,
                "socket", session.home().socket().toString(),
                "data", session.home().data().toString(),
                "config", session.home().configFile().toString(),
                "logs", session.home().logs().toString()));
    }

    private static void print(List<ServiceStatus> services, Session session) {
        if (services.stream().allMatch(service -> service.state() == State.DOWN && service.detail().isEmpty())) {
            session.out().line("heph is not running. Start it: heph up");
        } else {
            var columns = new Columns();
            for (ServiceStatus service : services) {
                columns.row(
                        Cell.of(service.name()),
                        new Cell(word(service), isUp(service) ? Style.GREEN : Style.YELLOW),
                        Cell.of(
                                service.pid().isPresent()
                                        ? "pid " + service.pid().getAsLong()
                                        : ""),
                        Cell.of(service.startedAt()
                                .map(at -> "since " + Times.minute(at, session.zone()))
                                .orElse("")),
                        Cell.of(service.detail()));
            }
            columns.print(session.out(), session.terminal());
        }
        new Columns()
                .row(Cell.of("socket"), Cell.of(session.home().socket().toString()))
                .row(Cell.of("data"), Cell.of(session.home().data().toString()))
                .row(Cell.of("config"), Cell.of(session.home().configFile().toString()))
                .row(Cell.of("logs"), Cell.of(session.home().logs().toString()))
                .print(session.out(), session.terminal());
    }

    private static boolean isUp(ServiceStatus service) {
        return service.state() == State.UP;
    }

    private static String word(ServiceStatus service) {
        return service.state().name().toLowerCase(Locale.ROOT);
    }
}
