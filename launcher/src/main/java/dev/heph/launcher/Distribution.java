package dev.heph.launcher;

import dev.heph.settings.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The last step of a build: {@code stage/lib} becomes {@code heph}, with what makes its processes start fast. A training that
 * fails is told and costs nothing but that speed; the jars alone work too.
 */
final class Distribution {
    /** Which JVM the caches were made by. */
    private static final String JDK = "aot/jdk";

    private final Path stage;
    private final Path finished;

    private Distribution(Path directory) {
        this.stage = directory.resolve("stage");
        this.finished = directory.resolve("heph");
    }

    public static void main(String[] arguments) throws IOException {
        new Distribution(Path.of(arguments[0])).make();
    }

    private void make() throws IOException {
        if (sameJars() && trainedForThisJdk()) {
            delete(stage);
            return;
        }
        unpackSqlite();
        Files.writeString(stage.resolve(Installation.BUILD), Version.CURRENT + "+" + hash());
        Files.createDirectories(stage.resolve("aot"));
        Files.writeString(stage.resolve(JDK), jdk());
        TrainingRun.of(stage);
        Path old = finished.resolveSibling("old");
        delete(old);
        if (Files.exists(finished)) {
            Files.move(finished, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(stage, finished, StandardCopyOption.ATOMIC_MOVE);
        delete(old);
    }

    /** Jars are built to the same bytes from the same sources, so a build that changed nothing keeps what was trained. */
    private boolean sameJars() throws IOException {
        List<Path> ours = names(stage.resolve("lib"));
        Path there = finished.resolve("lib");
        if (!Files.isDirectory(there) || !ours.equals(names(there))) {
            return false;
        }
        for (Path name : ours) {
            if (Files.mismatch(stage.resolve("lib").resolve(name), there.resolve(name)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** A cache serves only the JVM that made it. One that is missing may have failed for a reason that has passed. */
    private boolean trainedForThisJdk() throws IOException {
        Path trained = finished.resolve(JDK);
        return Files.exists(trained)
                && Files.readString(trained).equals(jdk())
                && Stream.of("aot/services.aot", "aot/cli.aot").map(finished::resolve).allMatch(Files::exists);
    }

    private static String jdk() {
        return System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version");
    }

    /** Of the jars' names and bytes. */
    private String hash() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Path lib = stage.resolve("lib");
            for (Path name : names(lib)) {
                digest.update(name.toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(lib.resolve(name)));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The driver would unpack its library anew at each start. The directory holds this machine's alone. */
    private void unpackSqlite() throws IOException {
        Optional<Path> jar = Optional.of(stage.resolve("lib/sqlite-jdbc.jar")).filter(Files::exists);
        if (jar.isEmpty()) {
            return;
        }
        String os = System.getProperty("os.name").startsWith("Mac") ? "Mac" : "Linux";
        String cpu = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        try (var file = new JarFile(jar.get().toFile())) {
            for (String name : List.of("libsqlitejdbc.so", "libsqlitejdbc.dylib")) {
                var entry = file.getJarEntry("org/sqlite/native/" + os + "/" + cpu + "/" + name);
                if (entry != null) {
                    Path target = Files.createDirectories(stage.resolve("native")).resolve(name);
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
    }

    private static List<Path> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(Path::getFileName).sorted().toList();
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
