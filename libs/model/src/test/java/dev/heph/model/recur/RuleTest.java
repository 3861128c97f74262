package dev.heph.model.recur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a rule, what is none and why, and the one text of each. */
class RuleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "FREQ=DAILY                              | FREQ=DAILY",
        "RRULE:freq=daily;interval=1             | FREQ=DAILY",
        "COUNT=3;FREQ=DAILY                      | FREQ=DAILY;COUNT=3",
        "FREQ=WEEKLY;BYDAY=TH,MO,TH;WKST=MO      | FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=WEEKLY;WKST=SU;INTERVAL=2          | FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "FREQ=MONTHLY;BYDAY=-1FR,+2MO,MO         | FREQ=MONTHLY;BYDAY=MO,2MO,-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=+15,-1,2        | FREQ=MONTHLY;BYMONTHDAY=-1,2,15",
        "FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=12,01  | FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=1",
        "FREQ=YEARLY;BYWEEKNO=-53,53             | FREQ=YEARLY;BYWEEKNO=-53,53",
        "FREQ=MINUTELY;BYSECOND=60               | FREQ=MINUTELY;BYSECOND=59",
        "FREQ=DAILY;UNTIL=20261231               | FREQ=DAILY;UNTIL=20261231",
        "FREQ=DAILY;UNTIL=20261231T090000        | FREQ=DAILY;UNTIL=20261231T090000",
        "FREQ=DAILY;UNTIL=20261231T080000Z       | FREQ=DAILY;UNTIL=20261231T080000Z",
        "FREQ=DAILY;UNTIL=20240229               | FREQ=DAILY;UNTIL=20240229",
        "FREQ=YEARLY;BYSECOND=1;BYMINUTE=2;BYHOUR=3;BYDAY=1MO;BYMONTHDAY=4;BYYEARDAY=5;BYMONTH=6;BYSETPOS=1 "
                + "| FREQ=YEARLY;BYMONTH=6;BYYEARDAY=5;BYMONTHDAY=4;BYDAY=1MO;BYHOUR=3;BYMINUTE=2;BYSECOND=1;BYSETPOS=1",
    })
    void aRuleHasOneText(String written, String rule) {
        assertThat(Rule.parse(written)).hasToString(rule).isEqualTo(Rule.parse(rule));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "FREQ=DAILY;;COUNT=2            | its parts are NAME=VALUE with a ';' between them, as in FREQ=DAILY;COUNT=3",
        "FREQ=DAILY;COUNT=              | its parts are NAME=VALUE with a ';' between them, as in FREQ=DAILY;COUNT=3",
        "rubbish                        | its parts are NAME=VALUE with a ';' between them, as in FREQ=DAILY;COUNT=3",
        "COUNT=2                        | it needs a FREQ, as in FREQ=DAILY",
        "FREQ=DAILY;COUNT=2;COUNT=3     | COUNT stands in it twice",
        "FREQ=FORTNIGHTLY               | FREQ=FORTNIGHTLY cannot be read",
        "FREQ=DAILY;FOO=1               | FOO is no part of a rule",
        "FREQ=DAILY;BYHOUR=24           | BYHOUR=24 cannot be read",
        "FREQ=DAILY;BYHOUR=1,,2         | BYHOUR=1,,2 cannot be read",
        "FREQ=DAILY;BYDAY=XX            | BYDAY=XX cannot be read",
        "FREQ=DAILY;WKST=1MO            | WKST=1MO cannot be read",
        "FREQ=DAILY;BYMONTHDAY=32       | BYMONTHDAY=32 cannot be read",
        "FREQ=DAILY;BYSETPOS=1          | BYSETPOS picks from another BY part, and there is none",
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=0 | BYSETPOS=0 cannot be read",
        "FREQ=DAILY;INTERVAL=0          | INTERVAL takes 1 to 999999999, not 0",
        "FREQ=DAILY;INTERVAL=99999999999 | INTERVAL takes 1 to 999999999, not 99999999999",
        "FREQ=DAILY;COUNT=0             | COUNT takes 1 to 999999999, not 0",
        "FREQ=DAILY;COUNT=-2            | COUNT takes 1 to 999999999, not -2",
        "FREQ=DAILY;COUNT=2;UNTIL=20260101 | it may have a COUNT or an UNTIL, not both",
        "FREQ=DAILY;UNTIL=20260230      | UNTIL=20260230 is no date; write 20261231, 20261231T090000 or 20261231T080000Z",
        "FREQ=DAILY;UNTIL=20260101T250000 | UNTIL=20260101T250000 is no date; write 20261231, 20261231T090000 or 20261231T080000Z",
        "FREQ=DAILY;BYDAY=1MO           | only months and years have a first or last weekday",
        "FREQ=WEEKLY;BYDAY=-1MO         | only months and years have a first or last weekday",
        "FREQ=MONTHLY;BYDAY=0MO         | there is no weekday number 0",
        "FREQ=YEARLY;BYDAY=54MO         | no year has 54 of one weekday",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO | a week has no first or last weekday, so BYDAY here takes no numbers",
        "FREQ=YEARLY;BYMONTH=5L         | only other calendars have leap months",
        "FREQ=WEEKLY;BYMONTHDAY=2       | BYMONTHDAY does not go with FREQ=WEEKLY",
        "FREQ=MONTHLY;BYWEEKNO=2        | BYWEEKNO does not go with FREQ=MONTHLY",
        "FREQ=HOURLY;BYWEEKNO=2         | BYWEEKNO does not go with FREQ=HOURLY",
        "FREQ=DAILY;BYYEARDAY=2         | BYYEARDAY does not go with FREQ=DAILY",
    })
    void whatIsNoRuleSaysWhy(String text, String why) {
        assertThatThrownBy(() -> Rule.parse(text)).isInstanceOf(RuleException.class)
                .hasMessage("'%s' is no repetition: %s".formatted(text, why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "=", "FREQ", "FREQ=", "FREQ=DAILY;RSCALE=HEBREW", "FREQ=DAILY BYHOUR=1", "FREQ=DAILY;BYDAY=1",
        "FREQ=DAILY;UNTIL=never", "FREQ=DAILY\u0000", "\uD83D\uDE00=\uD83D\uDE00"})
    void whateverIsNoRuleIsRefused(String text) {
        assertThatThrownBy(() -> Rule.parse(text)).isInstanceOf(RuleException.class).hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREQ=DAILY;COUNT=2\\nRDATE:20260110", "EXDATE:20260110", "RRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY", "DTSTART:20260110\nRRULE:FREQ=DAILY"})
    void datesBesideARuleAreNamedAsWhatIsTooMuch(String text) {
        assertThatThrownBy(() -> Rule.parse(text)).isInstanceOf(RuleException.class)
                .hasMessageContaining("one rule alone, without RDATE, EXDATE").hasMessageNotContaining("\n");
    }

    @Test
    void aLongOneIsRefusedInAShortLine() {
        assertThatThrownBy(() -> Rule.parse("FREQ=DAILY;BYHOUR=" + "1,".repeat(5_000) + "1"))
                .isInstanceOf(RuleException.class).message().hasSizeLessThan(200);
    }

    @Test
    void theTextOfARuleIsReadBackAsTheSame() {
        RandomRules random = new RandomRules(5);
        for (int i = 0; i < 1_000; i++) {
            Rule rule = Rule.parse(random.rule());
            assertThat(Rule.parse(rule.toString())).isEqualTo(rule).hasSameHashCodeAs(rule).hasToString(rule.toString());
        }
    }

    /** Today is Monday, 23 November 2026. */
    @ParameterizedTest
    @CsvSource({
        "FREQ=WEEKLY;BYDAY=TU, 2026-11-25T00:00, 2026-11-24T00:00",
        "FREQ=WEEKLY;BYDAY=TU, 2026-12-10T00:00, 2026-12-08T00:00", // not the first of them: what is late on the 10th was not begun in November
        "FREQ=WEEKLY;BYDAY=MO, 2026-11-24T00:00, 2026-11-23T00:00",
        "FREQ=MONTHLY;BYMONTHDAY=-1, 2026-12-01T00:00, 2026-11-30T00:00",
        "FREQ=MONTHLY, 2026-12-01T00:00, 2026-12-01T00:00",
        "FREQ=WEEKLY;BYHOUR=18, 2026-11-27T00:00, 2026-11-27T18:00", // an hour of that day
        "FREQ=WEEKLY;BYDAY=TU;BYHOUR=18, 2026-11-24T17:00, 2026-11-24T17:00", // none before it
        "FREQ=WEEKLY;BYDAY=TU;BYHOUR=18, 2026-11-24T18:00, 2026-11-24T18:00",
        "FREQ=WEEKLY;BYDAY=TU, 2026-11-18T00:00, 2026-11-18T00:00", // it is late already
    })
    void whatIsLateBeginsOnItsDayOrTheLastDateBefore(String rule, LocalDateTime late, LocalDateTime begins) {
        assertThat(Rule.parse(rule).beginning(LocalDate.parse("2026-11-23"), late)).isEqualTo(begins);
    }
}
