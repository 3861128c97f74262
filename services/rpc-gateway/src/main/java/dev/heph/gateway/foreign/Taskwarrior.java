package dev.heph.gateway.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.gateway.rpc.JsonText;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** What {@code task export} writes: an array of JSON objects, or, from older versions, an object a line. */
final class Taskwarrior implements Source {
    /** Attributes that heph has a place for, or a log of its own; of others a person is told. */
    private static final Set<String> KNOWN = Set.of("id", "uuid", "description", "status", "priority", "project", "tags", "annotations",
            "depends", "due", "scheduled", "wait", "entry", "modified", "start", "end", "urgency",
            "recur", "rtype", "mask", "imask", "parent", "template", "last", "rlast", "rindex");

    private final ZoneId zone;

    /** @param zone in which a moment becomes the day it was meant as */
    Taskwarrior(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String name() {
        return "taskwarrior";
    }

    @Override
    public void read(InputStream in, Findings findings) throws IOException {
        Run run = new Run(findings);
        JsonObjects.read(in, run);
        run.end();
    }

    private final class Run implements JsonObjects.Sink {
        private final Findings findings;
        private final LeftOut leftOut = new LeftOut();
        private final TaskwarriorRepeats repeats;
        private boolean begun;

        Run(Findings findings) {
            this.findings = findings;
            this.repeats = new TaskwarriorRepeats(findings);
        }

        @Override
        public void broken(long line, String reason) {
            if (!begun) {
                throw new NoExportException("is no export of Taskwarrior (line " + line + " " + reason
                        + "): make one with: task export > tasks.json");
            }
            findings.seen();
            findings.skipped("line " + line, reason);
        }

        @Override
        public void object(long line, byte[] json) {
            begun = true;
            findings.seen();
            try {
                TaskwarriorRecord record = new TaskwarriorRecord(parse(json), zone);
                take(record);
                record.json().fieldNames().forEachRemaining(name -> {
                    if (!KNOWN.contains(name) && !(name.equals("until") && record.json().has("recur"))) {
                        leftOut.of("attribute " + JsonText.quote(name));
                    }
                });
                if (record.hasUnknownPriority()) {
                    leftOut.of("priority " + JsonText.quote(record.json().path("priority").asText()));
                }
            } catch (Unfit unfit) {
                findings.skipped("line " + line, unfit.getMessage());
            }
        }

        private void take(TaskwarriorRecord record) throws Unfit {
            ForeignTask task = record.task();
            Optional<TaskwarriorRecord.Recurrence> recurrence = record.recurrence();
            Optional<String> parent = record.openInstanceOf();
            if (recurrence.isPresent()) {
                repeats.template(task, recurrence.get());
                task.doDate().ifPresent(date -> leftOut.of("wait or scheduled of one that repeats"));
            } else if (parent.isPresent()) {
                repeats.instance(parent.get(), task, record.due());
            } else {
                findings.task(task);
            }
        }

        void end() {
            repeats.tell();
            leftOut.tell(findings);
        }
    }

    private static JsonNode parse(byte[] json) throws Unfit {
        CharBuffer text = CharBuffer.allocate(json.length);
        ByteBuffer bytes = ByteBuffer.wrap(json);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
        if (result.isError()) {
            throw new Unfit("is not UTF-8 (at byte " + (bytes.position() + 1) + " of the task)");
        }
        try {
            return Json.read(json);
        } catch (HephException e) {
            throw new Unfit("is " + e.getMessage());
        }
    }
}
