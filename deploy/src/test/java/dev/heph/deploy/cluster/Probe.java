package dev.heph.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** A probe over HTTP, asked as the kubelet asks. Who calls it does so from the node's network. */
final class Probe {
    private final URI address;
    private final long periodNanos;
    private final int timeoutMillis;
    private final int failureThreshold;
    private long due = System.nanoTime();
    private int failures;
    private boolean passed;

    /** @param place the pod's; its container's port may be named */
    Probe(JsonNode probe, Place place) {
        JsonNode get = probe.path("httpGet");
        address = URI.create("http://" + place.address() + ":" + place.port(get.path("port")) + get.path("path").asText());
        periodNanos = TimeUnit.SECONDS.toNanos(probe.path("periodSeconds").asLong(10));
        timeoutMillis = probe.path("timeoutSeconds").asInt(1) * 1000;
        failureThreshold = probe.path("failureThreshold").asInt(3);
    }

    /** Asks if it is time to. */
    void askWhenDue() {
        if (System.nanoTime() - due < 0) {
            return;
        }
        if (answers()) {
            failures = 0;
            passed = true;
        } else if (++failures >= failureThreshold) {
            passed = false;
        }
        due = System.nanoTime() + periodNanos;
    }

    /** It did once, and has not failed too often in a row since. */
    boolean passed() {
        return passed;
    }

    boolean failed() {
        return failures >= failureThreshold;
    }

    /** Nanoseconds until it is to be asked again. */
    long rest(long atMost) {
        return Math.max(0, Math.min(atMost, due - System.nanoTime()));
    }

    private boolean answers() {
        try {
            var asked = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            asked.setConnectTimeout(timeoutMillis);
            asked.setReadTimeout(timeoutMillis);
            asked.setRequestProperty("Connection", "close");
            int status = asked.getResponseCode();
            asked.disconnect();
            return status >= 200 && status < 400;
        } catch (IOException e) {
            return false;
        }
    }
}
