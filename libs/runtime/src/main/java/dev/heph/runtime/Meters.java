package dev.heph.runtime;

import dev.heph.settings.Placement;
import java.time.Duration;
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

    /** All of it, in the text format of Prometheus. */
    String read();
}
