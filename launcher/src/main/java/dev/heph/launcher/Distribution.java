package dev.heph.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * The last step of a build: {@code stage/lib} becomes {@code heph}, with what makes its processes start fast. A training that
 * fails is told and costs nothing but that speed; the jars alone work too.
 */
final class Distribution {
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
        if (sameJars()) {
            delete(stage);
            return;
        }
        unpackSqlite();
        Files.createDirectories(stage.resolve("aot"));
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
