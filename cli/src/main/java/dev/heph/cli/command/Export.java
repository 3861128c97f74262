package dev.heph.cli.command;

import dev.heph.cli.rpc.Result;

final class Export implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("export", "write everything as markdown files")
                .word("FOLDER", "a new folder, or one that heph exported to before")
                .flag("--force", "write into a folder that holds other things")
                .example("heph export ~/backup/notes");
    }

    @Override
    public int run(Arguments given, Session session) {
        String path = session.path(given.word(0)).toString();
        Result result = session.callLong("export", "path", path, "force", given.flag("--force") ? true : null);
        if (!session.printed(result)) {
            session.out()
                    .line("Exported " + result.json().at("count").text() + " files to "
                            + result.json().at("path").text());
        }
        return 0;
    }
}
