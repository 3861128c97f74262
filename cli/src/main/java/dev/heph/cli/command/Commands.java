package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.settings.Nearest;
import java.util.List;

/** Every command by its name. */
public final class Commands {
    /** In the order of {@code heph help}; an empty name starts a new group. */
    static final List<String> NAMES = List.of(
            "note",
            "show",
            "edit",
            "search",
            "list",
            "links",
            "backlinks",
            "link",
            "unlink",
            "alias",
            "delete",
            "",
            "add",
            "next",
            "done",
            "",
            "import",
            "export",
            "",
            "up",
            "down",
            "status",
            "logs",
            "health",
            "doctor",
            "",
            "try",
            "rpc",
            "version",
            "help");

    private Commands() {}

    /** @throws UsageException if there is no such command */
    static Command named(String name) {
        // A switch and not a map: it makes one command, not thirty.
        return switch (name) {
            case "add" -> new Add();
            case "alias" -> new Alias();
            case "backlinks" -> new Backlinks();
            case "delete" -> new Delete();
            case "doctor" -> new Doctor();
            case "done" -> new Done();
            case "down" -> new Down();
            case "edit" -> new Edit();
            case "export" -> new Export();
            case "health" -> new Health();
            case "help", "--help", "-h" -> new Help();
            case "import" -> new Import();
            case "link" -> Link.adding();
            case "links" -> new Links();
            case "list" -> new ListNotes();
            case "logs" -> new Logs();
            case "next" -> new Next();
            case "note" -> new Note();
            case "rpc" -> new Rpc();
            case "search" -> new Search();
            case "show" -> new Show();
            case "status" -> new Status();
            case "try" -> new Try();
            case "unlink" -> Link.removing();
            case "up" -> new Up();
            case "version", "--version", "-V" -> new Version();
            default ->
                throw new UsageException("no command '" + name + "'. "
                        + Nearest.to(name, NAMES)
                                .map(near -> "Did you mean " + near + "? ")
                                .orElse("") + "Try: heph help");
        };
    }

    /** The candidates of an ambiguous name, a line each. */
    public static String lines(List<Json> candidates) {
        return Notes.lines(candidates);
    }
}
