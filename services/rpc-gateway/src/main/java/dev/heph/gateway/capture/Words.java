package dev.heph.gateway.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.service.Store;
import dev.heph.model.capture.Capture;
import dev.heph.model.capture.CaptureException;
import dev.heph.model.capture.Captured;
import dev.heph.model.capture.Repeat;
import dev.heph.model.date.DateWords;
import dev.heph.model.date.DateWordsException;
import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.recur.Missed;
import dev.heph.model.recur.Recurrence;
import dev.heph.model.recur.Rule;
import dev.heph.model.recur.RuleException;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/** The methods {@code capture}, {@code date.parse} and {@code recur.preview}: what people type, read the same for every surface. */
public final class Words {
    private final Store store;
    private final Clock clock;
    private final ZoneId zone;
    private final LocalTime dayStarts;

    public Words(Store store, Clock clock, ZoneId zone, LocalTime dayStarts) {
        this.store = store;
        this.clock = clock;
        this.zone = zone;
        this.dayStarts = dayStarts;
    }

    private Now now() {
        return new Now(LocalDateTime.ofInstant(clock.instant(), zone), dayStarts);
    }

    public byte[] capture(Call call) {
        Now now = now();
        Captured captured;
        try {
            captured = begun(Capture.parse(call.text("line").orElseThrow(), now), now);
        } catch (CaptureException | RuleException e) {
            throw new HephException(Reason.INVALID_PARAMS, e.getMessage(), e);
        }
        ObjectNode answer = Json.object();
        if (call.read().path("dry_run").asBoolean(false)) {
            boolean isNew = captured.project().filter(project -> !isThere(project, call)).isPresent();
            return Json.bytes(answer.put("echo", captured.echo(now, isNew)));
        }
        ObjectNode wanted = task(captured);
        call.text("with").ifPresent(with -> wanted.put("with", with));
        JsonNode task = store.call("task.create", wanted, call.client(), ServiceClient.USUAL_TIMEOUT);
        answer.put("echo", captured.echo(now, task.has(NEW_PROJECT))).set("task", task);
        return Json.bytes(answer);
    }

    private static final String NEW_PROJECT = "new_project";

    private boolean isThere(String project, Call call) {
        return !store.call("node.resolve", Json.object().put("name", project).put("kind", "project"), call.client(), ServiceClient.USUAL_TIMEOUT)
                .path("match").asText().equals("none");
    }

    /** What repeats begins on the first date of its rule, and says so. */
    private static Captured begun(Captured line, Now now) {
        if (line.repeat().isEmpty()) {
            return line;
        }
        Repeat repeat = line.repeat().get();
        Rule rule = Rule.parse(repeat.rule());
        Optional<LocalDateTime> late = line.lateOn().flatMap(Words::local).map(Words::moment);
        LocalDateTime from = line.doDate().flatMap(Words::local).map(Words::moment)
                .or(() -> late.map(date -> repeat.afterDone() ? date : rule.beginning(now.today(), date)))
                .orElseGet(() -> now.today().atStartOfDay());
        LocalDateTime first = repeat.afterDone() ? from : rule.from(from).stream().findFirst()
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'" + repeat.words() + "' has no date from "
                        + from.toLocalDate() + " on"));
        When on = first.toLocalTime().equals(LocalTime.MIDNIGHT) ? new When.Day(first.toLocalDate()) : new When.Moment(first);
        return new Captured(line.title(), line.attention(), Optional.of(on), line.lateOn(), line.project(), line.tags(), line.repeat());
    }

    private static ObjectNode task(Captured captured) {
        ObjectNode task = Json.object().put("title", captured.title());
        captured.attention().ifPresent(attention -> task.put("attention", attention.word()));
        captured.doDate().flatMap(Words::local).ifPresent(date -> task.put("do_date", date));
        captured.lateOn().flatMap(Words::local).ifPresent(date -> task.put("late_on", date));
        captured.project().ifPresent(project -> task.put("project", project));
        captured.tags().forEach(task.putArray("tags")::add);
        captured.repeat().ifPresent(repeat -> task.put("rule", repeat.rule()).put("after_done", repeat.afterDone()));
        return task;
    }

    public byte[] date(Call call) {
        Now now = now();
        try {
            When when = DateWords.parse(call.text("text").orElseThrow(), now);
            ObjectNode answer = Json.object().put("words", DateWords.say(when, now));
            local(when).ifPresentOrElse(local -> answer.put("local", local), () -> answer.putNull("local"));
            return Json.bytes(answer);
        } catch (DateWordsException e) {
            throw new HephException(Reason.INVALID_PARAMS, e.getMessage(), e);
        }
    }

    /** The dates of a rule, or of words for one. */
    public byte[] recur(Call call) {
        Now now = now();
        String text = call.text("rule").orElseThrow();
        try {
            Repeat repeat = Repeat.parse(text, now);
            LocalDateTime from = call.text("from").map(Words::moment).orElseGet(() -> now.today().atStartOfDay());
            Optional<LocalDateTime> until = call.text("until").map(Words::moment);
            int count = call.read().path("count").asInt(until.isPresent() ? MOST_DATES : USUAL_DATES);
            Rule rule = Rule.parse(repeat.rule());
            ObjectNode answer = Json.object().put("words", repeat.words()).put("rule", rule.toString()).put("after_done", repeat.afterDone());
            var dates = answer.putArray("dates");
            new Recurrence(rule, call.text("zone").map(Words::zone), from, from, repeat.afterDone(), Missed.LATEST).inTime()
                    .takeWhile(date -> until.filter(date::isAfter).isEmpty())
                    .limit(count)
                    .forEach(date -> dates.add(toTheSecond(date)));
            return Json.bytes(answer);
        } catch (CaptureException | RuleException e) {
            throw new HephException(Reason.INVALID_PARAMS, e.getMessage(), e);
        }
    }

    private static final int USUAL_DATES = 10;
    private static final int MOST_DATES = 10_000;

    /** Up to the year 9999; the same as by a pattern, which takes as long as finding the date. */
    private static String toTheSecond(LocalDateTime date) {
        String text = date.toString();
        return date.getSecond() == 0 ? text + ":00" : text;
    }

    private static LocalDateTime moment(String iso) {
        return iso.contains("T") ? LocalDateTime.parse(iso) : LocalDate.parse(iso).atStartOfDay();
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new HephException(Reason.INVALID_PARAMS, "no time zone '" + name + "': one like Europe/Berlin", e);
        }
    }

    private static Optional<String> local(When when) {
        return switch (when) {
            case When.Day(var day) -> Optional.of(day.toString());
            case When.Moment(var at) -> Optional.of(at.toString());
            case When.None none -> Optional.empty();
        };
    }
}
