package dev.heph.gateway.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.node.State;
import dev.heph.model.recur.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that repeat, as Taskwarrior 2.6.2 exports them and the tasks that it made from them. */
class TaskwarriorRepeatsTest {
    private static final Taskwarrior BERLIN = new Taskwarrior(ZoneId.of("Europe/Berlin"));
    private static final String UUID = "b175d53d-0984-45fd-a2bb-c7c17fecd9";
    private static final String COURSE = "f4ae32e8-e25f-4e53-9b03-f1380572c76d";
    private static final String WEEKLY = "'status':'recurring','recur':'weekly','due':'20261031T230000Z'";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # recur            | from             | rule                                        | dates
            daily              | 2026-11-21T09:00 | FREQ=DAILY                                  | 11-21 11-22 11-23
            day                | 2026-11-21T09:00 | FREQ=DAILY                                  | 11-21 11-22 11-23
            3d                 | 2026-11-21T09:00 | FREQ=DAILY;INTERVAL=3                       | 11-21 11-24 11-27
            3 days             | 2026-11-21T09:00 | FREQ=DAILY;INTERVAL=3                       | 11-21 11-24 11-27
            P10D               | 2026-11-21T09:00 | FREQ=DAILY;INTERVAL=10                      | 11-21 12-01 12-11
            weekdays           | 2026-11-20T09:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR            | 11-20 11-23 11-24
            weekly             | 2026-11-21T09:00 | FREQ=WEEKLY                                 | 11-21 11-28 12-05
            2wks               | 2026-11-21T09:00 | FREQ=WEEKLY;INTERVAL=2                      | 11-21 12-05 12-19
            P2W                | 2026-11-21T09:00 | FREQ=WEEKLY;INTERVAL=2                      | 11-21 12-05 12-19
            fortnight          | 2026-11-21T09:00 | FREQ=WEEKLY;INTERVAL=2                      | 11-21 12-05 12-19
            biweekly           | 2026-11-21T09:00 | FREQ=WEEKLY;INTERVAL=2                      | 11-21 12-05 12-19
            1sennight          | 2026-08-31T10:00 | FREQ=WEEKLY;INTERVAL=2                      | 08-31 09-14 09-28
            3weekly            | 2026-08-31T10:00 | FREQ=WEEKLY;INTERVAL=3                      | 08-31 09-21 10-12
            monthly            | 2026-11-21T09:00 | FREQ=MONTHLY                                | 11-21 12-21 01-21
            1mo                | 2026-11-21T09:00 | FREQ=MONTHLY                                | 11-21 12-21 01-21
            P1M                | 2026-11-21T09:00 | FREQ=MONTHLY                                | 11-21 12-21 01-21
            monthly            | 2026-12-31T09:00 | FREQ=MONTHLY;BYMONTHDAY=-1                  | 12-31 01-31 02-28
            monthly            | 2026-12-30T09:00 | FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1 | 12-30 01-30 02-28
            monthly            | 2026-12-29T09:00 | FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1   | 12-29 01-29 02-28
            bimonthly          | 2026-08-31T10:00 | FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1       | 08-31 10-31 12-31
            quarterly          | 2026-08-31T10:00 | FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1       | 08-31 11-30 02-28
            2q                 | 2026-08-15T10:00 | FREQ=MONTHLY;INTERVAL=6                     | 08-15 02-15 08-15
            semiannual         | 2026-08-15T10:00 | FREQ=MONTHLY;INTERVAL=6                     | 08-15 02-15 08-15
            annual             | 2028-02-29T10:00 | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1         | 02-29 02-28 02-28
            yearly             | 2026-08-31T10:00 | FREQ=YEARLY                                 | 08-31 08-31 08-31
            biannual           | 2026-08-31T10:00 | FREQ=YEARLY;INTERVAL=2                      | 08-31 08-31 08-31
            biyearly           | 2026-08-31T10:00 | FREQ=YEARLY;INTERVAL=2                      | 08-31 08-31 08-31
            P1Y                | 2026-08-31T10:00 | FREQ=YEARLY                                 | 08-31 08-31 08-31
            12h                | 2026-08-31T10:00 | FREQ=HOURLY;INTERVAL=12                     | 08-31 08-31 09-01
            PT12H              | 2026-08-31T10:00 | FREQ=HOURLY;INTERVAL=12                     | 08-31 08-31 09-01
            90min              | 2026-08-31T21:30 | FREQ=MINUTELY;INTERVAL=90                   | 08-31 08-31 09-01
            """)
    void aPeriodIsARule(String recur, String from, String rule, String dates) {
        LocalDateTime start = LocalDateTime.parse(from);
        Rule read = TaskwarriorPeriod.of(recur).orElseThrow().from(start, Optional.empty());
        assertThat(read).hasToString(rule);
        assertThat(read.from(start).stream().limit(3).map(date -> date.toLocalDate().toString().substring(5)).collect(Collectors.joining(" ")))
                .isEqualTo(dates);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0d", "-1d", "1.5d", "P1DT12H", "P1Y2M", "30sec", "2weekdays", "hourly", "whenever", "99999d", "p1m", "P0D"})
    void whatIsNotRead(String recur) {
        assertThat(TaskwarriorPeriod.of(recur)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # recur | from             | until               | rule
            daily   | 2026-11-21T00:00 | 2026-12-01T00:00    | FREQ=DAILY;UNTIL=20261201
            daily   | 2026-11-21T10:00 | 2026-12-01T00:00    | FREQ=DAILY;UNTIL=20261130
            daily   | 2026-11-21T10:00 | 2026-12-01T23:59:59 | FREQ=DAILY;UNTIL=20261201
            6h      | 2026-11-21T10:00 | 2026-12-01T00:00    | FREQ=HOURLY;INTERVAL=6;UNTIL=20261201T000000
            """)
    void untilIsTheLastDayOnWhichItsTimeHasCome(String recur, LocalDateTime from, LocalDateTime until, String rule) {
        assertThat(TaskwarriorPeriod.of(recur).orElseThrow().from(from, Optional.of(until))).hasToString(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # Taskwarrior says, besides status, recur and due               | heph is told
            'mask':''                                                       | 'late_on':'2026-11-01','rule':'FREQ=WEEKLY'
            'mask':'++X'                                                    | 'late_on':'2026-11-22','rule':'FREQ=WEEKLY'
            'mask':'+','until':'20261130T225959Z'                           | 'late_on':'2026-11-08','rule':'FREQ=WEEKLY;UNTIL=20261130'
            'project':'Home','tags':['a']                                   | 'late_on':'2026-11-01','rule':'FREQ=WEEKLY','project':'Home','tags':['a']
            """)
    void oneOfWhichNoneWaitsStandsAtItsNextDate(String said, String told) {
        Found found = Found.in(BERLIN, record("00", WEEKLY + "," + said));
        assertThat(found.skipped).isEmpty();
        assertThat(Found.sent(found.tasks.getFirst())).isEqualTo("{'title':'Pay rent',white," + told + "}");
    }

    @Test
    void oneStandsForThoseThatWaitWhereverTheyAreInTheFile() {
        String late = record("01", instance("'status':'pending','due':'20261114T230000Z','annotations':[{'description':'call first'}]"));
        String early = record("02", instance("'status':'waiting','due':'20261107T230000Z'"));
        String done = record("03", instance("'status':'completed','due':'20261031T230000Z'"));
        String template = record("00", WEEKLY + ",'mask':'+--','annotations':[{'description':'by card'}]");
        for (List<String> file : List.of(List.of(late, early, done, template), List.of(template, done, early, late))) {
            Found found = Found.in(BERLIN, String.join("\n", file));
            assertThat(found.seen).isEqualTo(4);
            assertThat(found.tasks).extracting(ForeignTask::key).containsExactly(UUID + "03", UUID + "00");
            assertThat(found.tasks.getFirst().state()).isEqualTo(State.DONE);
            assertThat(Found.sent(found.tasks.getLast())).isEqualTo(
                    "{'title':'Pay rent',white,'late_on':'2026-11-08','rule':'FREQ=WEEKLY','log':['by card','call first']}");
            assertThat(found.skipped).containsExactly("attribute 'parent': 2 tasks are dates of one that repeats, and came in as that one");
        }
    }

    @Test
    void oneWhoseTemplateIsNotInTheFileOrIsDeletedIsATaskLikeAnyOther() {
        Found found = Found.in(BERLIN, record("01", instance("'status':'pending','due':'20261114T230000Z','until':'20261231T230000Z'")));
        assertThat(Found.sent(found.tasks.getFirst())).isEqualTo("{'title':'Pay rent',white,'late_on':'2026-11-15'}");
        assertThat(found.skipped).isEmpty();
        found = Found.in(BERLIN, record("01", instance("'status':'pending'")) + record("00", WEEKLY.replace("recurring", "deleted")));
        assertThat(found.tasks).extracting(ForeignTask::state).containsExactlyInAnyOrder(State.DROPPED, State.OUTSTANDING);
        assertThat(found.tasks).noneMatch(task -> task.repeats().isPresent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'recur':'P1DT12H','due':'20261031T230000Z' | 2026-11-15 | repeats, but heph does not read 'P1DT12H': it came in once
            'recur':'weekly'                           | 2026-11-15 | repeats, but has no due: it came in once
            'due':'20261031T230000Z'                   | 2026-11-15 | repeats, but heph does not read '': it came in once
            """)
    void oneWhoseRuleIsNotReadIsNamedAndComesInOnce(String said, String lateOn, String complaint) {
        Found found = Found.in(BERLIN, record("00", "'status':'recurring'," + said)
                + record("01", instance("'status':'pending','due':'20261114T230000Z'")));
        assertThat(found.skipped).first().isEqualTo(UUID + "00: " + complaint);
        assertThat(found.tasks).singleElement().satisfies(task -> {
            assertThat(task.lateOn()).contains(lateOn);
            assertThat(task.repeats()).isEmpty();
        });
    }

    @Test
    void oneThatIsOverIsDroppedAsTaskwarriorWillSay() {
        String over = WEEKLY + ",'mask':'++','until':'20261109T230000Z'";
        assertThat(Found.in(BERLIN, record("00", over)).tasks).singleElement().extracting(ForeignTask::state).isEqualTo(State.DROPPED);
        Found last = Found.in(BERLIN, record("00", over) + record("01", instance("'status':'pending','due':'20261114T230000Z'")));
        assertThat(Found.sent(last.tasks.getFirst())).as("but the last date waits").isEqualTo("{'title':'Pay rent',white,'late_on':'2026-11-15'}");
    }

    @Test
    void itIsOfferedWhenItIsDueAndThatIsTold() {
        Found found = Found.in(BERLIN, record("00", WEEKLY + ",'wait':'20261028T230000Z','until':'20261231T230000Z'"));
        assertThat(found.tasks.getFirst().doDate()).isEmpty();
        assertThat(found.skipped).containsExactly("wait or scheduled of one that repeats: kept out: 1 task has it");
    }

    @Test
    void aRealExport() throws IOException {
        Found found;
        try (InputStream in = getClass().getResourceAsStream("taskwarrior-2.6.2-recurring.json")) {
            found = Found.in(BERLIN, in.readAllBytes());
        }
        assertThat(found.seen).isEqualTo(36);
        List<String> templates = List.of("Pay the rent", "Stand-up", "Back up the laptop", "Every day and a half", "Course", "Birthday",
                "Renew the ticket");
        assertThat(found.tasks.stream().filter(task -> templates.contains(task.title()))
                .filter(task -> task.state() == State.OUTSTANDING || task.key().equals(COURSE))
                .map(Found::sent)).containsExactly(
                        "{'title':'Pay the rent',white,'late_on':'2026-10-30','rule':'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1',"
                                + "'project':'Home','log':['2026-11-21 the new account']}",
                        "{'title':'Stand-up',white,'late_on':'2026-11-19T09:30','rule':'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261129',"
                                + "'project':'Work'}",
                        "{'title':'Back up the laptop',white,'late_on':'2026-12-06T20:00','rule':'FREQ=WEEKLY;INTERVAL=2','tags':['home']}",
                        "{'title':'Every day and a half',white,'late_on':'2026-11-20T08:00'}",
                        "{'title':'Course','state':'dropped',white,'late_on':'2026-10-05'}",
                        "{'title':'Birthday',white,'late_on':'2024-02-29','rule':'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1'}",
                        "{'title':'Renew the ticket',white,'late_on':'2027-01-31','rule':'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1'}");
        assertThat(found.tasks.stream().filter(task -> task.title().equals("Old habit"))).as("of a template that is deleted").hasSize(9);
        assertThat(found.skipped).containsExactly(
                found.task("Every day and a half").key() + ": repeats, but heph does not read 'P1DT12H': it came in once",
                "attribute 'parent': 12 tasks are dates of one that repeats, and came in as that one",
                "wait or scheduled of one that repeats: kept out: 1 task has it");
    }

    private static String instance(String more) {
        return "'parent':'" + UUID.toUpperCase(Locale.ROOT) + "00','recur':'weekly','imask':0," + more;
    }

    private static String record(String end, String more) {
        return ("{'uuid':'" + UUID + end + "','description':'Pay rent'," + more + "}\n").replace('\'', '"');
    }
}
