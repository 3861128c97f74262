package dev.heph.gateway.method;

import static dev.heph.gateway.method.Param.optional;
import static dev.heph.gateway.method.Param.required;
import static dev.heph.gateway.method.Table.FLAG;
import static dev.heph.gateway.method.Table.ID;
import static dev.heph.gateway.method.Table.ID_OR_IDS;
import static dev.heph.gateway.method.Table.SOME_TEXT;
import static dev.heph.gateway.method.Table.STATE;
import static dev.heph.gateway.method.Table.TEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The part of the table that is about tasks, and what they are sorted by. */
final class TaskTable {
    private static final Type LOCAL_TIME = new Type.LocalTime();
    private static final Type LOCAL_TIME_OR_NONE = new Type.LocalTimeOrNone();
    private static final Type ATTENTION = new Type.Word(List.of("white", "orange", "red", "blue"));
    private static final Type LIMIT = new Type.Whole(1, 10_000);
    private static final Type IDS = new Type.Texts(10_000);

    private static final Param ATTENTION_SET = optional("attention", ATTENTION, "how much it asks for");
    private static final Param DO_DATE_SET = optional("do_date", LOCAL_TIME_OR_NONE, "when to do it; none for no date");
    private static final Param LATE_ON_SET = optional("late_on", LOCAL_TIME_OR_NONE, "when it is late; none for no date");
    private static final Param PROJECT_SET = optional("project", SOME_TEXT, "a project's name or id");
    private static final Param SCOPE = optional("scope", SOME_TEXT,
            "only what belongs to this project and those in it, this tag (#tag) or this note");
    private static final Param NAMED_LIMIT = optional("limit", LIMIT, "how many at most, but never fewer than are red; 5 without");
    private static final Param WITH = optional("with", SOME_TEXT, "a task that was made just before: if nothing was done since, both are one action, which is undone at once");
    private static final Param DRY_RUN = optional("dry_run", FLAG, "true: only say what it would do");

    private TaskTable() {}

    static List<Method> of(Handlers handlers) {
        List<Method> methods = new ArrayList<>();
        methods.addAll(tasks(handlers.forward()));
        methods.addAll(whatIsNext(handlers.forward()));
        methods.addAll(sorting(handlers.forward()));
        methods.addAll(journals(handlers));
        methods.addAll(RecurrenceTable.of(handlers));
        methods.addAll(words(handlers));
        return methods;
    }

    private static List<Method> tasks(Handler store) {
        Method setState = new Method("task.set_state", "Says how a task stands", List.of(ID, required("state", STATE, "its state")),
                "Node", false, store);
        return List.of(
                new Method("task.create", "Makes a task, and its context doc with it",
                        Stream.concat(Stream.of(
                                required("title", SOME_TEXT, "what is to be done"),
                                optional("attention", ATTENTION, "how much it asks for; white without"),
                                optional("do_date", LOCAL_TIME, "when to do it"),
                                optional("late_on", LOCAL_TIME, "when it is late"),
                                optional("project", SOME_TEXT, "a project's name or id; in a/b the project b lies in a"),
                                optional("tags", new Type.Texts(100), "the names of its tags"),
                                optional("committed", FLAG, "false: an idea only; true without")),
                                Stream.concat(RecurrenceTable.HOW.stream(), Stream.of(WITH))).toList(),
                        "Node", false, store),
                setState,
                new Method("task.set_attention", "Says how much attention a task asks for",
                        List.of(ID, required("attention", ATTENTION, "how much")), "Node", false, store),
                new Method("task.set_schedule", "Changes the dates of a task", List.of(ID, DO_DATE_SET, LATE_ON_SET), "Node", false, store),
                new Method("task.set_project", "Puts a task into a project, or, without one, into none", List.of(ID, PROJECT_SET),
                        "Node", false, store),
                new Method("task.promote", "Makes a context item a task to be done",
                        Stream.concat(ID_OR_IDS.stream(), Stream.of(ATTENTION_SET, PROJECT_SET)).toList(),
                        "NodeOrTaskChange", false, store),
                new Method("task.change", "Changes several tasks at once, as one action",
                        List.of(
                                required("ids", IDS, "which tasks"),
                                optional("state", STATE, "how they stand"),
                                ATTENTION_SET, DO_DATE_SET, LATE_ON_SET,
                                optional("project", SOME_TEXT, "a project's name or id; none takes them out of theirs"),
                                optional("tag", SOME_TEXT, "a tag to put on them"),
                                optional("untag", SOME_TEXT, "a tag to take off them"),
                                optional("block", SOME_TEXT, "the id of a task that they wait for from now on"),
                                optional("unblock", SOME_TEXT, "the id of one that they wait for no longer; any: for none"),
                                optional("title", SOME_TEXT, "the new title of a single one"),
                                optional("rule", SOME_TEXT, "how they repeat, an RRULE, from do_date on if that is given; none: no more"),
                                optional("after_done", FLAG, "true: the rule counts from when the one before was done"),
                                optional("on_missed", RecurrenceTable.ON_MISSED, "what dates that passed leave, as in task.set_recurrence")),
                        "TaskChange", false, store),
                new Method("item.add", "Adds something to tick off to a note or task",
                        List.of(required("container", SOME_TEXT, "the id of the note or task"), required("title", SOME_TEXT, "what it is")),
                        "Node", false, store),
                new Method("item.set_state", "Ticks an item off, or makes it open again",
                        Stream.concat(ID_OR_IDS.stream(), Stream.of(required("state", STATE, "its state"))).toList(),
                        "ItemOrNode", false, store),
                new Method("item.list", "What there is to tick off in a note or task",
                        List.of(required("container", SOME_TEXT, "the id of the note or task")), "Items", false, store),
                new Method("log.append", "Adds an entry to the log of a task", List.of(ID, required("text", SOME_TEXT, "the entry")),
                        "Node", false, store),
                new Method("log.list", "The log of a task, the oldest first", List.of(ID), "Log", false, store));
    }

