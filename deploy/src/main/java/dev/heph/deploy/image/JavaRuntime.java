package dev.heph.deploy.image;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * The part of this JDK that the services run on.
 *
 * @param version such as {@code 25.0.3+9-LTS}
 * @param vendor whose build of OpenJDK it is
 */
record JavaRuntime(Path directory, String version, String vendor) {
    /** What {@code jdeps} finds that our jars need, and what measures a process. */
    private static final List<String> MODULES = List.of("java.base", "java.logging", "java.management", "java.naming", "java.net.http",
            "java.sql",
            "java.xml", "jdk.management", "jdk.unsupported");

    /** Made once for each JDK and choice of modules, below that directory; it takes a while. */
    static JavaRuntime in(Path cache) throws IOException {
        Path jdk = Path.of(System.getProperty("java.home"));
        String version = System.getProperty("java.vm.version");
        Path directory = cache.resolve("java-" + version.replaceAll("[^A-Za-z0-9.]", "-") + "-"
                + Integer.toHexString(MODULES.hashCode()));
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(cache);
            Path draft = Files.createTempDirectory(cache, "making-").resolve("java");
            Command.output(List.of(jdk.resolve("bin/jlink").toString(), "--add-modules", String.join(",", MODULES),
                    "--strip-java-debug-attributes", "--no-header-files", "--no-man-pages", "--output", draft.toString()));
            try {
                Files.move(draft, directory);
                Files.delete(draft.getParent());
            } catch (DirectoryNotEmptyException | FileAlreadyExistsException madeBySomebodyElseMeanwhile) {
                // the same, so theirs will do; ours goes with the next clean build
            }
        }
        var release = new Properties();
        try (var in = Files.newBufferedReader(jdk.resolve("release"))) {
            release.load(in);
        }
        return new JavaRuntime(directory, version, release.getProperty("IMPLEMENTOR", "unknown").replace("\"", ""));
    }
}
