package dev.heph.deploy.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A jar in an image. */
record Jar(String group, String artifact, String version, Path file) {
    private static final String OURS = "dev.heph";

    /** As it is called in the image. */
    String name() {
        return file.getFileName().toString();
    }

    boolean ours() {
        return group.equals(OURS);
    }

    /**
     * Those of built modules, each with its own jar and those that it needs, in the order of their names.
     *
     * @param version of ours; jars of other versions that were built there before are left out
     */
    static Collection<Jar> of(List<Path> modules, String version) throws IOException {
        var jars = new TreeMap<String, Jar>();
        for (Path module : modules) {
            Path target = module.resolve("target");
            add(jars, target, Files.list(target).filter(file -> file.getFileName().toString().matches("heph-[a-z-]+-" + Pattern.quote(version) + "\\.jar")));
            add(jars, target.resolve("lib"), Files.walk(target.resolve("lib")).filter(file -> file.toString().endsWith(".jar")));
        }
        return jars.values();
    }

    private static void add(TreeMap<String, Jar> jars, Path directory, Stream<Path> files) {
        try (files) {
            files.map(file -> of(directory, file)).forEach(jar -> jars.put(jar.name(), jar));
        }
    }

    /** In the layout of a repository the directories say what it is: group/as/path/artifact/version/file. */
    private static Jar of(Path directory, Path file) {
        Path place = directory.relativize(file).getParent();
        if (place == null) { // our own
            String name = file.getFileName().toString().replaceFirst("\\.jar$", "");
            int version = name.lastIndexOf('-');
            return new Jar(OURS, name.substring(0, version), name.substring(version + 1), file);
        }
        int names = place.getNameCount();
        return new Jar(place.subpath(0, names - 2).toString().replace('/', '.'), place.getName(names - 2).toString(),
                place.getName(names - 1).toString(), file);
    }
}
