package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.provider.FakeProvider;
import dev.heph.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code heph hub token} at a real hub that is for one group: what a person sees who is let in, and who is not. */
class TokenTest {
    @TempDir
    Path directory;

    private final FakeProvider provider = FakeProvider.start();
    private Device hub;
    private Device laptop;

    @BeforeEach
    void start() throws IOException {
        int port = FreePort.next();
        hub = Device.at(directory.resolve("hub")).with("HEPH_LIGHT", "true").with("HEPH_AUTH_ISSUER", provider.issuer().toString()).with("HEPH_AUTH_GROUP", "family");
        hub.heph("hub", "up", "--port", "" + port).ok();
        laptop = Device.at(directory.resolve("laptop")).with("HEPH_LIGHT", "true").with("HEPH_TOKEN_COMMAND", "cat '" + token() + "'");
        Files.writeString(token(), of("family"));
        laptop.heph("hub", "join", "http://127.0.0.1:" + port).ok();
    }

    @AfterEach
    void end() {
        laptop.close();
        hub.close();
        provider.close();
    }

    private Path token() {
        return directory.resolve("token");
    }

    private String of(String group) {
        return provider.tokens("ada").with(claims -> claims.claim("groups", List.of(group)));
    }

    @Test
    void whoIsLetInAndWhoIsNot() throws IOException {
        laptop.heph("note", "Mine").ok();
        laptop.heph("sync").ok();
        assertThat(laptop.heph("hub", "token").ok().out().lines().map(line -> line.replaceAll(" {2,}", " ")))
                .contains("whose ada", "issuer " + provider.issuer(), "audience heph", "groups family", "let in yes");
        Outcome printed = laptop.heph("hub", "token", "--print").exits(0);
        assertThat(printed.out()).isEqualTo(Files.readString(token()) + "\n");
        assertThat(printed.remark()).startsWith("whoever has this token is you for that hub until 2");

        laptop.heph("down").ok(); // a command's token is kept as long as it is good
        Files.writeString(token(), of("choir"));
        laptop.heph("sync");
        Outcome refused = laptop.heph("hub", "token").exits(1);
        assertThat(refused.out()).contains("choir", "no: ada is not in the group family, which this hub is for; ask who runs it");

        Outcome judged = hub.hephWith(of("choir"), "hub", "token", "--check").exits(1);
        assertThat(judged.out()).contains("no: ada is not in the group family");
        String expired = provider.tokens("ada").bad().get("expired");
        assertThat(hub.hephWith(expired, "hub", "token", "--check").exits(1).out()).contains("no: the token has expired");
        assertThat(hub.hephWith(of("family"), "hub", "token", "--check").exits(0).out()).contains("yes").doesNotContain("ey");
        assertThat(hub.heph("hub", "token").failure(1)).startsWith("this is the hub, which holds no token");
        try (var logs = Files.walk(directory)) {
            String all = String.join("\n", logs.filter(file -> file.toString().endsWith(".log")).map(TokenTest::read).toList());
            assertThat(all).as("no token is in any log").isNotEmpty().doesNotContain(expired.split("\\.")[2]).doesNotContain(printed.out().split("\\.")[2].strip());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
