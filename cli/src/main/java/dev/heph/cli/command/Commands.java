package dev.heph.cli.command;

import dev.heph.error.HephException;
import dev.heph.settings.Nearest;
import java.util.List;

/** Every command by its name. */
public final class Commands {
    /** In the order of {@code heph help}; an empty name starts a new group. */
    static final List<String> NAMES = List.of(
            "note",
            "journal",
            "show",
            "edit",
            "open",
            "search",
            "list",
            "links",
            "backlinks",
            "unresolved",
            "orphans",
            "neighbours",
            "path",
            "link",
            "unlink",
            "alias",
            "rename",
            "delete",
            "history",
            "restore",
            "",
            "add",
            "next",
            "today",
            "agenda",
            "tasks",
            "inbox",
            "waiting",
            "on-deck",
            "view",
            "review",
            "conflicts",
            "",
            "done",
            "drop",
            "reopen",
            "skip",
            "occurrences",
            "recur",
            "do",
            "defer",
            "late",
            "attention",
            "move",
            "promote",
            "tag",
            "untag",
            "undo",
            "redo",
            "",
            "block",
            "unblock",
            "item",
            "check",
            "uncheck",
            "log",
            "project",
            "",
            "import",
            "export",
            "backup",
            "",
            "sync",
            "hub",
            "devices",
            "auth",
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
            "completion",
            "version",
            "help");

    private Commands() {}

    /** @throws UsageException if there is no such command */
    static Command named(String name) {
        // A switch and not a map: it makes one command, not thirty.
        return switch (name) {
            case "add" -> new Add();
            case "agenda" -> new Agenda();
            case "alias" -> new Alias();
            case "auth" -> new Auth();
            case "attention" -> TaskChange.attention();
            case "backup" -> new Backup();
            case "backlinks" -> new Backlinks();
            case "block" -> Block.adding();
            case "check" -> Check.off();
            case "complete" -> new Complete(); // not in NAMES: for scripts only
            case "completion" -> new Completion();
            case "defer" -> TaskChange.defer();
            case "delete" -> new Delete();
            case "doctor" -> new Doctor();
            case "devices" -> new Devices();
            case "do" -> TaskChange.schedule();
            case "done" -> TaskChange.done();
            case "down" -> new Down();
            case "drop" -> TaskChange.drop();
            case "edit" -> new Edit();
            case "export" -> new Export();
            case "health" -> new Health();
            case "help", "--help", "-h" -> new Help();
            case "history" -> new History();
            case "hub" -> new Hub();
            case "import" -> new Import();
            case "inbox" -> TaskList.inbox();
            case "item" -> new Item();
            case "journal" -> new Journal();
            case "late" -> TaskChange.late();
            case "link" -> Link.adding();
            case "links" -> new Links();
            case "list" -> new ListNotes();
            case "log" -> new Log();
            case "logs" -> new Logs();
            case "move" -> TaskChange.move();
            case "neighbours" -> new Neighbours();
            case "next" -> new Next();
            case "note" -> new Note();
            case "on-deck" -> new OnDeck();
            case "open" -> new Open();
            case "orphans" -> new Orphans();
            case "path" -> new Path();
            case "project" -> new Project();
            case "promote" -> new Promote();
            case "occurrences" -> new OccurrencesOf();
            case "recur" -> new Recur();
            case "skip" -> new Skip();
            case "redo" -> Undo.redo();
            case "rename" -> new Rename();
            case "reopen" -> TaskChange.reopen();
            case "restore" -> new Restore();
            case "review" -> new Review();
            case "rpc" -> new Rpc();
            case "search" -> new Search();
            case "show" -> new Show();
            case "status" -> new Status();
            case "sync" -> new Sync();
            case "tag" -> TaskChange.tag();
            case "tasks" -> TaskList.any();
            case "today" -> TaskList.today();
            case "try" -> new Try();
            case "unblock" -> Block.removing();
            case "uncheck" -> Check.on();
            case "undo" -> Undo.undo();
            case "unlink" -> Link.removing();
            case "unresolved" -> new Unresolved();
            case "untag" -> TaskChange.untag();
            case "up" -> new Up();
            case "view" -> new View();
            case "waiting" -> new Waiting();
            case "conflicts" -> new Conflicts();
            case "version", "--version", "-V" -> new Version();
            default ->
                throw new UsageException("no command '" + name + "'. "
                        + Nearest.to(name, NAMES)
                                .map(near -> "Did you mean " + near + "? ")
                                .orElse("") + "Try: heph help");
        };
    }

    /** What is to be shown below a refusal: the candidates of an ambiguous name, a line each. */
    public static List<String> below(HephException refusal) {
        return Notes.below(refusal);
    }
}
