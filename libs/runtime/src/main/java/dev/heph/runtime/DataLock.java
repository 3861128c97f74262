package dev.heph.runtime;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exclusive hold on a data directory, with the holder's pid inside the file for messages. The system lets go of it when the
 * process dies, however it dies, so there is no stale lock to clean up.
 */
public final class DataLock implements AutoCloseable {
    /**
     * The locks this process holds. A POSIX lock is the process' and goes when it closes ANY descriptor of the file, so a second
     * attempt from within must be refused before it opens the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DataLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws HephException {@link Reason#CONFLICT}, naming the pid that has the data in use */
    public static DataLock take(Home home) {
        Path file = home.lock();
        if (!HELD.add(file)) {
            throw inUse(home, Long.toString(ProcessHandle.current().pid()));
        }
        try {
            return lock(home, file);
        } catch (IOException e) {
            HELD.remove(file);
            throw new HephException(Reason.STORAGE, "cannot lock " + file + ": " + IoReason.of(e), e);
        } catch (HephException e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static DataLock lock(Home home, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw inUse(home, Files.readString(file).strip());
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return new DataLock(file, channel);
    }

    private static HephException inUse(Home home, String pid) {
        return new HephException(
                Reason.CONFLICT,
                "the data in " + home.data() + " is in use by pid " + pid + " (heph store). Stop it first: heph down");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot release " + file + ": " + IoReason.of(e), e);
        } finally {
            HELD.remove(file);
        }
    }
}