    private static List<Method> whatIsNext(Handler store) {
        return List.of(
                new Method("next", "What to do now, the first first", List.of(NAMED_LIMIT, SCOPE), "Next", false, store),
                new Method("board", "What is next, how much there is, and why",
                        List.of(NAMED_LIMIT, SCOPE, optional("explain", FLAG, "true: also why each stands where it stands, and why not the others")),
                        "Board", false, store),
                new Method("on_deck", "What is put on deck", List.of(), "TaskRows", false, store),
                new Method("waiting", "What waits for something else, and for what", List.of(), "TaskRows", false, store),
                new Method("task.list", "Tasks that match a filter, a page at a time",
                        List.of(
                                optional("where", TEXT, "a filter, such as: do<=today -@home; outstanding ones without"),
                                optional("usual", TEXT, "a filter that holds as well unless where says something of the state"),
                                optional("sort", new Type.Word(List.of("do", "late", "created", "modified", "title")), "the order; do without"),
                                optional("limit", LIMIT, "how many at most; 100 without"),
                                optional("after", SOME_TEXT, "the next of the page before")),
                        "TaskPage", false, store),
                new Method("undo", "Takes back what this device did last",
                        List.of(DRY_RUN, optional("over", FLAG, "true: passes over what cannot be taken back, and takes back what was done before it")),
                        "Undone", false, store),
                new Method("redo", "Does again what was taken back last", List.of(DRY_RUN), "Undone", false, store));
    }

    private static List<Method> sorting(Handler store) {
        Param parent = optional("parent", SOME_TEXT, "the project it lies in, by name or id");
        Param tag = required("tag", SOME_TEXT, "its name");
        return List.of(
                new Method("project.list", "The projects and how much is in each", List.of(), "Projects", false, store),
                new Method("project.create", "Makes a project, or finds the one of that name", List.of(required("name", SOME_TEXT, "its name"), parent),
                        "Node", false, store),
                new Method("project.move", "Puts a project into another one, or, without one, into none", List.of(ID, parent), "Node", false, store),
                new Method("tag.list", "The tags and on how many nodes each is", List.of(), "Tags", false, store),
                new Method("tag.add", "Puts a tag on a node", List.of(ID, tag), "Node", false, store),
                new Method("tag.remove", "Takes a tag off a node", List.of(ID, tag), "Node", false, store));
    }

    private static List<Method> journals(Handlers handlers) {
        Param day = required("date", new Type.Day(), "the day");
        return List.of(
                new Method("journal.open_or_create", "The journal of a day; a new one begins with the text of the note 'Journal template'",
                        List.of(day, optional("make", FLAG, "false: only one that is there")), "Node", false, handlers.openJournal()),
                new Method("journal.near", "The last journal before a day and the first after it, of those there are",
                        List.of(day), "NearJournals", false, handlers.nearJournals()));
    }

    private static List<Method> words(Handlers handlers) {
        return List.of(
                new Method("capture", "Makes a task of a line in the quick-add grammar",
                        List.of(required("line", SOME_TEXT, "such as: Pay rent tomorrow !red @house"), WITH, DRY_RUN), "Captured", false, handlers.capture()),
                new Method("date.parse", "Reads date words", List.of(required("text", SOME_TEXT, "such as: fri, 3d, 15 dec, none")),
                        "DateRead", false, handlers.dates()));
    }
}
