package dev.heph.gateway.foreign;

import dev.heph.gateway.rpc.JsonText;
import dev.heph.model.date.DateWords;
import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.node.Attention;
import dev.heph.model.node.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes tasks of the rows of a Todoist file: a section names those after it, a note belongs to the task before it. */
final class TodoistProject {
    /** Columns with a place in heph, or that only say how others are to be read; of the rest a person is told. */
    private static final Set<String> KNOWN = Set.of("TYPE", "CONTENT", "DESCRIPTION", "PRIORITY", "INDENT", "AUTHOR", "DATE", "DATE_LANG",
            "TIMEZONE", "DEADLINE", "DEADLINE_LANG", "DURATION_UNIT", "IS_COLLAPSED");

    /** {@code @home} as a word; {@code @12} is text. */
    private static final Pattern LABEL = Pattern.compile("(?<!\\S)@(?=\\S*\\p{L})(\\S+)");
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");
    private static final String ENGLISH = "en";

    private final String project;
    private final Now now;
    private final Findings findings;
    private final LeftOut leftOut = new LeftOut();
    private final Map<String, Integer> namesakes = new HashMap<>();

    /** The tasks that the one at hand lies in, the outermost first. */
    private final List<String> above = new ArrayList<>();
    private String section = "";
    private Optional<ForeignTask> pending = Optional.empty();

    TodoistProject(String project, Now now, Findings findings) {
        this.project = project;
        this.now = now;
        this.findings = findings;
    }

    void take(TodoistRow row) throws Unfit {
        switch (row.type()) {
            case "task" -> {
                flush();
                pending = Optional.of(task(row));
            }
            case "note" -> pending.orElseThrow(() -> new Unfit("is a note that belongs to no task")).log().add(row.content());
            case "section" -> {
                flush();
                above.clear();
                section = row.content();
            }
            case "meta" -> {} // how Todoist shows the project
            default -> throw new Unfit("is of the type " + JsonText.quote(row.type()) + ", not a section, task or note");
        }
    }

    /** Sends on the task that no further note belongs to. */
    void flush() {
        pending.ifPresent(findings::task);
        pending = Optional.empty();
    }

    void end() {
        flush();
        leftOut.tell(findings);
    }

    private ForeignTask task(TodoistRow row) throws Unfit {
        String content = row.content();
        int depth = Math.max(0, Math.min(row.number("INDENT", 1) - 1, above.size()));
        above.subList(depth, above.size()).clear();
        String path = ProjectPath.of(project, section);
        String key = key(path, content);
        above.add(content);
        List<String> log = new ArrayList<>();
        row.cell("DESCRIPTION").ifPresent(log::add);
        Attention attention = attention(row.number("PRIORITY", 4));
        Optional<TodoistRepeat> repeats = row.cell("DATE").filter(words -> language(row, "DATE").equals(ENGLISH))
                .flatMap(words -> TodoistRepeat.of(words, now));
        Optional<String> doDate = repeats.isPresent() ? repeats.get().doDate() : date(row, "DATE", log);
        Optional<String> lateOn = date(row, "DEADLINE", log);
        row.cells().keySet().stream()
                .filter(column -> !KNOWN.contains(column))
                .forEach(column -> leftOut.of("column " + JsonText.quote(column)));
        String title = LABEL.matcher(content).replaceAll("").replaceAll("\\s+", " ").strip();
        List<String> labels = LABEL.matcher(content).results().map(label -> label.group(1)).distinct().toList();
        return new ForeignTask(key, row.where(), title.isEmpty() ? content : title, State.OUTSTANDING, attention, doDate, lateOn,
                repeats.map(found -> found.repetition(lateOn.isPresent())), Optional.of(path).filter(name -> !name.isEmpty()), labels, log, List.of());
    }

    /** Todoist's files have no ids: a task is where it stands and what it says, and the how-manieth of that. */
    private String key(String path, String content) {
        String place = path + "\0" + String.join("\0", above) + "\0\0" + content;
        int namesake = namesakes.merge(place, 1, Integer::sum);
        return KeyDigest.of(place + "\0" + namesake);
    }

    /** In the file 1 is the most urgent, as it is on Todoist's screen; in its API it is 4. */
    private static Attention attention(int priority) throws Unfit {
        return switch (priority) {
            case 1 -> Attention.RED;
            case 2 -> Attention.ORANGE;
            case 3, 4 -> Attention.WHITE;
            default -> throw new Unfit("has the priority " + priority + ", which is not 1 to 4");
        };
    }

    /** The date in that column; one that cannot be read goes to the log, and a person is told. */
    private Optional<String> date(TodoistRow row, String column, List<String> log) {
        Optional<String> words = row.cell(column);
        Optional<String> date = words.filter(text -> language(row, column).equals(ENGLISH) || ISO.matcher(text).matches())
                .flatMap(text -> DateWords.find(text, now))
                .flatMap(TodoistProject::local);
        if (words.isPresent() && date.isEmpty()) {
            String name = column.toLowerCase(Locale.ROOT);
            log.add(name + ": " + words.get());
            findings.skipped(row.where(), "its " + name + " " + JsonText.quote(words.get()) + " is in its log only: "
                    + (TodoistRepeat.isMeant(words.get()) ? "heph reads no repetition in it" : "heph reads no date in it"));
        }
        return date;
    }

    private static String language(TodoistRow row, String column) {
        return row.cell(column + "_LANG").orElse(ENGLISH);
    }

    private static Optional<String> local(When when) {
        return switch (when) {
            case When.Day(var day) -> Optional.of(day.toString());
            case When.Moment(var at) -> Optional.of(at.toString());
            case When.None none -> Optional.empty();
        };
    }
}
