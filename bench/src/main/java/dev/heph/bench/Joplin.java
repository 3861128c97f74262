package dev.heph.bench;

import dev.heph.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The peer that keeps notes in a database: its terminal application with a profile of its own. That one searches on its screen only, so
 * searches go to the API that it serves to other programs, as heph's go to its socket.
 */
final class Joplin implements AutoCloseable {
    private static final Command PROGRAM = new Command("joplin");
    private static final String TOKEN = "0123456789abcdef";
    private static final String API = "http://127.0.0.1:%d/search?token=%s&fields=id,title&limit=%d&query=%s";
    private static final int LIMIT = 20;
    private static final long PATIENCE_MS = 600_000;

    private final String profile;
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private Process server;

    Joplin(Path profile) {
        this.profile = profile.toString();
    }

    /** What it says it is; empty where it is not installed. */
    static Optional<String> version() throws Exception {
        return PROGRAM.version("version");
    }

    void take(Path folder) throws Exception {
        PROGRAM.run(0, "--profile", profile, "import", "--format", "md", folder.toString());
    }

    /** Starts the API, and returns when a note with the word is found: the words are indexed while it runs. */
    void serve(String word) throws Exception {
        port = FreePort.next();
        PROGRAM.run(0, "--profile", profile, "config", "api.port", Integer.toString(port));
        PROGRAM.run(0, "--profile", profile, "config", "api.token", TOKEN);
        server = PROGRAM.start("--profile", profile, "server", "start");
        long until = System.currentTimeMillis() + PATIENCE_MS;
        while (!answers(word)) {
            if (System.currentTimeMillis() > until || !server.isAlive()) {
                throw new IllegalStateException("Joplin does not find '" + word + "'");
            }
            Thread.sleep(500);
        }
    }

    private boolean answers(String word) throws Exception {
        try {
            return search(word).contains("\"id\"");
        } catch (IOException notYet) {
            return false;
        }
    }

    String search(String query) throws Exception {
        String words = URLEncoder.encode(query, StandardCharsets.UTF_8);
        URI address = URI.create(API.formatted(port, TOKEN, LIMIT, words));
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }

    @Override
    public void close() throws Exception {
        if (server != null) {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
            server.waitFor();
        }
        client.close();
    }
}
