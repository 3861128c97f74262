package dev.heph.cli.command;

/** {@code heph late} without a task: what is late. */
final class LateList {
    int run(Arguments given, Session session) {
        return TaskList.late().run(given, session);
    }
}
