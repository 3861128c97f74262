package dev.heph.cli;

import static dev.heph.cli.Answers.json;

/** Results about tasks, as docs/reference/rpc.md shapes them. The times are those of {@link Cli#NOW}, 21 November 2026, 9:05. */
final class TaskAnswers {
    private static final long PASSED = 1;
    private static final long TO_COME = 4_000_000_000_000L;

    static final String RENT = row("K3F9", "Pay rent", "red")
            .replace("'project':null", "'project':{'id':'x','title':'House'}")
            .replace("'late_on':null", "'late_on':" + date("2026-11-19", PASSED));
    static final String PLANTS = row("W8TR", "Water the plants", "orange")
            .replace("'do_date':null", "'do_date':" + date("2026-11-18", PASSED));
    static final String READ = row("ZZZZ", "Read", "white");
    static final String TRIP = row("TR1P", "Book the trip", "white")
            .replace("'do_date':null", "'do_date':" + date("2026-11-29T18:00", TO_COME));

    private TaskAnswers() {}

    static String row(String idEnd, String title, String attention) {
        return """
                {'id':'01KAHX5T9ZV2Q8R4N6B7C9%s','title':'%s','attention':'%s','state':'outstanding','do_date':null,'late_on':null,\
                'late':false,'project':null,'context':null,'created_at':1795219200000}""".formatted(idEnd, title, attention);
    }

    static String date(String local, long at) {
        return "{'local':'" + local + "','at':" + at + "}";
    }

    /** The row with members that only {@code board} gives. */
    static String with(String row, String members) {
        return row.substring(0, row.length() - 1) + "," + members + "}";
    }

    static String board(String counts, String... rows) {
        return json("{'rows':[" + String.join(",", rows) + "],'counts':{" + counts + "}}");
    }

    /** Late, orange, active, on deck, inbox. */
    static String counts(int late, int orange, int active, int onDeck, int inbox) {
        return "'late':%d,'red':1,'orange':%d,'orange_limit':6,'active':%d,'active_limit':30,'on_deck':%d,'inbox':%d"
                .formatted(late, orange, active, onDeck, inbox);
    }

    static String page(int total, String... rows) {
        return json("{'tasks':[" + String.join(",", rows) + "],'total':" + total + "}");
    }

    /** The answer of {@code task.change}: tasks named by the ends of their ids. */
    static String changed(int changed, String... idEndsAndTitles) {
        var tasks = new StringBuilder();
        for (int i = 0; i < idEndsAndTitles.length; i += 2) {
            tasks.append(i == 0 ? "" : ",").append("{'id':'01KAHX5T9ZV2Q8R4N6B7C9").append(idEndsAndTitles[i])
                    .append("','title':'").append(idEndsAndTitles[i + 1]).append("'}");
        }
        return json("{'changed':" + changed + ",'tasks':[" + tasks + "]}");
    }
}
