package dev.heph.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command finds around it: nothing else of the process is used, so that a test, or `heph try`, can set it up.
 *
 * @param directory where relative paths start
 */
public record Shell(
        Map<String, String> environment,
        Path directory,
        InputStream in,
        Output out,
        Output err,
        Terminal terminal,
        InstantSource clock) {

    public static Shell ofThisProcess() {
        Map<String, String> environment = System.getenv();
        return new Shell(
                environment,
                Path.of("").toAbsolutePath(),
                new FileInputStream(FileDescriptor.in),
                new Output(new FileOutputStream(FileDescriptor.out)),
                new Output(new FileOutputStream(FileDescriptor.err)),
                Terminal.ofThisProcess(environment),
                InstantSource.system());
    }

    public Shell withEnvironment(Map<String, String> other) {
        return new Shell(other, directory, in, out, err, terminal, clock);
    }

    public Shell withOut(Output other) {
        return new Shell(environment, directory, in, other, err, terminal, clock);
    }

    /** The next line of standard input, as it comes; empty at its end. */
    public String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** One line on standard error, at once. */
    public void say(String text) {
        out.flush();
        err.line(text).flush();
    }
}
