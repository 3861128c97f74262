package dev.heph.launcher;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Version;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The built heph that a process belongs to: {@code lib/*.jar}, and {@code aot/} and {@code native/} if the first build made them. */
final class Installation {
    /** Set by the heph script. Without it, as in tests, every process gets the class path of its parent. */
    static final String PROPERTY = "heph.dist";

    /** The file that holds the version and a hash of the jars. */
    static final String BUILD = "build";

    private final Optional<Path> directory;

    Installation(Optional<Path> directory) {
        this.directory = directory;
    }

    static Installation ofThisProcess() {
        return new Installation(Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of));
    }

    Optional<Path> directory() {
        return directory;
    }

    /** Which build this is: equal for two that were made of the same jars. */
    String build() {
        try {
            Optional<Path> name = file(BUILD);
            return name.isPresent() ? Files.readString(name.get()).strip() : Version.CURRENT;
        } catch (IOException e) {
            return Version.CURRENT;
        }
    }

    /** Every jar, by name: the order must be the one in which the AOT cache was made. */
    String classPath() {
        return directory.map(Installation::jars).orElseGet(() -> System.getProperty("java.class.path"));
    }

    /** As much as the supervisor needs. */
    String supervisorClassPath() {
        return directory
                .map(dist -> join(List.of(dist.resolve("lib/heph-launcher.jar"), dist.resolve("lib/heph-settings.jar"))))
                .orElseGet(this::classPath);
    }

    /** A file of the installation, if it is there. */
    Optional<Path> file(String name) {
        return directory.map(dist -> dist.resolve(name)).filter(Files::exists);
    }

    private static String jars(Path dist) {
        try (var files = Files.list(dist.resolve("lib"))) {
            return join(files.filter(file -> file.toString().endsWith(".jar")).sorted().toList());
        } catch (IOException e) {
            throw new HephException(Reason.INTERNAL, dist + " is not a built heph; build it again: rm -r " + dist, e);
        }
    }

    private static String join(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
