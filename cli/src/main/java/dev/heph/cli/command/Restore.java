package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Style;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Brings a note or task, or everything, back to how it was. */
final class Restore implements Command {
    private static final String ROW_OR_ID = "\\d{1,6}|[0-9A-Za-z]{26}";
    private static final String HOUR = "\\d{1,2}:\\d{2}";

    /** As the history shows none, but a bad import may share its minute with good work. */
    private static final Pattern SECOND = Pattern.compile("(?:(\\d{4}-\\d{2}-\\d{2})[ T])?(\\d{2}:\\d{2}:\\d{2})");
    /** Months would be meant by a date to come; who looks back from a mishap means minutes. */
    private static final Pattern AGO = Pattern.compile("(\\d{1,4}) ?(?:(m|min|mins|minutes?)|h|hours?) ago");
    private static final int DECLINED = 1;

    @Override
    public Syntax syntax() {
        return Syntax.asking("restore", "bring a note back to how it was, or one that was deleted; or everything")
                .optionalWord("NOTE", "a short id, a title or an alias; also of one that was deleted")
                .option("--to", "WHEN", "a row of heph history, or a moment: 3, yesterday, 15:00, '10 minutes ago', '2026-11-20 15:00'")
                .flag("--all", "everything, as of a moment")
                .flag("--dry-run", "only show what it would change")
                .flag("--yes", "with --all: do not ask")
                .flag("--full", "long texts whole")
                .example("heph restore k3f9 --to 3 --dry-run")
                .example("heph restore --all --to '2026-11-20 15:00'");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        if (given.flag("--all") == given.optionalWord(0).isPresent()) {
            throw new UsageException("what is to be brought back? One NOTE, or --all. Try: heph help restore");
        }
        return given.flag("--all") ? all(given, session) : one(given, session);
    }

    private static int one(Arguments given, Session session) {
        boolean look = given.flag("--dry-run");
        Json node = session.notes().findEvenDeleted(given.word(0));
        String to = given.option("--to").map(words -> words.matches(ROW_OR_ID) ? words : moment(words, session)).orElse(null);
        Result result = session.call("node.restore", "id", node.at("id").text(), "to", to, "dry_run", look ? true : null);
        if (session.printed(result)) {
            return 0;
        }
        Json restored = result.json();
        List<Json> changes = restored.at("changes").list();
        List<Json> left = restored.at("left").list();
        if (changes.isEmpty() && left.isEmpty()) {
            session.out().line(Label.of(session, node) + " is as it was then: nothing changed");
            return 0;
        }
        session.out().line((look ? "Would restore " : "Restored ") + Label.of(session, restored));
        var shown = new Changes(session, given.flag("--full"));
        shown.print(changes, "  ");
        if (!left.isEmpty()) {
            session.out().line(session.styled(Style.DIM, "  left, since it leads to something that is deleted:"));
            shown.print(left, "    ");
        }
        ended(look, session);
        return 0;
    }

    private static int all(Arguments given, Session session) throws IOException {
        String to = moment(given.option("--to")
                .orElseThrow(() -> new UsageException(
                        "everything as of when? Say --to WHEN, such as --to yesterday. Try: heph help restore")), session);
        boolean look = given.flag("--dry-run");
        if (look || !given.flag("--yes")) {
            Result preview = restore(to, true, session);
            if (look && session.printed(preview)) {
                return 0;
            }
            int count = show("Would bring everything back to ", preview.json(), session);
            if (look || count == 0) {
                ended(look, session);
                return 0;
            }
            if (!(session.terminal().in() && session.terminal().out())) {
                throw new UsageException("everything would be brought back to " + to + ", and nobody is here to be asked: add --yes,"
                        + " or look first with --dry-run");
            }
            if (!agreed(count, session)) {
                session.shell().say("Nothing was changed");
                return DECLINED;
            }
        }
        Result done = restore(to, false, session);
        if (!session.printed(done)) {
            show("Brought everything back to ", done.json(), session);
            ended(false, session);
        }
        return 0;
    }

    /** An hour alone is one of today: otherwise it is the next one to come, and that nobody means. */
    private static String moment(String words, Session session) {
        Matcher second = SECOND.matcher(words);
        if (second.matches()) {
            return Optional.ofNullable(second.group(1)).orElseGet(() -> session.today().toString()) + "T" + second.group(2);
        }
        Matcher ago = AGO.matcher(words.toLowerCase(Locale.ROOT).strip());
        if (ago.matches()) {
            Duration back = ago.group(2) == null ? Duration.ofHours(Long.parseLong(ago.group(1))) : Duration.ofMinutes(Long.parseLong(ago.group(1)));
            return LocalDateTime.ofInstant(session.now().minus(back), session.zone()).truncatedTo(ChronoUnit.SECONDS).toString();
        }
        return new DateText(session).iso(words.matches(HOUR) ? "today " + words : words);
    }

    private static Result restore(String to, boolean look, Session session) {
        return session.callLong("restore", "to", to, "dry_run", look);
    }

    /** @return how many notes and tasks it is about */
    private static int show(String said, Json result, Session session) {
        session.out().line(said + Times.minute(result.at("to").number(), session.zone()));
        return group("made since, deleted", result.at("deleted"), session)
                + group("deleted since, back again", result.at("restored"), session)
                + group("changed since, as they were", result.at("changed"), session);
    }

    private static int group(String what, Json some, Session session) {
        int count = (int) some.at("count").number();
        if (count > 0) {
            List<Json> first = some.at("first").list();
            session.out().line("  " + count + " " + what + ": " + first.stream().map(Label::title).collect(Collectors.joining(", "))
                    + (count > first.size() ? ", …" : ""));
        }
        return count;
    }

    private static void ended(boolean look, Session session) {
        if (look) {
            session.shell().say("Nothing was changed: this was --dry-run");
        } else {
            Undo.hint(session);
        }
    }

    private static boolean agreed(int count, Session session) throws IOException {
        session.out().flush();
        String what = count + (count == 1 ? " note or task" : " notes and tasks");
        session.shell().err().text("Bring " + what + " back to how they were? [y/N] ").flush();
        return session.shell().line().strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
