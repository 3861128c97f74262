package dev.heph.gateway.foreign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.method.Handler;
import dev.heph.gateway.rpc.JsonText;
import dev.heph.gateway.service.Store;
import dev.heph.model.date.Now;
import dev.heph.model.id.IdMint;
import dev.heph.runtime.Json;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/** The method {@code import} with {@code from}: takes in the tasks that another program wrote into a file. */
public final class TaskImport implements Handler {
    private final Store store;
    private final IdMint ids;
    private final Supplier<Now> now;
    private final ZoneId zone;

    /**
     * @param ids name the imports in the log
     * @param zone in which moments become days
     */
    public TaskImport(Store store, IdMint ids, Supplier<Now> now, ZoneId zone) {
        this.store = store;
        this.ids = ids;
        this.now = now;
        this.zone = zone;
    }

    @Override
    public byte[] handle(Call call) {
        String given = call.text("path").orElseThrow();
        if (call.text("vault").isPresent()) {
            throw new HephException(Reason.INVALID_PARAMS, "'vault' names a folder of notes: leave it out with 'from'");
        }
        for (String option : List.of("prune", "tasks")) {
            if (call.read().path(option).asBoolean(false)) {
                throw new HephException(Reason.INVALID_PARAMS, "'" + option + "' is about a folder of notes: leave it out with 'from'");
            }
        }
        Path file = file(given);
        Source source = source(call.text("from").orElseThrow(), file);
        TaskIntake intake = new TaskIntake(store, call, source.name(), ids.mint().toString());
        try (InputStream in = Files.newInputStream(file)) {
            intake.run(findings -> source.read(in, findings));
        } catch (NoExportException e) {
            throw refusal(given, e.getMessage());
        } catch (IOException e) {
            throw intake.stopped(refusal(given, "cannot be read: " + IoReason.of(e)));
        }
        return Json.bytes(result(call, intake));
    }

    private Source source(String program, Path file) {
        return switch (program) {
            case "taskwarrior" -> new Taskwarrior(zone);
            case "todoist" -> new Todoist(file.getFileName().toString(), now.get());
            default -> throw new IllegalArgumentException("the table of methods lets no '" + program + "' through");
        };
    }

    private ObjectNode result(Call call, TaskIntake intake) {
        ObjectNode result = Json.object();
        intake.sumUp(result);
        result.put("hidden", 0).put("attachments", 0).putArray("attachment_paths");
        return result.put("notes_total", store.notes(call.client()));
    }

    private static Path file(String path) {
        try {
            Path file = Path.of(path).toRealPath();
            if (!Files.isRegularFile(file)) {
                throw refusal(path, Files.isDirectory(file)
                        ? "is a folder: give the file that the other program wrote"
                        : "is not a file with text in it");
            }
            return file;
        } catch (IOException e) {
            throw refusal(path, "cannot be imported: " + IoReason.of(e));
        } catch (InvalidPathException e) {
            throw refusal(path, "is no path");
        }
    }

    private static HephException refusal(String path, String why) {
        return new HephException(Reason.INVALID_PARAMS, JsonText.quote(path) + " " + why);
    }
}
