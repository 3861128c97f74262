package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import dev.heph.error.HephException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code heph add}: a line of docs/design/capture.md, or one on each line of a pipe. */
final class Add implements Command {
    private static final int PARTLY = 2;

    @Override
    public Syntax syntax() {
        return Syntax.asking("add", "capture a task in a line; from a pipe one on each line, also as add -")
                .optionalWords("LINE", "the title, with any of: tomorrow 17:00, do:fri, late:'15 dec', !red, @project, #tag")
                .dashWords()
                .option("--do", "DATE", "when to start on it, the same as do:")
                .option("--late", "DATE", "when it is late, the same as late:")
                .option("--attention", "HOW", "red, orange, white or blue (later), the same as !")
                .option("--project", "PROJECT", "a project's name or id, the same as @")
                .flag("--dry-run", "only say what is understood")
                .example("heph add 'Pay rent tomorrow !red @house #home late:1dec'")
                .example("heph add --project house < shopping.txt");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        String options = options(given);
        List<String> words = given.typed(0);
        boolean pipe = words.equals(List.of("-")); // as other programs call standard input
        if (pipe && !session.terminal().in()) {
            return addEach(options, given, session);
        }
        if (!pipe && words.stream().anyMatch(word -> !word.isBlank())) {
            add(options + String.join(" ", words), Optional.empty(), given, session);
            hint(given, session);
            return 0;
        }
        if (!words.isEmpty() || session.terminal().in()) {
            throw new UsageException("add needs a LINE, such as 'Pay rent tomorrow'. Try: heph help add");
        }
        return addEach(options, given, session);
    }

    /** In front of the line, where no -- and no open quote of the line can swallow them. */
    private static String options(Arguments given) {
        var line = new StringBuilder();
        given.option("--do").ifPresent(date -> line.append("do:").append(quoted(date)).append(' '));
        given.option("--late").ifPresent(date -> line.append("late:").append(quoted(date)).append(' '));
        given.option("--attention").ifPresent(how -> line.append('!').append(Setting.Attention.word(how)).append(' '));
        given.option("--project").ifPresent(name -> line.append('@').append(quoted(Setting.Project.name(name))).append(' '));
        return line.toString();
    }

    private static String quoted(String value) {
        return '"' + value + '"';
    }

    private static void hint(Arguments given, Session session) {
        if (!session.json() && !given.flag("--dry-run")) {
            Undo.hint(session);
        }
    }

    /** @param with the id of a task that was added before, together with which this one is undone; so is what is returned */
    private static Optional<String> add(String line, Optional<String> with, Arguments given, Session session) {
        boolean look = given.flag("--dry-run");
        Result result = session.call("capture", "line", line, "with", with.orElse(null), "dry_run", look ? true : null);
        Json task = result.json().at("task");
        if (!session.printed(result)) {
            String echo = Width.line(result.json().at("echo").text());
            session.out().line(look ? echo : "Added " + session.styled(Style.YELLOW, ShortIds.alone(task)) + " " + echo);
        }
        return look ? Optional.empty() : Optional.of(task.at("id").text());
    }

    /** What cannot be read as a task is said, and the other lines are added all the same, to be undone at once. */
    private static int addEach(String options, Arguments given, Session session) throws IOException {
        String[] lines = Utf8.strict(session.shell().in().readAllBytes(), "standard input").split("\n");
        int added = 0;
        Optional<String> last = Optional.empty();
        List<HephException> failed = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty()) {
                continue;
            }
            try {
                last = add(options + line, last, given, session);
                added++;
            } catch (HephException e) {
                HephException named = new HephException(e.reason(), "line " + (i + 1) + ": " + e.getMessage(), e);
                if (!isOfTheLine(e)) {
                    throw named;
                }
                session.shell().say("heph: " + named.getMessage());
                failed.add(named);
            }
        }
        if (added == 0 && failed.isEmpty()) {
            throw new UsageException("add needs a LINE, and standard input has none. Try: heph help add");
        }
        if (added > 0) {
            hint(given, session);
        }
        return failed.isEmpty() ? 0 : added == 0 ? failed.getFirst().reason().exitCode() : PARTLY;
    }

    /** Whether another line may fare better: not when the store is away or the disk is full. */
    private static boolean isOfTheLine(HephException e) {
        return switch (e.reason()) {
            case INVALID_PARAMS, NOT_FOUND, AMBIGUOUS, CONFLICT, TOO_LARGE -> true;
            default -> false;
        };
    }
}
