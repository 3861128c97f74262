package dev.heph.gateway.method;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.rpc.JsonText;
import dev.heph.gateway.rpc.Slice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A method that clients can call.
 *
 * @param result the JSON schema of its result
 * @param aside whether it may take long: then it runs beside the other requests of its connection instead of holding them up
 */
public record Method(String name, String description, List<Param> params, String result, boolean aside, Handler handler) {
    private static final Slice NONE = Slice.of("{}");

    /**
     * The params as the handler gets them: an object.
     *
     * @throws HephException {@link Reason#INVALID_PARAMS} naming the first that does not fit
     */
    Slice check(Optional<Slice> given) {
        Slice object = given.orElse(NONE);
        try (JsonParser json = JsonText.FACTORY.createParser(object.bytes(), object.from(), object.length())) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_ARRAY && json.nextToken() == JsonToken.END_ARRAY) {
                return check(Optional.empty());
            }
            if (first != JsonToken.START_OBJECT) {
                throw refusal(first == JsonToken.START_ARRAY
                        ? "params are named: send an object instead of an array"
                        : "params must be an object (or absent, or [])");
            }
            Optional<String> complaint = Members.check(params, "", json);
            if (complaint.isPresent()) {
                throw refusal(complaint.get());
            }
            if (object.hasHalfPair()) {
                throw refusal("a string holds half of a surrogate pair, which is no text: escape both halves or write UTF-8");
            }
            return object;
        } catch (IOException e) {
            throw new IllegalStateException("the line was read before", e);
        }
    }

    private static HephException refusal(String complaint) {
        return new HephException(Reason.INVALID_PARAMS, complaint);
    }
}
