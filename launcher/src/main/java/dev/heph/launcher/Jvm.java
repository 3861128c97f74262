package dev.heph.launcher;

import dev.heph.settings.Flags;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command lines of a home's processes. What each flag is worth was measured; the numbers are in RATIONALE.md. */
final class Jvm {
    /** Collector, compiler and object layout: start-up and memory come before peak speed. Part of what an AOT cache is made for. */
    static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders", "-XX:-UsePerfData", "-Xss512k");

    /**
     * A small heap that grows when it must (it would begin with a 64th of the machine) and gives back what it does not need when
     * somebody asks for a full collection, as an import does; a process that is out of memory is left to its supervisor.
     */
    private static final List<String> SERVICE = List.of(
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:-ShrinkHeapInSteps",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Dslf4j.internal.verbosity=ERROR"); // a library brings SLF4J and would tell each log that nothing listens to it

    private static final int LIGHT_HEAP_MAX_MB = 768;
    private static final int LIGHT_YOUNG_MB = 12;
    private static final int OLD_MB = 12;

    private final Home home;
    private final Installation installation;
    private final Map<String, String> flags;

    /** @param flags the settings given on the command line; they win over the environment in every process */
    Jvm(Home home, Installation installation, Map<String, String> flags) {
        this.home = home;
        this.installation = installation;
        this.flags = flags;
    }

    List<String> supervisor() {
        var command = start("supervisor");
        command.add("-Xmx16m");
        installation.directory().ifPresent(dist -> command.add("-D" + Installation.PROPERTY + "=" + dist));
        return finish(command, installation.supervisorClassPath(), Supervisor.class.getName());
    }

    List<String> light() {
        return service("light", "dev.heph.launcher.LightMain", LIGHT_HEAP_MAX_MB, LIGHT_YOUNG_MB);
    }

    /** The process of {@code heph up --light}, which writes at its end what the next ones need not do again. */
    List<String> training(Path cache) {
        var command = new ArrayList<>(light());
        command.add(1, "-XX:AOTCacheOutput=" + cache);
        return command;
    }

    /** A service that ends when whoever started it, and holds its standard input open, does. */
    List<String> service(Part part) {
        var command = service(part.title(), part.mainClass(), part.heapMaxMb(), part.youngMb());
        command.add(1, "-D" + RunFile.SUPERVISED_PROPERTY + "=true");
        return command;
    }

    /** The process that restores a backup. It has not this home's mark: it waits while those that have it are stopped. */
    List<String> restore(Path file) {
        var command = service("restore", "dev.heph.store.backup.RestoreMain", Part.STORE.heapMaxMb(), Part.STORE.youngMb());
        command.remove(HomeProcesses.mark(home));
        command.add(file.toString());
        return command;
    }

    private List<String> service(String title, String mainClass, int heapMaxMb, int youngMb) {
        var command = start(title);
        command.add("-Xms" + (youngMb + OLD_MB) + "m");
        command.add("-Xmn" + youngMb + "m");
        command.add("-Xmx" + heapMaxMb + "m");
        command.addAll(SERVICE);
        installation.file("aot/services.aot").ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
        installation.file("native").ifPresent(directory -> command.add("-Dorg.sqlite.lib.path=" + directory));
        return finish(command, installation.classPath(), mainClass);
    }

    private List<String> start(String title) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(HomeProcesses.mark(home));
        command.add("-D" + RunFile.BUILD_PROPERTY + "=" + installation.build());
        command.addAll(SMALL);
        command.add("-XX:ErrorFile=" + home.logs().resolve(title + "-crash-%p.log"));
        return command;
    }

    private List<String> finish(List<String> command, String classPath, String mainClass) {
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(Flags.arguments(flagsWithHome()));
        return command;
    }

    /** A home of its own is named, absolute: the processes have another working directory, and people look for it in ps. */
    private Map<String, String> flagsWithHome() {
        var all = new TreeMap<>(flags);
        Path root = home.data().getParent();
        if (root != null && Home.in(root).equals(home)) {
            all.put("--home", root.toString());
        } else {
            all.remove("--home");
        }
        return all;
    }
}
