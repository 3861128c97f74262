package dev.heph.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** In a registry of this service's own: Helidon's is the process's, and one process may hold several services. */
final class PrometheusMeters implements Meters {
    /** Upper bounds; few, because each is a time series for each route. */
    private static final Duration[] BOUNDS =
            Stream.of(2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000).map(Duration::ofMillis).toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final List<Runnable> changing = new CopyOnWriteArrayList<>();

    PrometheusMeters(String service) {
        registry.config().commonTags("service", service);
        List.of(new JvmMemoryMetrics(), new JvmGcMetrics(), new ProcessorMetrics(), new UptimeMetrics())
                .forEach(each -> each.bindTo(registry));
    }

    @Override
    public void took(String meter, Duration time, String... tags) {
        Timer.builder(meter).tags(tags).serviceLevelObjectives(BOUNDS).register(registry).record(time);
    }

    @Override
    public void gauge(String meter, String meaning, Supplier<Number> value) {
        Gauge.builder(meter, value).description(meaning).register(registry);
    }

    @Override
    public void gauges(String meter, String meaning, Supplier<Map<List<String>, Long>> values) {
        MultiGauge gauges = MultiGauge.builder(meter).description(meaning).register(registry);
        changing.add(() -> {
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            values.get().forEach((tags, value) -> rows.add(MultiGauge.Row.of(Tags.of(tags.toArray(String[]::new)), value)));
            gauges.register(rows, true);
        });
    }

    @Override
    public synchronized String read() {
        changing.forEach(Runnable::run);
        return registry.scrape();
    }
}
