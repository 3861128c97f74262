package dev.heph.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system in memory that only processes started {@link #inside} see: it lives in a namespace of its own, so that neither
 * privileges nor the machine's real disk are needed. It goes with the last of those processes.
 */
final class SmallDisk implements AutoCloseable {
    private final Process holder;

    private SmallDisk(Process holder) {
        this.holder = holder;
    }

    /** Skips the test where the system does not let this user have one. */
    static SmallDisk at(Path directory, int megabytes) {
        String script = "mount -t tmpfs -o size=" + megabytes + "m,mode=700 tmpfs \"$1\" && echo mounted && exec cat";
        try {
            Process holder = new ProcessBuilder("unshare", "-rm", "sh", "-c", script, "sh", directory.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var out = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
            boolean mounted = "mounted".equals(out.readLine());
            assumeTrue(mounted, "this system gives its users no namespaces, so no disk can be filled without harm");
            return new SmallDisk(holder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command is run by to see it. */
    List<String> inside() {
        return List.of(
                "nsenter",
                "--target",
                Long.toString(holder.pid()),
                "--user",
                "--mount",
                "--preserve-credentials",
                "--");
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
