package dev.heph.deploy.image;

import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * An image from nothing, in four layers that change less and less often from the last to the first: the C library, Java, other people's
 * jars, ours.
 * Everything belongs to root and nothing in it can be written by whom it runs as, user 65532; a volume or a tmpfs is to be at
 * {@code /var/lib/heph}, and at {@code /tmp}.
 */
final class Recipe {
    private static final String USER = "65532:65532";
    private static final String HOME = "/var/lib/heph";
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions OWNER_ONLY = FilePermissions.fromOctalString("700");
    private static final FilePermissions EVERYBODY = FilePermissions.fromOctalString("777");

    /**
     * A small collector; as much of the container's memory as is safe beside what is not heap; one that ran out ends and is started anew.
     */
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:-UsePerfData", "-Xss512k",
            "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-XX:+ErrorFileToStderr", "--enable-native-access=ALL-UNNAMED",
            "-Dslf4j.internal.verbosity=ERROR", "-Dorg.sqlite.lib.path=/heph/native");

    private final Shipped shipped;
    private final String version;
    private final JavaRuntime java;
    private final CLibrary library;
    private final Collection<Jar> jars;
    private final Path work;

    /**
     * @param root the checkout, built
     * @param work where what is put into the image is made ready
     */
    Recipe(Shipped shipped, String version, JavaRuntime java, CLibrary library, Path root, Path work) throws IOException {
        this.shipped = shipped;
        this.version = version;
        this.java = java;
        this.library = library;
        this.jars = Jar.of(shipped.modules(root), version);
        this.work = Files.createDirectories(work);
    }

    byte[] bill() throws IOException {
        return Bill.of(shipped, version, jars, java, library);
    }

    JibContainerBuilder image() throws IOException {
        return Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform(System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64", "linux")))
                .setCreationTime(Instant.EPOCH)
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/heph"))
                .setEnvironment(Map.of("HEPH_HOME", HOME, "PATH", "/java/bin", "LC_ALL", "C.UTF-8"))
                .setEntrypoint("/java/bin/java", "@/heph/service")
                .setLabels(Map.of(
                        "org.opencontainers.image.title", shipped.image(),
                        "org.opencontainers.image.description", "heph's " + shipped.service() + ", for a hub",
                        "org.opencontainers.image.version", version,
                        "dev.heph.java", java.vendor() + " " + java.version(),
                        "dev.heph.glibc", library.version()))
                .setFileEntriesLayers(system(), runtime(), jars("libraries", false), ours());
    }

    private FileEntriesLayer system() throws IOException {
        var layer = FileEntriesLayer.builder().setName("system");
        for (Path file : library.files()) {
            layer.addEntry(file, AbsoluteUnixPath.fromPath(file), PROGRAM);
        }
        text(layer, "/etc/passwd", "root:x:0:0::/:\nheph:x:65532:65532::" + HOME + ":\n");
        text(layer, "/etc/group", "root:x:0:\nheph:x:65532:\n");
        text(layer, "/etc/nsswitch.conf", "hosts: files dns\n");
        Path empty = Files.createDirectories(work.resolve("empty"));
        layer.addEntry(empty, AbsoluteUnixPath.get("/tmp"), EVERYBODY);
        layer.addEntry(empty, AbsoluteUnixPath.get(HOME), OWNER_ONLY, FileEntriesLayer.DEFAULT_MODIFICATION_TIME, USER);
        return layer.build();
    }

    private FileEntriesLayer runtime() throws IOException {
        var layer = FileEntriesLayer.builder().setName("java");
        try (Stream<Path> files = Files.walk(java.directory())) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                layer.addEntry(file, AbsoluteUnixPath.get("/java").resolve(java.directory().relativize(file)),
                        Files.isExecutable(file) ? PROGRAM : FilePermissions.DEFAULT_FILE_PERMISSIONS);
            }
        }
        return layer.build();
    }

    private FileEntriesLayer jars(String name, boolean ours) {
        var layer = FileEntriesLayer.builder().setName(name);
        jars.stream().filter(jar -> jar.ours() == ours).forEach(jar -> layer.addEntry(jar.file(), AbsoluteUnixPath.get("/heph/lib")
                .resolve(jar.name())));
        return layer.build();
    }

    /** With {@code /heph/service}, by which it is started; where there is a command, {@code java @cli …} is that. */
    private FileEntriesLayer ours() throws IOException {
        var layer = jars("heph", true).toBuilder();
        Optional<Path> sqlite = sqlite();
        if (sqlite.isPresent()) {
            layer.addEntry(sqlite.get(), AbsoluteUnixPath.get("/heph/native").resolve(sqlite.get().getFileName()), PROGRAM);
        }
        text(layer, "/heph/service", started(shipped.mainClass()));
        if (shipped.hasCommand()) {
            text(layer, "/heph/cli", started("dev.heph.cli.Heph"));
        }
        text(layer, "/heph/bill.cdx.json", new String(bill(), StandardCharsets.UTF_8));
        return layer.build();
    }

    private String started(String mainClass) {
        var arguments = new ArrayList<>(FLAGS);
        arguments.add("-Dheph.build=" + version);
        arguments.add("-cp");
        arguments.add(String.join(":", jars.stream().map(jar -> "/heph/lib/" + jar.name()).toList()));
        arguments.add(mainClass);
        return String.join("\n", arguments) + "\n";
    }

    /** The driver would unpack its library at each start, and there is nowhere to put it. */
    private Optional<Path> sqlite() throws IOException {
        Optional<Jar> driver = jars.stream().filter(jar -> jar.artifact().equals("sqlite-jdbc")).findFirst();
        if (driver.isEmpty()) {
            return Optional.empty();
        }
        String cpu = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        Path target = work.resolve("libsqlitejdbc.so");
        try (var jar = new JarFile(driver.get().file().toFile());
                InputStream in = jar.getInputStream(jar.getJarEntry("org/sqlite/native/Linux/" + cpu + "/libsqlitejdbc.so"))) {
            Files.write(target, in.readAllBytes());
        }
        return Optional.of(target);
    }

    private void text(FileEntriesLayer.Builder layer, String path, String text) throws IOException {
        Path file = Files.writeString(work.resolve(path.substring(1).replace('/', '-')), text);
        layer.addEntry(file, AbsoluteUnixPath.get(path));
    }
}
