package dev.heph.gateway.capture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.service.Store;
import dev.heph.model.capture.Capture;
import dev.heph.model.capture.CaptureException;
import dev.heph.model.capture.Captured;
import dev.heph.model.date.DateWords;
import dev.heph.model.date.DateWordsException;
import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/** The methods {@code capture} and {@code date.parse}: what people type, read the same for every surface. */
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
            captured = Capture.parse(call.text("line").orElseThrow(), now);
        } catch (CaptureException e) {
            throw new HephException(Reason.INVALID_PARAMS, e.getMessage(), e);
        }
        captured.repeat().ifPresent(repeat -> {
            // Taken as it stands it would be done once and for all, which is not what its words say.
            throw new HephException(Reason.INVALID_PARAMS, "heph cannot repeat tasks yet: leave out '" + repeat.words()
                    + "', or write \\every if it is part of the title");
        });
        ObjectNode answer = Json.object().put("echo", captured.echo(now));
        if (!call.read().path("dry_run").asBoolean(false)) {
            answer.set("task", store.call("task.create", task(captured), call.client(), ServiceClient.USUAL_TIMEOUT));
        }
        return Json.bytes(answer);
    }

    private static ObjectNode task(Captured captured) {
        ObjectNode task = Json.object().put("title", captured.title());
        captured.attention().ifPresent(attention -> task.put("attention", attention.word()));
        captured.doDate().flatMap(Words::local).ifPresent(date -> task.put("do_date", date));
        captured.lateOn().flatMap(Words::local).ifPresent(date -> task.put("late_on", date));
        captured.project().ifPresent(project -> task.put("project", project));
        captured.tags().forEach(task.putArray("tags")::add);
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

    private static Optional<String> local(When when) {
        return switch (when) {
            case When.Day(var day) -> Optional.of(day.toString());
            case When.Moment(var at) -> Optional.of(at.toString());
            case When.None none -> Optional.empty();
        };
    }
}
