package dev.heph.store.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Point;
import dev.heph.model.op.Snapshot;
import dev.heph.runtime.Json;
import java.util.HexFormat;

/** What a snapshot says of itself, as JSON: {@code {schema, merge_version, epoch, n, chain, ops, bytes, sha256, key, signature}}. */
public final class SnapshotJson {
    private SnapshotJson() {}

    public static ObjectNode of(Snapshot snapshot) {
        return Json.object().put("schema", snapshot.schema()).put("merge_version", snapshot.mergeVersion()).put("epoch", snapshot.epoch().toString())
                .put("n", snapshot.at().n()).put("chain", snapshot.at().chain().toString()).put("ops", snapshot.ops()).put("bytes", snapshot.bytes())
                .put("sha256", snapshot.hash().toString()).put("key", snapshot.key().toString())
                .put("signature", HexFormat.of().formatHex(snapshot.signature()));
    }

    /** @throws HephException {@link Reason#INVALID_PARAMS} when it is none */
    public static Snapshot read(JsonNode json) {
        try {
            return new Snapshot(json.path("schema").asInt(), json.path("merge_version").asInt(), Id.parse(json.path("epoch").asText()).orElseThrow(),
                    new Point(json.path("n").asLong(), hash(json, "chain")), json.path("ops").asLong(), json.path("bytes").asLong(), hash(json, "sha256"), hash(json, "key"),
                    HexFormat.of().parseHex(json.path("signature").asText()));
        } catch (RuntimeException e) {
            throw new HephException(Reason.INVALID_PARAMS, "this does not describe a snapshot", e);
        }
    }

    private static Bytes32 hash(JsonNode json, String name) {
        return Bytes32.parse(json.path(name).asText());
    }
}
