package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class Import implements Command {
    private static final int PARTLY = 2;

    @Override
    public Syntax syntax() {
        return Syntax.asking("import", "take in a folder of markdown, or another program's tasks; again takes in what has changed")
                .word("PATH", "a folder: every .md file below it becomes a note; with --from a file of tasks. It is left alone")
                .option("--vault", "NAME", "under which name (the folder's)")
                .option("--from", "PROGRAM", "taskwarrior: what 'task export' wrote; todoist: a project's CSV file")
                .example("heph import ~/notes")
                .example("task export > tasks.json; heph import --from taskwarrior tasks.json");
    }

    @Override
    public int run(Arguments given, Session session) {
        Path path = session.path(given.word(0));
        boolean tasks = given.option("--from").isPresent();
        require(path, tasks);
        long start = session.shell().clock().millis();
        Result result = session.callLong(
                "import", "path", path.toString(), "vault", given.orNull("--vault"), "from", given.orNull("--from"));
        Json counts = result.json();
        List<Json> skipped = counts.at("skipped").list();
        if (!session.printed(result)) {
            session.out().line(counted(counts, tasks, session.shell().clock().millis() - start));
        }
        skipped.forEach(file -> session.shell()
                .say("skipped " + file.at("path").text() + ": "
                        + file.at("reason").text()));
        return skipped.isEmpty() ? 0 : PARTLY;
    }

    private static void require(Path path, boolean tasks) {
        if (tasks ? !Files.isRegularFile(path) : !Files.isDirectory(path)) {
            String why = Files.exists(path) ? tasks ? " is not a file" : " is not a folder" : " does not exist";
            throw new HephException(Reason.NOT_FOUND, path + why + (tasks
                    ? "; heph import --from takes the file that the other program wrote"
                    : "; heph import takes a folder of markdown files, or with --from a file of tasks"));
        }
    }

    private static String counted(Json counts, boolean tasks, long millis) {
        String whole = "%s in %s: %s new, %s changed, %s as they were".formatted(
                counts.at("files").text() + (tasks ? " entries" : " files"), Times.seconds(millis),
                counts.at("created").text(), counts.at("updated").text(), counts.at("unchanged").text());
        return tasks ? "Read " + whole : "Imported " + whole + "; " + counts.at("notes_total").text() + " notes in all";
    }
}
