package dev.heph.cli.command;

import java.io.IOException;

/** One command of heph. */
interface Command {
    /** What a person may type after its name. */
    Syntax syntax();

    /**
     * Does it.
     *
     * @return the exit code; 0, or 2 when a part could not be done and was named on standard error
     * @throws dev.heph.error.HephException with what is to be said when it cannot be done
     * @throws IOException if a file of the user's cannot be read or written
     */
    int run(Arguments given, Session session) throws IOException;
}
