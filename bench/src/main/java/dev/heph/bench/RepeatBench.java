package dev.heph.bench;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Progress;
import dev.heph.cli.rpc.Request;
import dev.heph.cli.rpc.RpcClient;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ten thousand tasks that repeat, at the socket. {@code --sizes 1000} takes other numbers, {@code --report} writes the table to docs/benchmarks.md too. */
public final class RepeatBench {
    private static final long SEED = 20_261_121;
    private static final int CALLS = 500;
    private static final int TOGETHER = 200;

    /** What people have, and of each policy some; a third of them begin a year ago, so that they missed dates. */
    private static final List<String> RULES = List.of("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "FREQ=MONTHLY",
            "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY", "FREQ=DAILY;INTERVAL=3", "FREQ=HOURLY;INTERVAL=6", "FREQ=WEEKLY;COUNT=500");
    private static final List<String> POLICIES = List.of("latest", "latest", "latest", "keep", "all");

    private static final List<String> EXPANDED = List.of("FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29");

    private final Table table = new Table("", "");
    private final Random random = new Random(SEED);
    private final LocalDate today = LocalDate.now();

    private RepeatBench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = Arrays.asList(arguments);
        String sizes = given.contains("--sizes") ? given.get(given.indexOf("--sizes") + 1) : "10000";
        Workplace place = Workplace.open("recurring");
        Machine before = Machine.now(place.checkout());
        RepeatBench bench = new RepeatBench();
        for (String size : sizes.split(",")) {
            bench.run(place, Integer.parseInt(size));
        }
        Report.give("recurring", place.checkout(), before, "", bench.table, given);
    }

    private void run(Workplace place, int size) throws Exception {
        String of = "%,d that repeat: ".formatted(size);
        try (Device heph = place.device("heph" + size)) {
            heph.heph("up");
            List<String> ids = new ArrayList<>();
            try (RpcClient rpc = heph.connect()) {
                table.time(of + "made, 200 at a time", 0, Samples.once(once -> make(rpc, size, ids)), 0);
                table.time(of + "the first next", 0, Samples.once(once -> Clients.call(rpc, "next")), 0);
                table.calls(of + "next", 20, Samples.of(CALLS, CALLS, round -> Clients.call(rpc, "next")));
                table.calls(of + "done", 5, Samples.of(50, CALLS,
                        round -> Clients.call(rpc, "task.set_state", "id", ids.get(random.nextInt(size)), "state", "done")));
                table.calls(of + "next after a done", 20, Samples.ofSecond(50, CALLS, round -> Clients.call(rpc, "task.set_state",
                        "id", ids.get(random.nextInt(size)), "state", "done"), round -> Clients.call(rpc, "next")));
                table.time(of + "today", 0, Samples.of(2, 9, round -> Clients.call(rpc, "task.list", "where", "do<=today", "limit", 100)).median(), 0);
                table.time(of + "agenda 7d, what is to come", 0,
                        Samples.of(2, 9, round -> Clients.call(rpc, "task.coming", "until", today.plusDays(7).toString())).median(), 0);
                for (String rule : EXPANDED) {
                    table.time("1,000 dates of " + rule, 5, Samples.of(100, CALLS,
                            round -> Clients.call(rpc, "recur.preview", "rule", rule, "from", "2016-01-04T09:00", "count", 1_000)).median(), 0);
                }
            }
        }
    }

    private void make(RpcClient rpc, int size, List<String> ids) {
        for (int from = 0; from < size; from += TOGETHER) {
            List<Request> some = new ArrayList<>();
            for (int at = from; at < Math.min(size, from + TOGETHER); at++) {
                LocalDate start = random.nextInt(3) == 0 ? today.minusDays(random.nextInt(365)) : today.plusDays(random.nextInt(365));
                some.add(Request.of("task.create", "title", "again " + at, "do_date", start + (random.nextBoolean() ? "" : "T09:00"),
                        "rule", RULES.get(random.nextInt(RULES.size())), "on_missed", POLICIES.get(random.nextInt(POLICIES.size()))));
            }
            rpc.callAll(some, Progress.UNSEEN).forEach(made -> ids.add(id(made.json())));
        }
    }

    private static String id(Json node) {
        return node.at("id").text();
    }
}
