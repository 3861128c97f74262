package dev.heph.gateway.method;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.settings.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The table as an OpenRPC document (https://spec.open-rpc.org, 1.3.2). */
final class Discovery {
    private Discovery() {}

    static byte[] document(List<Method> methods) {
        ObjectNode document = Json.object();
        document.put("openrpc", "1.3.2");
        document.putObject("info").put("title", "heph").put("version", Version.CURRENT);
        ArrayNode listed = document.putArray("methods");
        methods.forEach(method -> describe(method, listed.addObject()));
        JsonNode shapes = shapes();
        document.set("x-notifications", shapes.get("notifications"));
        ObjectNode components = document.putObject("components");
        components.set("schemas", shapes.get("schemas"));
        ObjectNode errors = components.putObject("errors");
        for (Reason reason : Reason.values()) {
            errors.putObject(reason.word()).put("code", reason.code()).put("message", reason.word());
        }
        return Json.bytes(document);
    }

    private static void describe(Method method, ObjectNode into) {
        into.put("name", method.name()).put("summary", method.description()).put("paramStructure", "by-name");
        ArrayNode params = into.putArray("params");
        for (Param param : method.params()) {
            params.addObject()
                    .put("name", param.name())
                    .put("description", param.description())
                    .put("required", param.required())
                    .set("schema", param.schema());
        }
        ObjectNode result = into.putObject("result").put("name", "result");
        result.putObject("schema").put("$ref", "#/components/schemas/" + method.result());
    }

    /** What results look like is a page of JSON of its own: {@code shapes.json} beside this class. */
    private static JsonNode shapes() {
        try (var in = Discovery.class.getResourceAsStream("shapes.json")) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
