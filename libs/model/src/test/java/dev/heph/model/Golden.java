package dev.heph.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that freeze what other devices and later versions rely on. A test that fails here says: you are about to change the
 * wire format. When that is meant, {@code mvn -pl libs/model -am test -Dgolden.write=true} writes them anew, and the diff is
 * reviewed.
 */
public final class Golden {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");
    private static final boolean WRITE = Boolean.getBoolean("golden.write");

    private Golden() {}

    /** Checks that the file holds exactly {@code actual}. */
    public static void check(String file, String actual) {
        Path path = ROOT.resolve(file);
        try {
            if (WRITE) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, actual);
            }
            assertThat(path).as("golden file, see Golden").isRegularFile();
            assertThat(actual).as("the frozen %s", path).isEqualTo(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
