package dev.heph.store.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Admission;
import dev.heph.model.op.Bytes32;
import dev.heph.runtime.Json;
import java.util.HexFormat;

/** A hub's word on the way to the device: {@code {device, hub, at, signature}}. */
public final class AdmissionJson {
    private AdmissionJson() {}

    public static JsonNode of(Admission admission) {
        return Json.object().put("device", admission.device().toString()).put("hub", admission.hub().toString()).put("at", admission.at())
                .put("signature", HexFormat.of().formatHex(admission.signature()));
    }

    public static Admission read(JsonNode json) {
        try {
            return new Admission(new DeviceId(Id.parse(json.path("device").asText()).orElseThrow()), Bytes32.parse(json.path("hub").asText()),
                    json.path("at").asLong(), HexFormat.of().parseHex(json.path("signature").asText()));
        } catch (RuntimeException e) {
            throw new HephException(Reason.INVALID_PARAMS, "'admissions' is a list of {device, hub, at, signature}", e);
        }
    }
}
