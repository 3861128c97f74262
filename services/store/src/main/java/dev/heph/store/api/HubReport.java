package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Answers;
import dev.heph.runtime.Call;
import dev.heph.runtime.Json;
import dev.heph.store.db.OneAtATime;
import dev.heph.store.doctor.Doctor.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a hub tells who runs it, of everybody: who has a space, with which devices, how much, and whether all of it holds. Nothing of what people
 * write. It is answered by the hub's own space alone, so no person's request comes here.
 */
final class HubReport {
    private static final System.Logger LOG = System.getLogger(HubReport.class.getName());

    /** The hub's own space, which is everybody's as long as there is no login. */
    static final String OWN = "personal";

    /** How deep its databases are in a directory: in that of one person, and in that of the hub. */
    private static final int ONE = 1;

    private static final int EVERYBODY = 3;

    private final Path data;
    private final OpenSpace own;
    private final People people;
    private final InstantSource clock;
    private final Instant started;
    private final OneAtATime one = new OneAtATime("hub-verify", "somebody else is having the hub verified");

    HubReport(Path data, OpenSpace own, People people, InstantSource clock) {
        this.data = data;
        this.own = own;
        this.people = people;
        this.clock = clock;
        this.started = clock.instant();
    }

    void answering(Answers answers) {
        answers.call("hub.users", Call.of(params -> users()))
                .call("hub.devices", Call.of(params -> devices()))
                .call("hub.stats", Call.of(params -> stats()))
                .call("hub.verify", Call.of(params -> one.run(this::verify)));
    }

    private JsonNode users() throws IOException {
        return told((space, report, user) -> {
            JsonNode figures = report.figures();
            user.put("devices", figures.path("devices").asLong()).put("ops", figures.path("ops").asLong()).put("bytes", Figures.bytes(directory(space), ONE));
            if (report.seen().isAfter(Instant.EPOCH)) {
                user.put("seen_at", report.seen().toEpochMilli());
            }
            return List.of(user);
        });
    }

    private JsonNode devices() throws IOException {
        return told((space, report, user) -> {
            List<ObjectNode> rows = new ArrayList<>();
            report.devices().forEach(device -> rows.add(Json.object().put("space", space).put("user", user.path("name").asText()).setAll(device)));
            return rows;
        });
    }

    private JsonNode stats() throws IOException {
        ObjectNode stats = Json.object().put("started_at", started.toEpochMilli()).put("bytes", Figures.bytes(data, EVERYBODY))
                .put("disk_free_bytes", data.toFile().getUsableSpace()).put("users", people.count()).put("spaces_open", people.open())
                .put("writer_queue", own.queue() + people.sum(OpenSpace::queue)).put("broken", 0);
        for (JsonNode figures : told((space, report, user) -> List.of(report.figures()))) {
            if (figures.has("error")) {
                stats.put("broken", stats.path("broken").asLong() + 1);
            } else {
                figures.properties().forEach(figure -> stats.put(figure.getKey(), stats.path(figure.getKey()).asLong() + figure.getValue().asLong()));
            }
        }
        return stats;
    }

    private JsonNode verify() throws IOException {
        ArrayNode spaces = each(space -> List.of(space.equals(OWN) ? verified(space, own) : people.in(space, open -> verified(space, open))));
        boolean ok = true;
        for (JsonNode space : spaces) {
            ok &= space.path("ok").asBoolean();
        }
        return Json.object().put("ok", ok).set("spaces", spaces);
    }

    private ObjectNode verified(String space, OpenSpace open) {
        boolean sound = true;
        ArrayNode checks = Json.MAPPER.createArrayNode();
        for (Check check : open.verify()) {
            checks.add(check.json());
            sound &= check.ok();
        }
        return user(space).put("ok", sound).set("checks", checks);
    }

    /** What is told of one space. */
    private interface Telling {
        /** @param user who it is, to be added to */
        List<ObjectNode> of(String space, SpaceReport report, ObjectNode user);
    }

    private ArrayNode told(Telling telling) throws IOException {
        return each(space -> space.equals(OWN) ? telling.of(space, own.report(), user(space))
                : people.told(space, report -> telling.of(space, report, user(space))));
    }

    /** One that cannot be read is told as such, and stops nobody from being told of the others. */
    private ArrayNode each(Function<String, List<ObjectNode>> telling) throws IOException {
        ArrayNode all = Json.MAPPER.createArrayNode();
        List<String> spaces = people.spaces();
        if (spaces.isEmpty() || !hasNobody()) { // where there was no login before, there may be somebody's notes
            all.addAll(told(OWN, telling));
        }
        for (String space : spaces) {
            all.addAll(told(space, telling));
        }
        return all;
    }

    /** Whether the hub's own space is as it was made; one that cannot be read is told of. */
    private boolean hasNobody() {
        try {
            return own.report().devices().isEmpty();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the hub's own space cannot be read", e);
            return false;
        }
    }

    private List<ObjectNode> told(String space, Function<String, List<ObjectNode>> telling) {
        try {
            return telling.apply(space);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "nothing can be told of " + space, e);
            ObjectNode nothing = Json.object().put("space", space).put("name", "");
            return List.of(e instanceof HephException full && full.reason() == Reason.NO_SPACE
                    ? nothing.put("checked", false).put("error", "cannot be looked at now: the disk is full; free some space")
                    : nothing.put("error", e instanceof HephException known ? known.getMessage() : e.toString()));
        }
    }

    /** {@code {space, name, issuer?, subject?, since?}}. */
    private ObjectNode user(String space) {
        ObjectNode user = Json.object().put("space", space).put("name", "");
        return space.equals(OWN) ? user : user.setAll(people.who(space));
    }

    private Path directory(String space) {
        return space.equals(OWN) ? data : people.owner(space).getParent();
    }
}
