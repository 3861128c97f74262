package dev.heph.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the build has made and ships: {@code dist/target/heph}, or what the property {@code heph.dist} names. */
final class Installation {
    /** The checkout, whose examples are imported. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Path DIST = Path.of(System.getProperty(
                    "heph.dist", ROOT.resolve("dist/target/heph").toString()))
            .toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private Installation() {}

    /** What the script {@code heph} becomes. Not the script: it would build, from within the build, what is newer than it. */
    static List<String> cli(String... words) {
        if (!Files.isDirectory(DIST.resolve("lib"))) {
            throw new IllegalStateException(DIST + " is not built: mvn -pl dist -am package");
        }
        var command = new ArrayList<>(List.of(JAVA, "-Xlog:disable"));
        if (Files.exists(DIST.resolve("aot/cli.aot"))) {
            command.add("-XX:AOTCache=" + DIST.resolve("aot/cli.aot"));
        }
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders"));
        command.addAll(
                List.of("-XX:-UsePerfData", "-Xss512k", "-Xmx256m", "-Dheph.root=" + ROOT, "-Dheph.dist=" + DIST));
        String classPath = jars(
                "heph-cli.jar", "heph-launcher.jar", "heph-settings.jar", "jackson-core.jar", "commonmark.jar",
                "commonmark-ext-gfm-tables.jar", "commonmark-ext-gfm-strikethrough.jar", "commonmark-ext-task-list-items.jar",
                "commonmark-ext-autolink.jar", "autolink.jar");
        command.addAll(List.of("-cp", classPath, "dev.heph.cli.Heph"));
        command.addAll(List.of(words));
        return command;
    }

    /** A service on its own, as nobody is meant to start it. */
    static List<String> service(String mainClass, Path home) {
        return List.of(
                JAVA,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                DIST.resolve("lib") + "/*",
                mainClass,
                "--home",
                home.toString());
    }

    private static String jars(String... names) {
        return List.of(names).stream()
                .map(name -> DIST.resolve("lib").resolve(name).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
