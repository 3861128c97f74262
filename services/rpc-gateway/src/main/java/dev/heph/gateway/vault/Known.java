package dev.heph.gateway.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.gateway.method.Call;
import dev.heph.gateway.service.Store;
import dev.heph.runtime.Json;
import java.util.List;

/**
 * A file that came in earlier, and whose note is there.
 *
 * @param id the note's
 * @param path in the vault, with forward slashes
 * @param hash of what the file said when it was last taken in; empty if that is not known
 * @param here whether it may have come in from this device's folder; else it is a file of another device's folder of that name
 */
record Known(String id, String path, String hash, boolean here) {

    /** Those of a vault, by path. */
    static List<Known> of(String vault, Store store, Call call) {
        JsonNode answer = store.call("import.files", Json.object().put("vault", vault), call.client(), Store.PATIENT);
        return answer.path("files").valueStream()
                .map(file -> new Known(file.path("id").asText(), file.path("path").asText(), file.path("hash").asText(),
                        file.path("here").asBoolean()))
                .toList();
    }
}
