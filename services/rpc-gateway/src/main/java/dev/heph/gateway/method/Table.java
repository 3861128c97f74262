package dev.heph.gateway.method;

import static dev.heph.gateway.method.Param.optional;
import static dev.heph.gateway.method.Param.required;

import java.util.ArrayList;
import java.util.List;

/**
 * The one table of methods. docs/reference/rpc.md is its face for people, {@code rpc.discover} the one for programs;
 * tests hold the three together.
 */
public final class Table {
    static final Type TEXT = new Type.Text(true);
    static final Type SOME_TEXT = new Type.Text(false);
    static final Type PATH = new Type.AbsolutePath();
    static final Type FLAG = new Type.Flag();
    private static final Type KIND = new Type.Word(List.of("doc", "task", "project", "tag", "journal"));
    static final Type STATE = new Type.Word(List.of("outstanding", "done", "dropped"));
    private static final Type PROGRAM = new Type.Word(List.of("taskwarrior", "todoist"));
    private static final Type SORT = new Type.Word(List.of("title", "modified", "created"));

    static final Param LIMIT = optional("limit", new Type.Whole(1, 10_000), "how many at most; 100 without");
    static final Param AFTER = optional("after", SOME_TEXT, "the next of the page before");

    static final Param ID = required("id", SOME_TEXT, "a node's id, or its end: 4 letters or more");

    /** For what can be done to several at once: one of the two. */
    static final List<Param> ID_OR_IDS = List.of(
            optional("id", SOME_TEXT, "a node's id, or its end: 4 letters or more"),
            optional("ids", new Type.Texts(10_000), "instead of id several, as one action: all of it or nothing"));

    private Table() {}

    public static Methods of(Handlers handlers) {
        List<Method> methods = new ArrayList<>();
        methods.addAll(nodes(handlers.forward()));
        methods.addAll(links(handlers.forward()));
        methods.addAll(TaskTable.of(handlers));
        methods.addAll(ConflictTable.of(handlers.forward()));
        methods.addAll(HistoryTable.of(handlers.forward()));
        methods.addAll(whole(handlers));
        methods.addAll(SyncTable.of(handlers));
        methods.addAll(HubTable.of(handlers));
        methods.addAll(AuthTable.of(handlers));
        methods.add(new Method("rpc.discover", "What this page says, for programs", List.of(), "OpenRpc", false,
                call -> Discovery.document(methods)));
        return new Methods(methods);
    }

    private static List<Method> nodes(Handler store) {
        return List.of(
                new Method("node.get", "A node with its body",
                        List.of(ID, optional("anchor", SOME_TEXT, "only this part: Heading, Heading#One below it or ^block")),
                        "Node", false, store),
                new Method("node.create",
                        "Makes a node; a tag, project or journal of that name is returned if it is there already",
                        List.of(
                                required("kind", KIND, "what it is"),
                                required("title", SOME_TEXT, "its title; a journal's is its date"),
                                optional("body", TEXT, "markdown")),
                        "Node", false, store),
                new Method("node.update", "Changes a node; a body is merged with what was saved since its base",
                        List.of(
                                ID,
                                optional("title", SOME_TEXT, "the new title"),
                                optional("body", TEXT, "the whole new body"),
                                optional("base", SOME_TEXT, "the rev the body was loaded with; the current one without"),
                                optional("dry_run", FLAG, "true: only say what the body would become"),
                                optional("place", new Type.Whole(0, Integer.MAX_VALUE), "with dry_run: say where this character of the body would be")),
                        "Node", false, store),
                new Method("node.rename", "Gives a node another title and rewrites the wiki links by the old one",
                        List.of(ID, required("title", SOME_TEXT, "the new title"),
                                optional("dry_run", FLAG, "true: only say what it would rewrite")),
                        "Renamed", false, store),
                new Method("node.tombstone", "Deletes a node, or several", ID_OR_IDS, "Changed", false, store),
                new Method("node.list", "Nodes, a page at a time",
                        List.of(
                                optional("kind", KIND, "only this kind"),
                                optional("state", STATE, "only tasks in this state"),
                                optional("deleted", FLAG, "true: those that were deleted instead"),
                                optional("sort", SORT, "the order; modified without"),
                                LIMIT,
                                AFTER),
                        "NodePage", false, store),
                new Method("node.complete", "Nodes whose title or alias begins like this, or holds its words",
                        List.of(
                                optional("text", TEXT, "what was typed so far"),
                                optional("kind", KIND, "only this kind"),
                                optional("state", STATE, "only tasks in this state"),
                                optional("limit", new Type.Whole(1, 10_000), "how many at most; 20 without")),
                        "Completions", false, store),
                new Method("node.resolve", "The node that a name means",
                        List.of(
                                required("name", SOME_TEXT, "a title, alias, path, id or end of an id; without kind also Note#Heading, Note#^block"),
                                optional("kind", KIND, "only this kind"),
                                optional("deleted", FLAG, "true: one that was deleted will do too if there is no other")),
                        "Resolution", false, store),
                new Method("search", "Searches titles and bodies",
                        List.of(
                                required("query", TEXT,
                                        "words, \"a phrase\", prefix*, -not, OR, kind: tag: project: state: before: after:"),
                                optional("filters", new Type.Fields(List.of(
                                        optional("kind", KIND, "only this kind"),
                                        optional("tag", SOME_TEXT, "only what has this tag"),
                                        optional("project", SOME_TEXT, "only what is in this project"),
                                        optional("state", STATE, "only tasks in this state"))), "what to leave out"),
                                optional("limit", new Type.Whole(1, 10_000), "how many at most; 20 without")),
                        "SearchResult", false, store));
    }

