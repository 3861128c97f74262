package dev.heph.gateway.socket;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.IoReason;
import dev.heph.settings.RunFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The socket's place in the file system: taken over from a gateway that is gone, never from one that answers. */
final class SocketFile implements AutoCloseable {
    /** How many clients may wait to be accepted. */
    private static final int BACKLOG = 128;

    private final Path path;
    private final ServerSocketChannel channel;
    private final Optional<Object> inode;

    private SocketFile(Path path, ServerSocketChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.inode = inode(path);
    }

    /**
     * Listens at the home's socket, whose directory is there and the user's own (0700), so that nobody else gets in before the
     * socket is 0600.
     *
     * @throws HephException {@link Reason#CONFLICT} if somebody answers there, or something else is in the way
     */
    static SocketFile claim(Home home) {
        Path path = home.socket();
        try {
            clear(home, path);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
                return new SocketFile(path, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot listen at " + path + ": " + IoReason.of(e), e);
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Stops listening, and removes the file unless another gateway has put its own there since. */
    @Override
    public void close() {
        try {
            channel.close();
            if (inode(path).equals(inode)) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot remove " + path + ": " + IoReason.of(e), e);
        }
    }

    private static void clear(Home home, Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
            throw new HephException(Reason.CONFLICT, path + " is in the way and is no socket: move it elsewhere");
        }
        if (answers(path)) {
            throw new HephException(
                    Reason.CONFLICT,
                    holder(home) + " answers at " + path + " already (heph rpc-gateway). Stop it first: heph down");
        }
        Files.deleteIfExists(path);
    }

    /** Who answers there; a gateway that still waits for the store has not written its run file yet. */
    private static String holder(Home home) {
        return RunFile.read(home, "rpc-gateway")
                .filter(RunFile::alive)
                .map(gateway -> "pid " + gateway.pid())
                .orElse("another gateway");
    }

    private static boolean answers(Path path) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return probe.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static Optional<Object> inode(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return Optional.ofNullable(attributes.fileKey());
    }
}
