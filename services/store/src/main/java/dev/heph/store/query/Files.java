package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.register.Field;
import dev.heph.runtime.Json;

/** The files that visible notes came from. */
public final class Files {
    private final Db db;
    private final int space;

    public Files(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /** {@code {files: [{id, path, hash?}]}} of one vault; the hash is that of what the file said when it was last taken in. */
    public ObjectNode of(String vault) {
        ObjectNode answer = Json.object();
        ArrayNode files = answer.putArray("files");
        db.all("SELECT n.id, n.path, (SELECT t.value FROM tips t WHERE t.space = n.space AND t.entity = n.id AND t.facet = ? AND t.field = ?"
                        + " ORDER BY t.initial, t.hlc DESC LIMIT 1) FROM nodes n WHERE n.space = ? AND n.vault = ? AND n.path IS NOT NULL"
                        + " AND n.kind = 'doc' AND n.tombstoned = 0 ORDER BY n.path, n.id",
                row -> {
                    ObjectNode file = files.addObject().put("id", Id.of(row.bytes(1)).toString()).put("path", row.text(2));
                    return row.bytes(3) == null ? file
                            : ValueCodec.decode(row.bytes(3)).asText().map(hash -> file.put("hash", hash)).orElse(file);
                },
                Field.SOURCE_HASH.facet(), Field.SOURCE_HASH.name(), space, vault);
        return answer;
    }
}
