package dev.heph.gateway.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.node.Attention;
import dev.heph.model.node.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskwarriorTest {
    private static final Taskwarrior BERLIN = new Taskwarrior(ZoneId.of("Europe/Berlin"));
    private static final String UUID = "b175d53d-0984-45fd-a2bb-c7c17fecd9";

    /** Single quotes stand for double ones; uuid and description are added to what Taskwarrior says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # Taskwarrior says                                               | heph is told
            'status':'pending'                                               | white
            'status':'waiting'                                               | white
            'status':'completed'                                             | 'state':'done',white
            'status':'deleted'                                               | 'state':'dropped',white
            'priority':'H'                                                   | 'attention':'orange'
            'priority':'H','due':'20261130T230000Z'                          | 'attention':'red','late_on':'2026-12-01'
            'priority':'M','due':'20261124T163000Z'                          | 'attention':'orange','late_on':'2026-11-24T17:30'
            'priority':'L'                                                   | white
            'due':'20261231T225959Z'                                         | white,'late_on':'2026-12-31'
            'due':'20260701T215959Z'                                         | white,'late_on':'2026-07-01'
            'due':'2026-11-30T23:00:00Z'                                     | white,'late_on':'2026-12-01'
            'scheduled':'20261204T230000Z'                                   | white,'do_date':'2026-12-05'
            'scheduled':'20261210T080000Z'                                   | white,'do_date':'2026-12-10T09:00'
            'wait':'20270114T230000Z'                                        | white,'do_date':'2027-01-15'
            'wait':'20270114T230000Z','scheduled':'20261204T230000Z'         | white,'do_date':'2027-01-15'
            'wait':'20261204T230000Z','scheduled':'20270114T230000Z'         | white,'do_date':'2027-01-15'
            'wait':'99991229T230000Z'                                        | 'attention':'blue'
            'wait':'20380117T230000Z','scheduled':'20261204T230000Z'         | 'attention':'blue','do_date':'2026-12-05'
            'project':'Home'                                                 | white,'project':'Home'
            'project':'Home.Kitchen.Sink'                                    | white,'project':'Home/Kitchen/Sink'
            'project':'.Home. .Kitchen'                                      | white,'project':'Home/Kitchen'
            'project':'.'                                                    | white
            'tags':['bike','errand']                                         | white,'tags':['bike','errand']
            'tags':'bike,errand'                                             | white,'tags':['bike','errand']
            'annotations':[{'entry':'20260101T233000Z','description':'a b'}] | white,'log':['2026-01-02 a b']
            'annotations':[{'description':'a'},{'description':'b'}]          | white,'log':['a','b']
            'depends':['7E32F02A','ac79']                                    | white,'blocked_by':['7e32f02a','ac79']
            'depends':'7e32f02a,ac79'                                        | white,'blocked_by':['7e32f02a','ac79']
            'project':null,'due':'','tags':[]                                | white
            """)
    void oneTask(String said, String told) {
        Found found = Found.in(BERLIN, record("00", said));
        assertThat(found.skipped).isEmpty();
        assertThat(Found.sent(found.tasks.getFirst())).isEqualTo("{'title':'Pay rent'," + told + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'description':'x'}                                   | has no uuid
            {'uuid':'17','description':'x'}                       | has '17' as uuid, which is none
            {'uuid':'%s00'}                                       | has no description
            {'uuid':'%s00','description':' '}                     | has no description
            {'uuid':'%s00','description':5}                       | its description is no text
            {'uuid':'%s00','description':'x','status':'bored'}    | has the status 'bored', which Taskwarrior 2.6 does not know
            {'uuid':'%s00','description':'x','due':'soon'}        | has 'soon' as due, which is no date such as 20261121T170000Z
            {'uuid':'%s00','description':'x','due':'20261131T0000Z'} | has '20261131T0000Z' as due, which is no date such as 20261121T170000Z
            {'uuid':'%s00','description':'x','wait':'20261131T000000Z'} | has '20261131T000000Z' as wait, which is no date such as 20261121T170000Z
            {'uuid':'%s00','description':'x',}                    | is not valid JSON: Unexpected character ('}' (code 125)): was expecting double-quote to start field name
            """)
    void aRecordThatIsNoTaskIsNamedByItsLineAndTheOthersComeIn(String broken, String reason) {
        String between = broken.replace("%s", UUID).replace('\'', '"');
        Found found = Found.in(BERLIN, "[\n" + record("01", "") + ",\n" + between + ",\n" + record("02", "") + "\n]");
        assertThat(found.skipped).containsExactly("line 3: " + reason);
        assertThat(found.tasks).extracting(ForeignTask::key).containsExactly(UUID + "01", UUID + "02");
        assertThat(found.seen).isEqualTo(3);
    }

    @Test
    void aTitleIsOneLine() {
        assertThat(Found.in(BERLIN, record("01", "").replace("Pay rent", " Pay \\n the\\r\\nrent ")).titles()).containsExactly("Pay the rent");
    }

    @Test
    void bytesThatAreNotUtf8CostTheirTask() {
        String text = "[\n" + record("01", "'project':'Caf\u00e9'") + ",\n" + record("02", "") + "]";
        Found found = Found.in(BERLIN, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(found.skipped).singleElement().asString().startsWith("line 2: is not UTF-8 (at byte ");
        assertThat(found.tasks).extracting(ForeignTask::key).containsExactly(UUID + "02");
    }

    @Test
    void whatHephHasNoPlaceForIsToldOnce() {
        Found found = Found.in(BERLIN, record("01", "'estimate':'PT4H','until':'20270531T220000Z'")
                + record("02", "'estimate':'PT1H','priority':'A'")
                + record("03", "'status':'recurring','recur':'weekly'")
                + record("04", "'parent':'x','recur':'weekly','imask':0"));
        assertThat(found.tasks).hasSize(4);
        assertThat(found.seen).isEqualTo(4);
        assertThat(found.skipped).containsExactly(
                UUID + "03: repeats, but has no due: it came in once",
                "attribute 'estimate': kept out: 2 tasks have it",
                "attribute 'until': kept out: 1 task has it",
                "priority 'A': kept out: 1 task has it");
    }

    @Test
    void aRealExport() throws IOException {
        Found found;
        try (InputStream in = getClass().getResourceAsStream("taskwarrior-2.6.2.json")) {
            found = Found.in(BERLIN, in.readAllBytes());
        }
        assertThat(found.seen).isEqualTo(29);
        assertThat(found.tasks).hasSize(27);
        assertThat(found.skipped).containsExactly(
                "attribute 'parent': 2 tasks are dates of one that repeats, and came in as that one",
                "attribute 'estimate': kept out: 1 task has it", "attribute 'size': kept out: 2 tasks have it",
                "attribute 'until': kept out: 1 task has it");
        ForeignTask report = found.task("Write quarterly report");
        assertThat(Found.sent(report)).isEqualTo("{'title':'Write quarterly report','attention':'orange','do_date':'2026-12-10T09:00',"
                + "'late_on':'2026-12-18T18:00','project':'Work/Reports','log':['2026-11-21 outline is in the shared folder',"
                + "'2026-11-21 see https://example.org/report?q=1']}");
        assertThat(found.task("Review report draft").blockedBy()).containsExactly(report.key());
        assertThat(found.task("Ask José about the café ☕ order").tags()).containsExactly("phone");
        assertThat(found.task("Read \"The Mythical Man-Month\"").state()).isEqualTo(State.OUTSTANDING);
        assertThat(found.task("Send birthday card").state()).isEqualTo(State.DONE);
        assertThat(found.task("Old idea: learn the accordion").state()).isEqualTo(State.DROPPED);
        assertThat(found.task("Learn Finnish").attention()).isEqualTo(Attention.BLUE);
        assertThat(Found.sent(found.task("Water plants")))
                .isEqualTo("{'title':'Water plants',white,'late_on':'2026-11-23','rule':'FREQ=WEEKLY','tags':['home']}");
        assertThat(Found.sent(found.task("Backup laptop")))
                .isEqualTo("{'title':'Backup laptop',white,'late_on':'2026-12-01T09:00','rule':'FREQ=MONTHLY','project':'Work'}");
        assertThat(found.task("File the taxes").lateOn()).contains("2026-12-31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Using alternate .taskrc file\n[{}]", "# Notes\n", "TYPE,CONTENT\n", "%PDF-1.7"})
    void anotherFileIsNoExport(String file) {
        assertThatThrownBy(() -> Found.in(BERLIN, file)).isInstanceOf(NoExportException.class)
                .hasMessage("is no export of Taskwarrior (line 1 is no JSON object): make one with: task export > tasks.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[\n]\n", "\uFEFF[ ]"})
    void aListWithoutTasksIsOne(String file) {
        Found found = Found.in(BERLIN, file);
        assertThat(found.seen).isZero();
        assertThat(found.skipped).isEmpty();
    }

    @Test
    void aFileOf100000TasksIsNeverHeld() throws IOException {
        AtomicInteger written = new AtomicInteger();
        Iterator<InputStream> lines = IntStream.range(0, 100_000)
                .mapToObj(i -> {
                    written.incrementAndGet();
                    String line = "{'uuid':'b175d53d-0984-45fd-a2bb-%012d','description':'Task %d'},%n".formatted(i, i).replace('\'', '"');
                    return (InputStream) new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
                })
                .iterator();
        AtomicInteger ahead = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        Findings count = new Findings() {
            @Override
            public void seen() {}

            @Override
            public void task(ForeignTask task) {
                ahead.accumulateAndGet(written.get() - taken.incrementAndGet(), Math::max);
            }

            @Override
            public void skipped(String where, String reason) {
                throw new AssertionError(where + ": " + reason);
            }
        };
        BERLIN.read(new SequenceInputStream(asEnumeration(lines)), count);
        assertThat(taken).hasValue(100_000);
        assertThat(ahead.get()).as("tasks read and not yet passed on").isLessThan(2_000);
    }

    private static <T> Enumeration<T> asEnumeration(Iterator<T> iterator) {
        return new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return iterator.hasNext();
            }

            @Override
            public T nextElement() {
                return iterator.next();
            }
        };
    }

    private static String record(String end, String more) {
        String json = "{'uuid':'" + UUID + end + "','description':'Pay rent'" + (more.isEmpty() ? "" : "," + more) + "}";
        return json.replace('\'', '"');
    }
}