    private static List<Method> links(Handler store) {
        List<Param> link = List.of(
                required("src", SOME_TEXT, "the id of the node it starts from"),
                required("dst", SOME_TEXT, "the id of the node it leads to"),
                required("type", SOME_TEXT, "what it means"),
                optional("key", SOME_TEXT, "tells apart links of one type between the same two"));
        List<Param> alias = List.of(ID, required("alias", SOME_TEXT, "another name of the node"));
        return List.of(
                new Method("text.read", "What heph reads in a text, and where it stands there",
                        List.of(ID, optional("body", TEXT, "the text, if it is not the one that is saved")),
                        "Reading", false, store),
                new Method("links.outgoing", "Where a node leads", List.of(ID), "Links", false, store),
                new Method("links.backlinks", "What leads to a node", List.of(ID), "Links", false, store),
                new Method("links.unresolved", "What texts refer to and nothing is called, and where that stands",
                        List.of(optional("files", FLAG, "true: files, such as pictures, instead of notes"), LIMIT, AFTER),
                        "Missing", false, store),
                new Method("links.orphans", "Notes without a link to or from another", List.of(LIMIT, AFTER), "Orphans", false, store),
                new Method("links.neighbours", "What is near a node by links, whichever way they lead",
                        List.of(ID, optional("within", new Type.Whole(1, 5), "how many links away at most; 1 without"), LIMIT),
                        "Neighbours", false, store),
                new Method("links.path", "A shortest way from one node to another by links, whichever way they lead",
                        List.of(
                                required("from", SOME_TEXT, "the id of the node it starts from"),
                                required("to", SOME_TEXT, "the id of the node it leads to")),
                        "Path", false, store),
                new Method("link.add", "Adds a link", link, "Changed", false, store),
                new Method("link.remove", "Removes a link", link, "Changed", false, store),
                new Method("alias.add", "Gives a node another name", alias, "Changed", false, store),
                new Method("alias.remove", "Takes one of its names from a node", alias, "Changed", false, store));
    }

    private static List<Method> whole(Handlers handlers) {
        Param node = optional("id", SOME_TEXT, "a node's id, or its end; every node without");
        return List.of(
                new Method("import", "Takes in a folder of markdown, or the tasks of another program; once more changes nothing",
                        List.of(
                                required("path", PATH, "the folder; with from the file"),
                                optional("vault", SOME_TEXT, "the name to keep a folder under; the folder's without"),
                                optional("from", PROGRAM, "the program that wrote the file"),
                                optional("prune", FLAG, "true: also delete notes whose file is gone from the folder"),
                                optional("tasks", FLAG, "true: also make tasks of checkboxes that carry dates or repeat")),
                        "ImportResult", true, handlers.importing()),
                new Method("export", "Writes everything as a tree of markdown files",
                        List.of(
                                required("path", PATH, "a directory that is empty, or an earlier export"),
                                optional("force", FLAG, "true: also into another directory")),
                        "ExportResult", true, handlers.exporting()),
                new Method("health", "How heph is, also when a service is away", List.of(), "Health", false,
                        handlers.health()),
                new Method("doctor", "Checks what is stored",
                        List.of(optional("rebuild_check", FLAG, "true: also rebuild from the log and compare")),
                        "Diagnosis", true, handlers.doctor()),
                new Method("node.subscribe", "Asks to be told when a node changes", List.of(node), "Ok", false,
                        handlers.subscribe()),
                new Method("node.unsubscribe", "Ends that; without an id, for all of them", List.of(node), "Ok", false,
                        handlers.unsubscribe()));
    }
}
