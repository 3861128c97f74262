package dev.heph.gateway.foreign;

import java.io.IOException;
import java.io.InputStream;

/** Reads what another program writes its tasks into. */
interface Source {
    /** The program, as the store keeps it with each task. */
    String name();

    /**
     * Reads a file to its end. What cannot be read in it is told to {@code findings}, and the rest is read on.
     *
     * @throws NoExportException if the file is something else altogether
     */
    void read(InputStream in, Findings findings) throws IOException;
}
