package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.settings.IoReason;
import dev.heph.store.backup.Disk;
import dev.heph.store.backup.Summary;
import dev.heph.store.command.Params;
import dev.heph.store.db.OneAtATime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backup of a hub. Where people have logged in it is a directory with a file for each of them, {@code SPACE.db}, who that is,
 * {@code SPACE.json}, and the hub's own, {@code hub.db}; each is as its database was at one moment, not all at the same. Whose database
 * is broken is missing, and named; the others are not left without a backup for that. The directory is there when all is done.
 */
final class HubBackup {
    private static final System.Logger LOG = System.getLogger(HubBackup.class.getName());

    private final Backups own;
    private final People people;
    private final InstantSource clock;
    private final OneAtATime one = new OneAtATime("hub-backup", "a backup is being made for somebody else");

    HubBackup(Backups own, People people, InstantSource clock) {
        this.own = own;
        this.people = people;
        this.clock = clock;
    }

    JsonNode make(Params params) {
        return people.count() == 0 ? own.make(params) : one.run(() -> ofEverybody(params));
    }

    private JsonNode ofEverybody(Params params) {
        Instant now = clock.instant();
        Path target = own.target(params, "", now);
        if (Files.exists(target)) {
            throw new HephException(Reason.CONFLICT, target + " exists, and a backup never replaces anything: name another");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new HephException(Reason.NOT_FOUND,
                    "no backup was made: there is no directory " + target.getParent() + "; make it first");
        }
        try {
            Map<String, String> missing = new LinkedHashMap<>();
            ObjectNode told = Backups.told(target, now, copied(target, now, missing));
            if (missing.isEmpty()) {
                Backups.removeOlder(params, target, now, told);
            } else { // who is missing is in an older one
                missing.forEach((space, reason) -> told.withArray("missing").add(Json.object().put("space", space).put("reason", reason)));
            }
            return told;
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "no backup was made: " + target.getParent() + " cannot be written: " + IoReason.of(e),
                    e);
        }
    }

    /** @param missing gets the spaces of those who could not be copied, and why */
    private Summary copied(Path target, Instant now, Map<String, String> missing) throws IOException {
        Path draft = Files.createTempDirectory(target.getParent(), ".heph-backup-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Summary sum = own.to(draft.resolve("hub.db"), now);
            List<String> spaces = people.spaces();
            for (String space : spaces) {
                try {
                    Path who = draft.resolve(space + ".json");
                    Files.copy(people.owner(space), who);
                    Disk.force(who);
                    sum = plus(sum, people.in(space, open -> open.backups().to(draft.resolve(space + ".db"), now)));
                } catch (IOException | RuntimeException e) {
                    boolean last = missing.size() == spaces.size() - 1;
                    if (last || e instanceof HephException known && known.reason() == Reason.NO_SPACE) {
                        throw e; // of nobody, or there is no room for anybody
                    }
                    LOG.log(System.Logger.Level.ERROR, "no backup of " + space, e);
                    missing.put(space, e instanceof HephException known ? known.getMessage() : e.toString());
                }
            }
            Disk.force(draft);
            Files.move(draft, target);
            Disk.force(target.getParent());
            return sum;
        } finally {
            Disk.remove(draft);
        }
    }

    private static Summary plus(Summary a, Summary b) {
        return new Summary(a.notes() + b.notes(), a.ops() + b.ops(), a.devices() + b.devices(), a.bytes() + b.bytes(), Optional.empty());
    }
}
