package dev.heph.launcher;

import dev.heph.settings.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a service for its {@code /health}. HTTP by hand, because the CLI has no HTTP client on its class path, nor JSON. */
final class Probe {
    private static final int TIMEOUT_MS = 2000;
    private static final Pattern DETAIL = Pattern.compile("\"detail\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private Probe() {}

    /** What the service says about itself; empty if it does not answer. */
    static Optional<String> detail(InetSocketAddress address, Secret secret) {
        try (var socket = new Socket()) {
            socket.connect(address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address, TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            String request = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + secret.bearer() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = read(socket.getInputStream());
            Matcher detail = DETAIL.matcher(answer);
            return answer.startsWith("HTTP/1.1 200") && detail.find() ? Optional.of(unescape(detail.group(1))) : Optional.empty();
        } catch (IOException away) {
            return Optional.empty();
        }
    }

    /** As far as the detail, or the end: the server keeps the connection open. */
    private static String read(InputStream in) throws IOException {
        var answer = new ByteArrayOutputStream();
        byte[] part = new byte[4096];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            answer.write(part, 0, n);
            String soFar = answer.toString(StandardCharsets.UTF_8);
            if (DETAIL.matcher(soFar).find() || !soFar.startsWith("HTTP/1.1 200")) {
                return soFar;
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static String unescape(String json) {
        return json.replaceAll("\\\\n", " ").replaceAll("\\\\(.)", "$1");
    }
}
