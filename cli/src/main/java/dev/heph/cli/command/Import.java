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
        return Syntax.asking("import", "take in a folder of markdown; again takes in what has changed")
                .word("FOLDER", "every .md file below it becomes a note; the folder itself is left alone")
                .option("--vault", "NAME", "under which name (the folder's)")
                .example("heph import ~/notes");
    }

    @Override
    public int run(Arguments given, Session session) {
        Path folder = session.path(given.word(0));
        if (!Files.isDirectory(folder)) {
            String why = Files.exists(folder) ? " is not a folder" : " does not exist";
            throw new HephException(Reason.NOT_FOUND, folder + why + "; heph import takes a folder of markdown files");
        }
        long start = session.shell().clock().millis();
        Result result = session.callLong("import", "path", folder.toString(), "vault", given.orNull("--vault"));
        Json counts = result.json();
        List<Json> skipped = counts.at("skipped").list();
        if (!session.printed(result)) {
            session.out().line(counted(counts, session.shell().clock().millis() - start));
        }
        skipped.forEach(file -> session.shell()
                .say("skipped " + file.at("path").text() + ": "
                        + file.at("reason").text()));
        return skipped.isEmpty() ? 0 : PARTLY;
    }

    private static String counted(Json counts, long millis) {
        return "Imported " + counts.at("files").text() + " files in " + Times.seconds(millis) + ": "
                + counts.at("created").text() + " new, "
                + counts.at("updated").text() + " changed, "
                + counts.at("unchanged").text() + " as they were; "
                + counts.at("notes_total").text() + " notes in all";
    }
}
