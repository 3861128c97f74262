package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup, write, restore, as a person does it. */
class BackupTest {
    @TempDir
    Path directory;

    private Device device;

    @BeforeEach
    void start() {
        device = Device.at(directory.resolve("home"));
    }

    @AfterEach
    void stop() {
        device.close();
    }

    @Test
    void whatWasWrittenAfterABackupIsGoneAndKept() throws IOException {
        device.hephWith("byte for byte\r\n", "note", "Bread").ok();
        Path backup = directory.resolve("stick");
        Files.createDirectory(backup);
        JsonNode made = device.heph("backup", backup.toString(), "--json").ok().json();
        assertThat(Json.names(made)).containsExactlyInAnyOrder("path", "at", "bytes", "notes", "ops", "devices");
        device.hephWith("later", "note", "Cake").ok();

        JsonNode restored = device.heph("backup", "restore", made.path("path").asText(), "--json").ok().json();

        assertThat(device.processes()).isEmpty();
        assertThat(restored.path("stopped").asBoolean()).isTrue();
        assertThat(restored.path("ops").asLong()).isEqualTo(made.path("ops").asLong());
        assertThat(device.heph("show", "Bread", "--raw").ok().out()).isEqualTo("byte for byte\r\n");
        assertThat(device.heph("show", "Cake").failure(66)).contains("no note 'Cake'");
        device.heph("doctor", "--rebuild-check").ok();

        device.heph("backup", "restore", restored.path("aside").asText() + "/heph.db").ok();
        assertThat(device.heph("show", "Cake", "--raw").ok().out()).isEqualTo("later");
    }

    @Test
    void onANewMachineEverythingIsThere() {
        device.hephWith("kept", "note", "Bread").ok();
        Path backup = directory.resolve("copy.db");
        assertThat(device.heph("backup", backup.toString()).ok().out()).startsWith("Backed up 1 note (").endsWith(", to " + backup + "\n");
        try (var other = Device.at(directory.resolve("other"))) {
            assertThat(other.heph("backup", "restore", backup.toString()).ok().out()).startsWith("Restored 1 note (").hasLineCount(1);
            assertThat(other.heph("show", "Bread", "--raw").ok().out()).isEqualTo("kept");
            // It goes on as a device of its own, so that the two may meet.
            assertThat(other.heph("rpc", "health").ok().out()).contains("new id");
        }
    }

    @Test
    void whatIsNoBackupStopsNothing() throws IOException {
        device.hephWith("kept", "note", "Bread").ok();
        long store = device.process("store").pid();
        Path diary = Files.writeString(directory.resolve("diary.txt"), "dear diary");

        assertThat(device.heph("backup", "restore", diary.toString()).failure(65)).isEqualTo(diary + " is no backup of heph's: nothing was changed");
        assertThat(device.process("store").pid()).isEqualTo(store);
        assertThat(device.heph("show", "Bread", "--raw").ok().out()).isEqualTo("kept");
    }
}
