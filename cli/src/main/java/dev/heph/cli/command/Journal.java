package dev.heph.cli.command;

import dev.heph.cli.markdown.Rendering;
import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Style;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.time.LocalDate;

final class Journal implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("journal", "the journal of a day; today's is made when it is first opened, another one when it is edited")
                .optionalWords("DAY", "today, yesterday, -1, last fri, 2 weeks ago, 2026-06-01 (today)")
                .dashWords()
                .flag("--prev", "the last one before that day, of those there are")
                .flag("--next", "the first one after it")
                .flag("--edit", "open it in $VISUAL or $EDITOR")
                .example("heph journal --edit")
                .example("heph journal --prev")
                .example("heph journal -1");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        LocalDate day = new DateText(session).day(given.words(0).isEmpty() ? "today" : given.sentence(0));
        String date = day.toString();
        if (given.flag("--prev") || given.flag("--next")) {
            return show(near(date, given, session), given, session);
        }
        boolean isMade = given.flag("--edit") || day.equals(session.today());
        return show(isMade ? session.call("journal.open_or_create", "date", date).json() : there(day, session), given, session);
    }

    /** Looking at a day must not make a journal of it. */
    private static Json there(LocalDate day, Session session) {
        try {
            return session.call("journal.open_or_create", "date", day.toString(), "make", false).json();
        } catch (HephException e) {
            throw e.reason() != Reason.NOT_FOUND ? e : new HephException(
                    Reason.NOT_FOUND,
                    "there is no journal of " + Days.of(day, session.today()) + " yet. Begin it: heph journal " + day + " --edit");
        }
    }

    private static int show(Json journal, Arguments given, Session session) throws IOException {
        if (given.flag("--edit")) {
            return Edit.text(journal, session);
        }
        Result result = session.call("node.get", "id", journal.at("id").text());
        if (!session.printed(result)) {
            print(result.json(), session);
        }
        return 0;
    }

    private static Json near(String date, Arguments given, Session session) {
        if (given.flag("--prev") && given.flag("--next")) {
            throw new UsageException("journal takes --prev or --next, not both. Try: heph help journal");
        }
        boolean next = given.flag("--next");
        Json journal = session.call("journal.near", "date", date).json().at(next ? "next" : "previous");
        if (journal.isNull()) {
            throw new HephException(
                    Reason.NOT_FOUND,
                    "there is no journal " + (next ? "after " : "before ") + date + ". See all: heph list --kind journal --sort title");
        }
        return journal;
    }

    private static void print(Json journal, Session session) {
        session.out().line(session.styled(Style.YELLOW, ShortIds.alone(journal)) + " "
                + session.styled(Style.BOLD, Label.title(journal)));
        String body = journal.at("body").text();
        if (body.isEmpty()) {
            session.shell().say("Nothing in it yet. Write: heph journal " + journal.at("title").text() + " --edit");
        } else {
            session.out().line("");
            String shown = new Rendering(session.terminal()).of(body);
            session.out().text(shown).text(shown.endsWith("\n") ? "" : "\n");
        }
    }
}
