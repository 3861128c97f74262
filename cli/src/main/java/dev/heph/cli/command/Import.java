package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

final class Import implements Command {
    private static final int PARTLY = 2;
    private static final int WATCH_EVERY_MILLIS = 1_000;

    /** Notes without a file that the summary names; it counts all. */
    private static final int NAMED = 3;

    /** The gateway knows them too; said here, since a file that is none of theirs is looked at before it is asked. */
    private static final List<String> PROGRAMS = List.of("taskwarrior", "todoist");

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./~-]+");

    /** What the daemon calls the file that a pipe became; it may cut that short. */
    private static final Pattern PIPED = Pattern.compile("'/.*?(?:\\.tasks|…)'");

    @Override
    public Syntax syntax() {
        return Syntax.asking("import", "take in a folder of markdown, or another program's tasks; again takes in what has changed")
                .word("PATH",
                        "a folder: every .md file below it becomes a note, which stays the same when the file is moved or renamed, unchanged;"
                                + " with --from a file of tasks, or - for a pipe. It is left alone")
                .option("--vault", "NAME", "under which name (the folder's)")
                .option("--from", "PROGRAM", "taskwarrior: what 'task export' wrote; todoist: a project's CSV file")
                .flag("--prune", "also delete notes whose file is gone from the folder, unless they were edited in heph")
                .flag("--tasks", "also make tasks of checkboxes that carry dates or repeat, as Obsidian Tasks writes them")
                .flag("--attachments", "name the files that are no notes; they stay where they are")
                .flag("--watch", "go on, and take in what changes there, until Ctrl-C")
                .example("heph import ~/notes")
                .example("task export | heph import --from taskwarrior -");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        boolean tasks = given.option("--from").isPresent();
        given.option("--from").filter(program -> !PROGRAMS.contains(program)).ifPresent(Import::refuse);
        if (tasks && given.word(0).equals("-")) {
            return piped(given, session);
        }
        Path path = session.path(given.word(0));
        require(path, tasks);
        return given.flag("--watch") ? watch(path, tasks, given, session) : once(path, tasks, given, session);
    }

    private static void refuse(String program) {
        throw new HephException(Reason.INVALID_PARAMS, "'from' must be one of " + String.join(", ", PROGRAMS) + ", not '" + program + "'");
    }

    /** The daemon reads files, so what comes from a pipe becomes one for as long as that takes. */
    private static int piped(Arguments given, Session session) throws IOException {
        if (given.flag("--watch") || !given.option("--from").get().equals("taskwarrior")) {
            throw new UsageException("only what 'task export' writes is read from a pipe, once; name the file. Try: heph help import");
        }
        Path file = Files.createTempFile(session.home().create().data(), "import-", ".tasks");
        try {
            Files.copy(session.shell().in(), file, StandardCopyOption.REPLACE_EXISTING);
            return once(file, true, given, session);
        } catch (HephException e) {
            throw new HephException(e.reason(), PIPED.matcher(e.getMessage()).replaceFirst("standard input"), e.data(), e);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Imports whenever something has changed and then stayed as it is for a moment: editors write in several steps. */
    private static int watch(Path path, boolean tasks, Arguments given, Session session) throws IOException {
        FolderState imported = FolderState.of(path);
        int code = once(path, tasks, given, session);
        session.out().flush();
        for (FolderState before = imported; ; ) {
            try {
                Thread.sleep(WATCH_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return code;
            }
            require(path, tasks); // a folder that is there no more has not lost its notes
            FolderState now = FolderState.of(path);
            if (now.equals(before) && !now.equals(imported)) {
                imported = now;
                code = once(path, tasks, given, session);
                session.out().flush();
            }
            before = now;
        }
    }

    private static int once(Path path, boolean tasks, Arguments given, Session session) {
        long start = session.shell().clock().millis();
        Result result = session.callLong(
                "import", "path", path.toString(), "vault", given.orNull("--vault"), "from", given.orNull("--from"),
                "prune", given.flag("--prune") ? true : null,
                "tasks", given.flag("--tasks") ? true : null);
        Json counts = result.json();
        List<Json> skipped = counts.at("skipped").list();
        if (!session.printed(result)) {
            session.out().line(counted(counts, tasks, session.shell().clock().millis() - start));
            if (!counts.at("tasks").isNull()) {
                Json promoted = counts.at("tasks");
                session.out().line("Tasks in them: %s new, %s changed, %s as they were".formatted(
                        promoted.at("created").text(), promoted.at("updated").text(), promoted.at("unchanged").text()));
            }
            counts.at("moved_paths").list()
                    .forEach(file -> session.out().line("  moved " + file.at("from").text() + " to " + file.at("to").text()));
            counts.at("deleted_paths").list().forEach(file -> session.out().line("  deleted " + file.text()));
            if (given.flag("--attachments")) {
                counts.at("attachment_paths").list().forEach(file -> session.out().line("  " + file.text()));
            }
            if (counts.at("gone").number() > 0 && !given.flag("--prune")) {
                session.out().line(gone(counts, given));
            }
        }
        skipped.forEach(file -> session.shell()
                .say("skipped " + file.at("path").text() + ": "
                        + file.at("reason").text()));
        List<Json> problems = counts.at("problems").list();
        problems.forEach(file -> session.shell()
                .say(file.at("path").text() + " came in, but " + file.at("reason").text()));
        return skipped.isEmpty() && problems.isEmpty() ? 0 : PARTLY;
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
        if (tasks) {
            return "Read " + whole;
        }
        long moved = counts.at("moved").number();
        long deleted = counts.at("deleted").number();
        long hidden = counts.at("hidden").number();
        long others = counts.at("attachments").number();
        return "Imported " + whole + (moved == 0 ? "" : ", " + moved + " moved") + (deleted == 0 ? "" : ", " + deleted + " deleted")
                + "; " + counts.at("notes_total").text() + " notes in all"
                + (others == 0 ? "" : "; files that are no notes stay where they are: " + others + " (--attachments names them)")
                + (hidden == 0 ? "" : "; hidden files and folders, which stay out: " + hidden);
    }

    /** Of which notes the files are gone, and what to do about it. */
    private static String gone(Json counts, Arguments given) {
        long gone = counts.at("gone").number();
        List<Json> paths = counts.at("gone_paths").list();
        String named = paths.stream().limit(NAMED).map(Json::text).collect(Collectors.joining(", ")) + (gone > NAMED ? " …" : "");
        String vault = given.option("--vault").map(name -> " --vault " + typed(name)).orElse("");
        return (gone == 1 ? "1 note has no file" : gone + " notes have no file") + " in this folder any more: " + named
                + (counts.at("files").number() == 0
                        ? ". Is it the right folder, and all of it there?"
                        : ". To delete " + (gone == 1 ? "it" : "them") + ": heph import " + typed(given.word(0)) + vault + " --prune");
    }

    /** As it is typed into a shell. */
    private static String typed(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
