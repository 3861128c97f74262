package dev.heph.cli.command;

import dev.heph.cli.rpc.JsonException;
import dev.heph.error.HephException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What could stand in the place of the last word: a line for each, the word, a tab and what it is. For the scripts of
 * {@link Completion} only, so {@code heph help} does not list it. It never fails: who presses Tab wants no message.
 */
final class Complete implements Command {
    private static final List<String> DAYS =
            List.of("today", "tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "eow", "eom", "none");
    private static final List<String> ATTENTIONS = List.of("red", "orange", "white", "blue");

    /** The values of the options that have few. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "--attention", ATTENTIONS,
            "--do", DAYS,
            "--late", DAYS,
            "--kind", List.of("doc", "task", "project", "tag", "journal"),
            "--state", List.of("outstanding", "done", "dropped"),
            "--sort", List.of("do", "late", "created", "modified", "title"));
    private static final Set<String> PROJECT_OPTIONS = Set.of("--project", "--parent", "--into", "--scope");

    @Override
    public Syntax syntax() {
        return Syntax.asking("complete", "what could stand in the place of the last word: for completion scripts")
                .optionalWords("WORD", "the words after heph, up to the one to complete")
                .flag("--titles", "what is found by its title is named by it, not by its id");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        List<String> words = given.words(0);
        String last = words.isEmpty() ? "" : words.getLast();
        int mark = mark(last);
        var found = mark < 0
                ? new Candidates("", last, given.flag("--titles"), session)
                : new Candidates(last.substring(0, mark), last.substring(mark).replace("\"", ""), given.flag("--titles"), session);
        try {
            if (words.size() < 2) {
                commands(found);
            } else {
                arguments(words, found, session);
            }
        } catch (HephException | UsageException | JsonException nothingToOffer) {
            return 0;
        } finally {
            found.print();
        }
        return 0;
    }

    /** Where in a word a project or a tag begins, such as the last of {@code 'Pay rent @home #mon}; -1 where none does. */
    private static int mark(String word) {
        int begin = 0;
        boolean quoted = false;
        for (int i = 0; i < word.length(); i++) {
            quoted ^= word.charAt(i) == '"';
            begin = !quoted && word.charAt(i) == ' ' ? i + 1 : begin;
        }
        while (begin < word.length() && "-(".indexOf(word.charAt(begin)) >= 0) {
            begin++; // as in a filter: -@home, (#town or …
        }
        return begin < word.length() && "@#+".indexOf(word.charAt(begin)) >= 0 ? begin : -1;
    }

    private static void commands(Candidates found) {
        for (String name : Commands.NAMES) {
            if (!name.isEmpty() && name.startsWith(found.word())) {
                found.add(name, Commands.named(name).syntax().summary());
            }
        }
    }

    private static void arguments(List<String> words, Candidates found, Session session) throws IOException {
        String command = words.getFirst();
        Syntax syntax = Commands.named(command).syntax();
        String before = words.get(words.size() - 2);
        if (VALUES.containsKey(before)) {
            VALUES.get(before).forEach(value -> found.add(value, ""));
        } else if (found.word().startsWith("@")) {
            found.projects("@");
        } else if (found.word().startsWith("#") || found.word().startsWith("+")) {
            found.tags(found.word().substring(0, 1));
        } else if (PROJECT_OPTIONS.contains(before)) {
            found.projects("");
        } else if (before.equals("--tag")) {
            found.tags("");
        } else if (before.equals("--on")) {
            found.tasks("outstanding");
        } else if (takesValue(before, syntax)) {
            return; // of its own kind, and no node: what is found by a title would stand in its place
        } else if (found.word().startsWith("--")) {
            options(syntax, found);
        } else {
            words(command, words.size() - 2, syntax, found, session);
        }
    }

    private static boolean takesValue(String word, Syntax syntax) {
        OptionSpec option = word.startsWith("-") ? syntax.spec().findOption(word) : null;
        return option != null && option.type() != boolean.class;
    }

    private static void options(Syntax syntax, Candidates found) {
        for (OptionSpec option : syntax.spec().options()) {
            found.add(option.longestName(), String.join(" ", option.description()));
        }
    }

    /** @param position how many words of the command stand before */
    private static void words(String command, int position, Syntax syntax, Candidates found, Session session) throws IOException {
        switch (command) {
            case "help" -> commands(found);
            case "completion" -> Completion.SHELLS.forEach(shell -> found.add(shell, ""));
            case "auth" -> actions(position, Auth.ACTIONS, found);
            case "hub" -> actions(position, Hub.ACTIONS, found);
            case "devices" -> actions(position, Devices.ACTIONS, found);
            case "backup" -> actions(position, List.of("restore"), found);
            case "project" -> project(position, found);
            case "view" -> view(position, found, session);
            default -> {
                if (position > 0) {
                    values(command, found);
                }
                nodes(command, position, syntax, found);
            }
        }
    }

    private static void actions(int position, List<String> actions, Candidates found) {
        if (position == 0) {
            actions.forEach(action -> found.add(action, ""));
        }
    }

    private static void project(int position, Candidates found) {
        if (position == 0) {
            found.add("add", "make one");
            found.add("move", "put one into another");
        } else {
            found.projects("");
        }
    }

    private static void view(int position, Candidates found, Session session) throws IOException {
        if (position == 0) {
            List.of("save", "list", "delete").forEach(action -> found.add(action, ""));
        }
        if (position < 2) {
            Views.in(session.home()).all().forEach(found::add);
        }
    }

    /** What stands behind the tasks. */
    private static void values(String command, Candidates found) {
        switch (command) {
            case "attention" -> ATTENTIONS.forEach(attention -> found.add(attention, ""));
            case "do", "late", "defer" -> DAYS.forEach(day -> found.add(day, ""));
            case "move" -> found.projects("");
            case "tag", "untag" -> found.tags("");
            default -> {}
        }
    }

    private static void nodes(String command, int position, Syntax syntax, Candidates found) {
        var labels = syntax.spec().positionalParameters();
        String label = labels.isEmpty() ? "" : labels.get(Math.min(position, labels.size() - 1)).paramLabel().toUpperCase(Locale.ROOT);
        if (label.contains("TASK")) {
            found.tasks(command.equals("reopen") ? "done" : "outstanding");
        } else if (label.contains("ITEM")) {
            found.tasks(null);
        } else if (label.contains("NOTE") || label.equals("FROM") || label.equals("TO")) {
            found.notes();
        }
    }
}
