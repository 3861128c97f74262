package dev.heph.deploy.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ends TLS, as the ingress controller does, and passes on what comes to where the host of its first request is. */
final class Edge implements AutoCloseable {
    private static final Pattern HOST = Pattern.compile("(?im)^host: *([^:\\s]+)");
    private static final int HEAD_BYTES = 64 * 1024;
    private static final byte[] NOBODY = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening;
    private final Backend backend;

    /** Where a host's requests go. */
    interface Backend {
        Socket connect(String host) throws Exception;
    }

    /** @param listening with TLS */
    Edge(ServerSocket listening, Backend backend) {
        this.listening = listening;
        this.backend = backend;
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            byte[] head = head(client.getInputStream());
            Matcher host = HOST.matcher(new String(head, StandardCharsets.ISO_8859_1));
            if (!host.find()) {
                return;
            }
            try (Socket server = backend.connect(host.group(1))) {
                server.setTcpNoDelay(true);
                server.getOutputStream().write(head);
                Thread.ofVirtual().start(() -> pass(client, server));
                pass(server, client);
            } catch (Exception nobodyThere) {
                client.getOutputStream().write(NOBODY);
            }
        } catch (IOException e) {
            return; // whoever it was has gone
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int ends = 0;
        for (int next = in.read(); next >= 0 && head.size() < HEAD_BYTES; next = in.read()) {
            head.write(next);
            ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
            if (ends == 2) {
                break;
            }
        }
        return head.toByteArray();
    }

    /** Until one of them ends, and then both. */
    private static void pass(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
