package dev.heph.bench;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the disk alone asks for a durable write. */
final class Disk {
    private static final int PAGE_BYTES = 4096;

    private Disk() {}

    /** Appends a page to a file and waits until it is on the disk. */
    static Samples appends(Path file, int rounds) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
            return Samples.of(20, rounds, round -> {
                channel.write(page.rewind());
                channel.force(false);
            });
        }
    }
}
