package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.register.Field;
import dev.heph.runtime.Json;
import dev.heph.store.log.Imported;
import java.util.function.Supplier;

/** The files that visible notes came from. */
public final class Files {
    private final Db db;
    private final int space;
    private final Supplier<DeviceId> own;

    public Files(Db db, int space, Supplier<DeviceId> own) {
        this.db = db;
        this.space = space;
        this.own = own;
    }

    /**
     * {@code {files: [{id, path, hash?, here?}]}} of one vault; the hash is that of what the file said when it was last taken in. Of what is
     * not {@code here} this device wrote nothing, so it did not come in from its folder.
     */
    public ObjectNode of(String vault) {
        ObjectNode answer = Json.object();
        ArrayNode files = answer.putArray("files");
        db.all("SELECT n.id, n.path, (SELECT t.value FROM tips t WHERE t.space = n.space AND t.entity = n.id AND t.facet = ? AND t.field = ?"
                        + " ORDER BY t.initial, t.hlc DESC LIMIT 1), EXISTS (SELECT 1 FROM ops o JOIN devices d ON d.space = o.space AND d.num = o.device"
                        + " WHERE o.space = n.space AND o.target = n.id AND o.type IN ('node.create', 'node.set') AND " + Imported.OWN + ")"
                        + " FROM nodes n WHERE n.space = ? AND n.vault = ? AND n.path IS NOT NULL"
                        + " AND n.kind = 'doc' AND n.tombstoned = 0 ORDER BY n.path, n.id",
                row -> {
                    ObjectNode file = files.addObject().put("id", Id.of(row.bytes(1)).toString()).put("path", row.text(2));
                    if (row.yes(4)) {
                        file.put("here", true);
                    }
                    return row.bytes(3) == null ? file
                            : ValueCodec.decode(row.bytes(3)).asText().map(hash -> file.put("hash", hash)).orElse(file);
                },
                Field.SOURCE_HASH.facet(), Field.SOURCE_HASH.name(), own.get().id(), space, space, space, vault);
        return answer;
    }
}
