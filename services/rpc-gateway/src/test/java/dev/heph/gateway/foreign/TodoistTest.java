package dev.heph.gateway.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.date.Now;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TodoistTest {
    private static final Now NOON = new Now(LocalDateTime.parse("2026-11-21T12:00"), LocalTime.MIDNIGHT);
    private static final String HEADER = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\n";

    private static Found read(String file) {
        return Found.in(new Todoist("Home.csv", NOON), file);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # a row of Todoist's                           | heph is told
            task,Pay rent,,1,1,Ann (1),,,,                 | 'title':'Pay rent','attention':'red','project':'Home'
            task,Pay rent,,2,1,,,,,                        | 'title':'Pay rent','attention':'orange','project':'Home'
            task,Pay rent,,3,1,,,,,                        | 'title':'Pay rent',white,'project':'Home'
            task,Pay rent                                  | 'title':'Pay rent',white,'project':'Home'
            task,Pay rent,,4,1,,,2026-12-01,en,            | 'title':'Pay rent',white,'do_date':'2026-12-01','project':'Home'
            task,Pay rent,,4,1,,,tomorrow at 9am,en,       | 'title':'Pay rent',white,'do_date':'2026-11-22T09:00','project':'Home'
            task,Pay rent,,4,1,,,2026-12-01 17:00,de,      | 'title':'Pay rent',white,'do_date':'2026-12-01T17:00','project':'Home'
            task,Pay rent @bills,to Ann,4,1,,,,,           | 'title':'Pay rent',white,'project':'Home','tags':['bills'],'log':['to Ann']
            task,@bills Pay @home  rent a@b.c @12 @,,,,,,,, | 'title':'Pay rent a@b.c @12 @',white,'project':'Home','tags':['bills','home']
            task,@bills,,4,1,,,,,                          | 'title':'@bills',white,'project':'Home','tags':['bills']
            """)
    void oneTask(String row, String told) {
        Found found = read(HEADER + row + "\n");
        assertThat(found.skipped).isEmpty();
        assertThat(Found.sent(found.tasks.getFirst())).isEqualTo("{" + told + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # Todoist's words                          | heph is told
            every day                                  | 'rule':'FREQ=DAILY'
            Every Other Week                           | 'rule':'FREQ=WEEKLY;INTERVAL=2'
            ev mon, fri                                | 'rule':'FREQ=WEEKLY;BYDAY=MO,FR'
            every workday                              | 'rule':'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'
            every! 3 days                              | 'rule':'FREQ=DAILY;INTERVAL=3','after_done':true
            every 3rd friday                           | 'rule':'FREQ=MONTHLY;BYDAY=3FR'
            every last day                             | 'rule':'FREQ=MONTHLY;BYMONTHDAY=-1'
            every jan 27                               | 'rule':'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27'
            every mon at 9am                           | 'rule':'FREQ=WEEKLY;BYDAY=MO','time':'09:00'
            every day 17:30                            | 'rule':'FREQ=DAILY','time':'17:30'
            every! day @ 8pm                           | 'rule':'FREQ=DAILY','after_done':true,'time':'20:00'
            every day starting 2026-12-01              | 'do_date':'2026-12-01','rule':'FREQ=DAILY'
            every day at 9:15 from 1 dec               | 'do_date':'2026-12-01T09:15','rule':'FREQ=DAILY'
            every day starting on 1 dec ending 5 dec   | 'do_date':'2026-12-01','rule':'FREQ=DAILY;UNTIL=20261205'
            every! week until 5 dec starting 1 dec     | 'do_date':'2026-12-01','rule':'FREQ=WEEKLY;UNTIL=20261205','after_done':true
            """)
    void oneThatRepeats(String words, String told) {
        Found found = read(HEADER + "task,Water,,4,1,,,\"" + words + "\",en,\n");
        assertThat(found.skipped).isEmpty();
        assertThat(Found.sent(found.tasks.getFirst())).isEqualTo("{'title':'Water',white," + told + ",'project':'Home'}");
    }

    @Test
    void oneThatRepeatsDoesNotBeginAtItsDeadline() {
        Found found = read("TYPE,CONTENT,DATE,DEADLINE\ntask,Water,every day,2026-12-24\n");
        assertThat(Found.sent(found.tasks.getFirst())).isEqualTo(
                "{'title':'Water',white,'late_on':'2026-12-24','rule':'FREQ=DAILY','time':'00:00','project':'Home'}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            every full moon             | en | heph reads no repetition in it
            every day starting never    | en | heph reads no repetition in it
            every day for 3 weeks       | en | heph reads no repetition in it
            every                       | en | heph reads no date in it
            every evening               | en | heph reads no repetition in it
            jeden Tag                   | de | heph reads no date in it
            every day                   | de | heph reads no repetition in it
            """)
    void oneThatRepeatsInAWayThatIsNotReadComesInWithout(String words, String language, String reason) {
        Found found = read(HEADER + "task,Water,,4,1,,," + words + "," + language + ",\n");
        assertThat(Found.sent(found.tasks.getFirst())).isEqualTo("{'title':'Water',white,'project':'Home','log':['date: " + words + "']}");
        assertThat(found.skipped).containsExactly("line 2: its date '" + words + "' is in its log only: " + reason);
    }

    @Test
    void aProject() {
        Found found = read("\uFEFF" + """
                TYPE,CONTENT,DESCRIPTION,IS_COLLAPSED,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG
                meta,view_style=list,,,,,,,,,,,,,
                task,"Buy ""good"" bread, milk",,,4,1,Ann (1),Bob (2),,en,Europe/Berlin,30,minute,,
                note,"the bakery
                at the corner",,,,,Ann (1),,2026-11-01,,,,,,
                note,or online,,,,,Ann (1),,,,,,,,
                ,,,,,,,,,,,,,,

                section,Garden,,,,,,,,,,,,,
                task,Plant tulips,,,1,1,Ann (1),,every autumn,en,,,,2026-11-30,en
                task,Dig,,,4,2,Ann (1),,morgen,de,,,,,
                """);
        assertThat(found.tasks.stream().map(Found::sent)).containsExactly(
                "{'title':'Buy \\'good\\' bread, milk',white,'project':'Home','log':['the bakery\\nat the corner','or online']}",
                "{'title':'Plant tulips','attention':'red','late_on':'2026-11-30','project':'Home/Garden','log':['date: every autumn']}",
                "{'title':'Dig',white,'project':'Home/Garden','log':['date: morgen']}");
        assertThat(found.tasks).extracting(ForeignTask::label).containsExactly("line 3", "line 10", "line 11");
        assertThat(found.seen).isEqualTo(7);
        assertThat(found.skipped).containsExactly(
                "line 10: its date 'every autumn' is in its log only: heph reads no repetition in it",
                "line 11: its date 'morgen' is in its log only: heph reads no date in it",
                "column 'DURATION': kept out: 1 task has it", "column 'RESPONSIBLE': kept out: 1 task has it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            note,hello                       | is a note that belongs to no task
            filter,today                     | is of the type 'filter', not a section, task or note
            ,Pay rent                        | is of the type '', not a section, task or note
            task,,4                          | is a task that says nothing
            task,Pay rent,,9                 | has the priority 9, which is not 1 to 4
            task,Pay rent,,high              | has 'high' as PRIORITY, which is no number
            task,Pay,rent,,,,,,,,,           | has more cells than the first line names: a text with a comma needs quotes
            """)
    void aRowThatCannotComeInIsNamedAndTheRestComesIn(String row, String reason) {
        Found found = read(HEADER + row + "\ntask,Next\n");
        assertThat(found.skipped).containsExactly("line 2: " + reason);
        assertThat(found.titles()).containsExactly("Next");
    }

    @Test
    void theNotesOfARowThatCannotComeInAreNotThoseOfTheTaskBefore() {
        Found found = read(HEADER + "task,One\ntask,Two,,9\nnote,about two\n");
        assertThat(found.tasks).singleElement().satisfies(task -> assertThat(task.log()).isEmpty());
        assertThat(found.skipped).last().asString().isEqualTo("line 4: is a note that belongs to no task");
    }

    @Test
    void bytesThatAreNotUtf8CostTheirRow() {
        Found found = Found.in(new Todoist("Home.csv", NOON),
                (HEADER + "task,Caf\u00e9\ntask,Tea\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(found.skipped).containsExactly("line 2: is not UTF-8: save the file as UTF-8");
        assertThat(found.titles()).containsExactly("Tea");
    }

    @Test
    void quotesThatAreNotClosedAreSaidWithWhatTheySwallow() {
        Found found = read(HEADER + "task,One\ntask,\"Two,,4\ntask,Three\ntask,Four\n");
        assertThat(found.titles()).containsExactly("One");
        assertThat(found.skipped)
                .containsExactly("line 3: has quotes that are not closed: the 2 lines below it cannot be told from its text");
    }

    @Test
    void aTaskKeepsItsKeyUntilItsWordsOrItsPlaceChange() {
        String rows = HEADER + "task,Milk\ntask,Milk\ntask,Shop,,4,1\ntask,Milk,,4,2\nsection,Week\ntask,Milk\n";
        List<String> keys = keys("Home.csv", rows);
        assertThat(keys).doesNotHaveDuplicates().hasSize(5);
        assertThat(keys("Home.csv", rows)).isEqualTo(keys);
        assertThat(keys("Home [2203306141].csv", rows)).as("the same project, from a backup").isEqualTo(keys);
        assertThat(keys("Home.csv", rows.replace("task,Shop", "task,Bread\ntask,Shop"))).as("one more").containsAll(keys);
        assertThat(keys("Home.csv", rows.replace("task,Milk\n", "task,Milk,new,1,1,,,today,en\n"))).as("other details").isEqualTo(keys);
        assertThat(keys("Work.csv", rows)).as("another project").doesNotContainAnyElementsOf(keys);
    }

    private static List<String> keys(String name, String file) {
        return Found.in(new Todoist(name, NOON), file).tasks.stream().map(ForeignTask::key).toList();
    }

    @Test
    void anotherFileIsNoExport() {
        assertThatThrownBy(() -> read("[{}]\n"))
                .isInstanceOf(NoExportException.class)
                .hasMessageStartingWith("is no export of Todoist: its first line");
        assertThat(read("").seen).isZero();
        assertThat(read(HEADER).seen).isZero();
    }
}
