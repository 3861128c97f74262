package dev.heph.runtime;

/**
 * The spaces of people whom a service keeps apart. A request that names one in its header {@code Heph-Space} is answered by what that space
 * answers and by nothing else: this is the one place where requests part.
 */
@FunctionalInterface
public interface Spaces {
    /**
     * @param space its id
     * @return what answers for it, which stays open until the visit is closed
     * @throws dev.heph.error.HephException if there can be no such space, or it cannot be opened
     */
    Visit visit(String space);

    /** A space that is in use. */
    interface Visit extends AutoCloseable {
        Answers answers();

        @Override
        default void close() {}

        static Visit of(Answers answers) {
            return () -> answers;
        }
    }
}
