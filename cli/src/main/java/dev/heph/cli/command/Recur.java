package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;

/** The dates of a rule, before anything is made to repeat by it. */
final class Recur implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("recur", "show the dates of a rule: an RRULE of RFC 5545, or words")
                .words("RULE", "FREQ=MONTHLY;BYDAY=-1FR, or every last friday")
                .option("--from", "DATE", "where it starts: 2026-01-05T09:00, fri (today)")
                .option("--zone", "ZONE", "in this zone, such as Europe/Berlin")
                .number("--count", "how many (10)")
                .option("--until", "DATE", "all until this date")
                .example("heph recur every 2 weeks on mon,thu")
                .example("heph recur 'FREQ=MONTHLY;BYDAY=-1FR' --from 2026-01-05T09:00 --count 3");
    }

    @Override
    public int run(Arguments given, Session session) {
        var dates = new DateText(session);
        Result result = session.call("recur.preview",
                "rule", String.join(" ", given.words(0)),
                "from", given.option("--from").map(text -> local(text, dates)).orElse(null),
                "zone", given.orNull("--zone"),
                "until", given.option("--until").map(text -> local(text, dates)).orElse(null),
                "count", number(given));
        if (session.json()) {
            session.out().data(result.json().at("dates").toString());
            return 0;
        }
        session.out().line(result.json().at("words").text() + " · " + result.json().at("rule").text());
        for (Json date : result.json().at("dates").list()) {
            session.out().line("  " + minutes(date.text()).replace('T', ' '));
        }
        if (result.json().at("dates").list().isEmpty()) {
            session.shell().say("The rule has no date from there on");
        }
        return 0;
    }

    /** Seconds are said only where they are some. */
    private static String minutes(String iso) {
        return iso.endsWith(":00") ? iso.substring(0, iso.length() - ":00".length()) : iso;
    }

    private static Integer number(Arguments given) {
        return given.number("--count").isPresent() ? given.number("--count").getAsInt() : null;
    }

    /** ISO as it is, for scripts; else date words. */
    private static String local(String text, DateText dates) {
        return text.matches("\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?)?") ? text : dates.iso(text);
    }
}
