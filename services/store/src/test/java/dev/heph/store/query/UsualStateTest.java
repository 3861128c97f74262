package dev.heph.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.date.Now;
import dev.heph.model.filter.Filter;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsualStateTest {
    private static final Now NOW = new Now(LocalDateTime.parse("2026-11-21T12:00"), LocalTime.MIDNIGHT);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                   | state:outstanding
            #home                                | state:outstanding #home
            "estate:sale"                        | state:outstanding "estate:sale"
            text:state:done                      | state:outstanding text:state:done
            state:done                           | state:done
            -state:done #home                    | -state:done #home
            not (state:done or #home)            | not (state:done or #home)
            state:done or #home                  | state:done or (state:outstanding #home)
            state:done or state:dropped          | state:done or state:dropped
            @house (state:done or #home)         | @house (state:done or (state:outstanding #home))
            state:done (state:dropped or #home)  | state:done (state:dropped or #home)
            """)
    void eachBranchThatSaysNothingOfTheState(String typed, String meant) {
        assertThat(new UsualState(filter("state:outstanding")).of(filter(typed))).isEqualTo(filter(meant));
    }

    private static Filter filter(String text) {
        return Filter.parse(text, NOW);
    }
}
