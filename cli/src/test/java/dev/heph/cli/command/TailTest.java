package dev.heph.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
    @TempDir
    Path directory;

    @Test
    void follows_wholeLines_andARotation() throws IOException {
        Path log = Files.writeString(directory.resolve("store.log"), "one\ntwo\nthr");
        var tail = new Tail("store", log);
        assertThat(tail.last(1)).containsExactly("two");

        Files.writeString(log, "ee\n", StandardOpenOption.APPEND);
        assertThat(tail.added()).containsExactly("three");
        assertThat(tail.added()).isEmpty();

        Files.writeString(log, "new\n");
        assertThat(tail.added()).containsExactly("new");
    }
}
