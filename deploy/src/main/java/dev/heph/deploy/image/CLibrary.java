package dev.heph.deploy.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The files of this machine's C library (glibc) that Java cannot do without: on Debian they are of the package libc6. There is no
 * distribution in an
 * image, so whoever builds one answers for them: a machine that is up to date makes images that are.
 *
 * @param files where they are here, and have to be in the image
 * @param version with that of the package, such as {@code 2.36 (Debian GLIBC 2.36-9+deb12u10)}
 */
record CLibrary(Set<Path> files, String version) {
    private static final Pattern NEEDED = Pattern.compile("(?:=> )?(/\\S+) \\(0x[0-9a-f]+\\)");
    private static final Pattern VERSION = Pattern.compile("\\((.*)\\) (\\S+)");
    private static final Path COPYRIGHT = Path.of("/usr/share/doc/libc6/copyright");

    /** What that runtime is linked against, as this machine's loader finds it. */
    static CLibrary neededBy(JavaRuntime java) throws IOException {
        Set<Path> files = new TreeSet<>();
        for (String program : List.of("bin/java", "lib/server/libjvm.so", "lib/libnet.so")) {
            NEEDED.matcher(Command.output(List.of("ldd", java.directory().resolve(program).toString()))).results()
                    .map(found -> Path.of(found.group(1)).normalize())
                    .filter(file -> !file.startsWith(java.directory()))
                    .forEach(files::add);
        }
        if (Files.exists(COPYRIGHT)) {
            files.add(COPYRIGHT);
        }
        String said = Command.output(List.of("ldd", "--version"));
        MatchResult version = VERSION.matcher(said).results().findFirst()
                .orElseThrow(() -> new IOException("images are built on a machine with glibc; this one's ldd says: " + said.lines()
                        .findFirst()));
        return new CLibrary(files, version.group(2) + " (" + version.group(1) + ")");
    }
}
