package dev.heph.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
    @TempDir
    private Path directory;

    private Home home;
    private Path path;

    @BeforeEach
    void place() {
        home = Home.in(directory).create();
        path = home.socket();
    }

    @Test
    void theSocketIsTheOwnersAlone() throws IOException {
        try (SocketFile file = SocketFile.claim(home)) {
            assertThat(file.channel().isOpen()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void aStaleSocketIsReplaced() throws IOException {
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
        killed.close(); // which leaves the file, as kill -9 does
        assertThat(Files.exists(path)).isTrue();

        SocketFile.claim(home).close();
    }

    @Test
    void aLiveSocketIsNotReplaced() {
        try (SocketFile live = SocketFile.claim(home)) {
            assertThatThrownBy(() -> SocketFile.claim(home))
                    .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
                    .hasMessageContaining("answers at " + path);
            assertThat(live.channel().isOpen()).isTrue();
            assertThat(path).exists();
        }
    }

    @Test
    void whoHoldsALiveSocketIsNamedIfItIsKnown() {
        try (SocketFile live = SocketFile.claim(home)) {
            assertThatThrownBy(() -> SocketFile.claim(home)).hasMessageStartingWith("another gateway answers at ");
            RunFile.ofThisProcess("rpc-gateway", 1, Instant.EPOCH).write(home);
            assertThatThrownBy(() -> SocketFile.claim(home))
                    .hasMessage("pid " + ProcessHandle.current().pid() + " answers at " + path
                            + " already (heph rpc-gateway). Stop it first: heph down");
            assertThat(live.channel().isOpen()).isTrue();
        }
    }

    @Test
    void somethingElseInTheWayIsLeftAlone() throws IOException {
        Files.writeString(path, "mine");

        assertThatThrownBy(() -> SocketFile.claim(home)).hasMessageContaining("is no socket");
        assertThat(path).hasContent("mine");
    }

    @Test
    void aSocketThatAnotherHasPutThereSinceIsLeftThere() throws IOException {
        SocketFile first = SocketFile.claim(home);
        Files.delete(path);
        try (SocketFile second = SocketFile.claim(home)) {
            first.close();
            assertThat(path).exists();
            assertThat(second.channel().isOpen()).isTrue();
        }
    }
}
