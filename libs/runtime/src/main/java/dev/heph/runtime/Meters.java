package dev.heph.runtime;

import dev.heph.settings.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a service counts and measures, for whoever watches it (docs/reference/observing.md). */
public interface Meters {
    /** Where nobody watches nothing is kept. */
    Meters NONE = new Meters() {
        @Override
        public void took(String meter, Duration time, String... tags) {}

        @Override
        public void gauge(String meter, String meaning, Supplier<Number> value) {}

        @Override
        public void gauges(String meter, String meaning, Supplier<Map<List<String>, Long>> values) {}

        @Override
        public String read() {
            return "";
        }
    };

    /** Those of a service. */
    static Meters of(String service, Placement placement) {
        return placement.observed().isPresent() ? new PrometheusMeters(service) : NONE;
    }

    /** @param tags name and value in turn, of which there are few different ones */
    void took(String meter, Duration time, String... tags);

    /** @param value asked for each time that somebody looks */
    void gauge(String meter, String meaning, Supplier<Number> value);

    /**
     * As many as there are then, of which there may be others the next time.
     *
     * @param values by their tags, name and value in turn, the same names for all; asked for each time that somebody looks
     */
    void gauges(String meter, String meaning, Supplier<Map<List<String>, Long>> values);

    /** All of it, in the text format of Prometheus. */
    String read();
}
