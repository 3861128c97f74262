package dev.heph.runtime;

import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Secret;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * A service where its run file says it is, with the connections kept to it. Helidon's client rather than the JDK's, measured on
 * loopback with small bodies: 0.35 ms at the median where the JDK's takes 0.46 ms, which hands each call through two more threads.
 */
record Peer(Http1Client http, String authorization) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    static Optional<Peer> find(Home home, String service) {
        return RunFile.read(home, service)
                .filter(RunFile::alive)
                .flatMap(file -> Secret.read(home).map(secret -> new Peer(client(file.port()), secret.bearer())));
    }

    Http1ClientRequest request(Method method, String path, Duration timeout) {
        return http.method(method)
                .path(path)
                .readTimeout(timeout)
                .header(HeaderNames.AUTHORIZATION, authorization);
    }

    private static Http1Client client(int port) {
        return Http1Client.builder()
                .baseUri("http://127.0.0.1:" + port)
                .connectTimeout(CONNECT_TIMEOUT)
                .socketOptions(options -> options.tcpNoDelay(true))
                .sendExpectContinue(false)
                .shareConnectionCache(false)
                .servicesDiscoverServices(false)
                .followRedirects(false)
                .build();
    }
}
