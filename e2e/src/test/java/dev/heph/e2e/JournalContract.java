package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A note for each day. */
interface JournalContract extends OnADevice {
    @Test
    default void aNewDayBeginsWithTheTemplate_oneThatIsThereStaysAsItIs() {
        assertThat(device().heph("journal", "2031-03-01").failure(66)).contains("no journal of Sat 1 Mar 2031 yet");
        made("2031-03-01");
        device().hephWith("# {{weekday}} {{date}}\n\nYesterday: [[{{yesterday}}]]\n", "note", "Journal template").ok();

        made("2031-03-03");
        assertThat(device().heph("journal", "2031-03-03").ok().out())
                .endsWith(" 2031-03-03\n\n# Monday 2031-03-03\n\nYesterday: [[2031-03-02]]\n");
        assertThat(device().heph("journal", "2031-03-01").exits(0).err()).startsWith("Nothing in it yet.");
        assertThat(device().heph("journal", "2031-03-03").ok().out()).containsOnlyOnce("# Monday");

        assertThat(device().heph("journal", "2031-03-03", "--prev").exits(0).out()).endsWith(" 2031-03-01\n");
        assertThat(device().heph("journal", "2031-03-02", "--next").ok().out()).contains(" 2031-03-03\n");
        assertThat(device().heph("journal", "2031-03-03", "--next").failure(66)).contains("no journal after 2031-03-03");
        device().heph("delete", "Journal template").ok();
    }

    private void made(String day) {
        device().heph("rpc", "journal.open_or_create", "{\"date\":\"" + day + "\"}").ok();
    }
}
