package dev.heph.model.rank;

/**
 * The cycles of a directed graph, by Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972), without
 * recursion: a chain may be as long as there are tasks. Vertices are counted from 0.
 */
final class Cycles {
    private final int[][] edges;
    private final int[] followed;
    private final int[] path;
    private int depth;

    /** When each was met, from 1, and the earliest that is reached from it; 0 is not met. */
    private final int[] met;
    private final int[] earliest;
    private int meetings;

    /** Met, but their component is not complete. */
    private final int[] open;
    private int opened;

    /** Of each vertex the first one of its component, plus 1; 0 is none yet. */
    private final int[] component;
    private final int[] size;
    private final int[] order;
    private int settled;

    /** @param edges of each vertex those that it leads to */
    Cycles(int[][] edges) {
        int vertices = edges.length;
        this.edges = edges;
        this.followed = new int[vertices];
        this.path = new int[vertices];
        this.met = new int[vertices];
        this.earliest = new int[vertices];
        this.open = new int[vertices];
        this.component = new int[vertices];
        this.size = new int[vertices + 1];
        this.order = new int[vertices];
        for (int vertex = 0; vertex < vertices; vertex++) {
            if (met[vertex] == 0) {
                walk(vertex);
            }
        }
    }

    /** All vertices, each after those that it leads to, but for the other members of a cycle. */
    int[] order() {
        return order;
    }

    /** Whether each of the two leads to the other, or they are the same. */
    boolean together(int one, int other) {
        return component[one] == component[other];
    }

    /** Whether it leads to itself by way of others. */
    boolean contains(int vertex) {
        return size[component[vertex]] > 1;
    }

    private void walk(int start) {
        enter(start);
        while (depth > 0) {
            int at = path[depth - 1];
            if (followed[at] == edges[at].length) {
                leave(at);
            } else {
                int to = edges[at][followed[at]++];
                if (met[to] == 0) {
                    enter(to);
                } else if (component[to] == 0) {
                    earliest[at] = Math.min(earliest[at], met[to]);
                }
            }
        }
    }

    private void enter(int vertex) {
        met[vertex] = ++meetings;
        earliest[vertex] = meetings;
        path[depth++] = vertex;
        open[opened++] = vertex;
    }

    private void leave(int vertex) {
        depth--;
        if (earliest[vertex] == met[vertex]) {
            settle(vertex);
        } else {
            // It leads back to something earlier, so it is not where the walk began.
            int before = path[depth - 1];
            earliest[before] = Math.min(earliest[before], earliest[vertex]);
        }
    }

    private void settle(int first) {
        int member;
        do {
            member = open[--opened];
            component[member] = first + 1;
            size[first + 1]++;
            order[settled++] = member;
        } while (member != first);
    }
}
