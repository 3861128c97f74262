package dev.heph.launcher;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held while somebody starts or stops a home's processes; others wait for it, then look again. */
final class LaunchLock implements AutoCloseable {
    private final FileChannel channel;

    private LaunchLock(FileChannel channel) {
        this.channel = channel;
    }

    static LaunchLock take(Home home) {
        Path file = home.run().resolve("launch.lock");
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new LaunchLock(channel);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot lock " + file + ": " + IoReason.of(e), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException released) {
            return;
        }
    }
}
