package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Keys;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import dev.heph.error.HephException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Goes through what asks for a decision: one task, one key. */
final class Review implements Command {
    private static final List<String> KEYS = List.of(
            "d done   x drop   t tomorrow   w next week   e when it is late   m move into a project",
            "r red   o orange   n white (normal)   b or l blue (later)   k keep as it is",
            "s skip   p the one before   u undo   q quit");
    private static final String PROMPT = "d x t w e m  r o n b k  s p u q ? ";

    @Override
    public Syntax syntax() {
        return Syntax.asking("review", "go through inbox, late, too many orange, long on deck and blocked: one key each")
                .example("heph review");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        List<Reviewed> all = Reviewed.all(session);
        if (all.isEmpty()) {
            session.shell().say("Nothing to review: the inbox is empty, nothing is late, nothing waits for too long.");
            return 0;
        }
        try (var keys = new Keys(session.shell())) {
            new Walk(all, keys, session).go();
        }
        return 0;
    }

    /** One way through the tasks. */
    private static final class Walk {
        private final List<Reviewed> all;
        private final Keys keys;
        private final Session session;

        /** Where something was changed, the last first: only that is undone here. */
        private final Deque<Integer> changed = new ArrayDeque<>();

        private int at;

        Walk(List<Reviewed> all, Keys keys, Session session) {
            this.all = all;
            this.keys = keys;
            this.session = session;
        }

        void go() throws IOException {
            int shown = -1;
            while (at < all.size()) {
                if (shown != at) {
                    show(all.get(at));
                    shown = at;
                }
                session.out().flush();
                session.shell().err().text(PROMPT).flush();
                Optional<Character> key = keys.next();
                if (key.isEmpty() || key.get() == 'q') {
                    break;
                }
                pressed(key.get());
            }
            session.shell().say("Reviewed " + at + " of " + all.size() + ", changed " + changed.size() + "."
                    + (changed.isEmpty() ? "" : " Take back the last: heph undo"));
        }

        /** A program that asks for JSON is to read nothing but results. */
        private void show(Reviewed reviewed) {
            if (!session.json()) {
                session.out().line(session.styled(Style.DIM, at + 1 + " of " + all.size() + " · " + reviewed.why()));
                TaskRows.print(List.of(reviewed.task()), session);
            }
        }

        private void pressed(char key) throws IOException {
            try {
                switch (key) {
                    case 'd' -> change("state", "done");
                    case 'x' -> change("state", "dropped");
                    case 't' -> start("tomorrow");
                    case 'w' -> start("next week");
                    case 'e' -> lateOn();
                    case 'r' -> change("attention", "red");
                    case 'o' -> change("attention", "orange");
                    case 'n' -> change("attention", "white");
                    case 'b', 'l' -> change("attention", "blue");
                    case 'm' -> move();
                    case 's', 'k' -> at++;
                    case 'p' -> at = Math.max(0, at - 1);
                    case 'u' -> undo();
                    case '?' -> KEYS.forEach(session.shell()::say);
                    default -> session.shell().say("No such key. ? says which there are");
                }
            } catch (HephException e) {
                session.shell().say("heph: " + e.getMessage());
                Notes.below(e).forEach(session.shell()::say);
            }
        }

        private void change(String parameter, String value) {
            Result result = session.call("task.change", "ids", List.of(id(at)), parameter, value);
            session.printed(result);
            if (result.json().at("changed").number() > 0) {
                changed.push(at);
            }
            at++;
        }

        private String id(int index) {
            return all.get(index).task().at("id").text();
        }

        /** When to start on it says nothing of when it is late: else it would come back here as if nothing had been said. */
        private void start(String day) {
            boolean late = all.get(at).task().at("late").truth();
            change("do_date", new DateText(session).iso(day));
            if (late) {
                session.shell().say("It stays late: p goes back to it, e says from when it is late");
            }
        }

        private void lateOn() throws IOException {
            String date = asked("late from when on (none: never)? ");
            if (!date.isEmpty()) {
                change("late_on", new DateText(session).iso(date));
            }
        }

        private void move() throws IOException {
            String project = asked("into which project? ");
            if (!project.isEmpty()) {
                change("project", Setting.Project.name(project));
            }
        }

        /** A line; empty also for q, which means here what it means as a key. */
        private String asked(String question) throws IOException {
            session.shell().err().text(question).flush();
            String line = keys.line();
            if (line.isEmpty() || line.equals("q")) {
                session.shell().say("Left as it is");
                return "";
            }
            return line;
        }

        /** Another terminal may have done something since: that is not taken back from here. */
        private void undo() {
            if (changed.isEmpty()) {
                session.shell().say("Nothing was changed yet. What was done before: heph undo");
                return;
            }
            Json last = session.call("undo", "dry_run", true).json();
            if (last.at("ids").list().stream().noneMatch(id -> id.text().equals(id(changed.peek())))) {
                session.shell().say("The last action was another one, somewhere else: " + Width.line(last.at("label").text())
                        + ". Take it back: heph undo");
                return;
            }
            Result undone = session.call("undo");
            at = changed.pop();
            if (!session.printed(undone)) {
                session.out().line("Undid: " + Width.line(undone.json().at("label").text()));
            }
        }
    }
}
