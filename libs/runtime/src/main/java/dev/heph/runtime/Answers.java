package dev.heph.runtime;

import dev.heph.error.HephException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What a service answers: calls by method, streams by path. */
public final class Answers {
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, Lines.Source> streams = new LinkedHashMap<>();

    /** Answers {@code POST /call/<method>}. */
    public Answers call(String method, Call call) {
        calls.put(method, call);
        return this;
    }

    /** Answers {@code GET path}, such as {@code /changes}, with a stream of lines. */
    public Answers stream(String path, Lines.Source source) {
        streams.put(path, source);
        return this;
    }

    /** Tells of whatever the calls that were added until now refuse. */
    public Answers refusing(Consumer<HephException> told) {
        calls.replaceAll((method, call) -> request -> {
            try {
                return call.answer(request);
            } catch (HephException e) {
                told.accept(e);
                throw e;
            }
        });
        return this;
    }

    Map<String, Call> calls() {
        return calls;
    }

    Map<String, Lines.Source> streams() {
        return streams;
    }
}
