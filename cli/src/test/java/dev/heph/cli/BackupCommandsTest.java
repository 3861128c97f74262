package dev.heph.cli;

import static dev.heph.cli.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandsTest {
    private static final String MADE = json(
            "{'path': '/media/stick/heph-1.db', 'at': 1795251900000, 'bytes': 12345678, 'notes': 1203, 'ops': 45678, 'devices': 2}");

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory);
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void backup() {
        cli.answer("backup", MADE);
        assertThat(cli.run("backup", "stick")).isEqualTo(new Outcome(
                0, "Backed up 1,203 notes (45,678 ops of 2 devices), 12.3 MB, to /media/stick/heph-1.db\n", ""));
        assertThat(cli.asked).containsExactly("backup {'path':'" + directory.resolve("stick") + "'}");
        assertThat(cli.run("backup", "stick", "--json").out()).isEqualTo(MADE + "\n");
    }

    @Test
    void backup_beside_theData_saysThatItIsOnTheSameDisk() {
        cli.answer("backup", MADE.replace("12345678", "12345").replace("1203", "1"));
        assertThat(cli.run("backup")).isEqualTo(new Outcome(
                0, "Backed up 1 note (45,678 ops of 2 devices), 13 kB, to /media/stick/heph-1.db\n",
                "It lies on the same disk as the data. On another one: heph backup DIR\n"));
        assertThat(cli.asked).containsExactly("backup {}");
    }

    @Test
    void backup_keepingSome() {
        cli.answer("backup", MADE.replace("}", ",\"removed\":2}"));
        assertThat(cli.run("backup", "/b", "--keep", "14").out()).endsWith("\nRemoved 2 older backups\n");
        assertThat(cli.asked).containsExactly("backup {'path':'/b','keep':14}");
    }

    @Test
    void backup_ofAHubWithoutSomebody() {
        String partly = MADE.replace("}", ",\"missing\":[{\"space\":\"0123\",\"reason\":\"it is broken\"}]}");
        cli.answer("backup", partly);
        Outcome outcome = cli.run("backup", "/b");
        assertThat(outcome.exitCode()).as("partly").isEqualTo(2);
        assertThat(outcome.out()).startsWith("Backed up 1,203 notes");
        assertThat(outcome.err()).isEqualTo("not backed up: 0123: it is broken\n");
        assertThat(cli.run("backup", "/b", "--json")).isEqualTo(new Outcome(2, partly + "\n", "not backed up: 0123: it is broken\n"));
    }

    @Test
    void backup_twoPlaces() {
        assertThat(cli.run("backup", "a", "b")).isEqualTo(new Outcome(64, "", "heph: backup does not take 'b' as well. Try: heph help backup\n"));
    }

    @Test
    void restore() {
        cli.up();
        cli.aside = Optional.of(Path.of("/data/backups/before-restore-1"));
        assertThat(cli.run("backup", "restore", "stick/heph-1.db")).isEqualTo(new Outcome(0, """
                Restored 1,203 notes (45,678 ops of 2 devices) as of 2026-11-21 09:05. heph was stopped; the next command starts it
                What was here is in /data/backups/before-restore-1. To go back: heph backup restore /data/backups/before-restore-1/heph.db
                """, ""));
        assertThat(cli.restored).containsExactly(directory.resolve("stick/heph-1.db"));
        assertThat(cli.asked).as("no daemon is started for it").isEmpty();
    }

    @Test
    void restore_intoAnEmptyHome() {
        assertThat(cli.run("backup", "restore", "/b.db").out()).isEqualTo("Restored 1,203 notes (45,678 ops of 2 devices) as of 2026-11-21 09:05\n");
        assertThat(cli.run("backup", "restore", "/b.db", "--json").out()).isEqualTo(json("{'restored':'/b.db','at':1795251900000,"
                + "'notes':1203,'ops':45678,'devices':2,'bytes':12345678,'stopped':false}") + "\n");
    }

    @Test
    void restore_ofNothing() {
        assertThat(cli.run("backup", "restore").err())
                .isEqualTo("heph: backup restore needs a FILE, one that heph backup has written. Try: heph help backup\n");
        assertThat(cli.run("backup", "restore", "/b.db", "--keep", "1")).isEqualTo(new Outcome(64, "",
                "heph: --keep is for making backups, not for restoring one. Try: heph help backup\n"));
        assertThat(cli.restored).isEmpty();
    }
}
