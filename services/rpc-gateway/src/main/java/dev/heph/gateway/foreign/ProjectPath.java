package dev.heph.gateway.foreign;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Projects that lie in one another, as heph names them. */
final class ProjectPath {
    private ProjectPath() {}

    /** @param names from the outermost to the innermost; empty ones count for nothing */
    static String of(String... names) {
        return Arrays.stream(names).map(String::strip).filter(name -> !name.isEmpty()).collect(Collectors.joining("/"));
    }
}
