package dev.heph.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What the nightly Job leaves is worth having: it is there, it opens, and a person is put back with it as docs/how-to/k3s.md says. */
interface BackupContract {
    Duration PATIENCE = Duration.ofSeconds(60);

    Hub hub();

    @Test
    default void theNightlyBackupHoldsWhatWasAcknowledgedWhileSomebodyWrites() throws Exception {
        Device laptop = hub().device("nightly", "nora");
        laptop.hephWith("rye\n", "note", "Bread");
        laptop.heph("sync");
        List<String> before;
        Job job = hub().cluster().job("heph-backup-now", "heph-backup");
        try (Writer writer = new Writer(laptop, "Meanwhile")) {
            await().atMost(PATIENCE).until(() -> writer.acknowledged() > 0);
            before = new ArrayList<>(writer.sent());
            assertThat(job.run()).as("exit code; it said: %s", job.log()).isZero();
            assertThat(writer.end()).as("what was sent while it ran").hasSizeGreaterThan(before.size());
        }

        assertThat(job.told()).containsExactly("rpc-gateway starts", "rpc-gateway is up", "backup starts", "backup ended with 0",
                "rpc-gateway ended");
        assertThat(job.log()).contains("Backed up ", ", to /backups/heph-");
        Device fresh = hub().home("from-backup");
        assertThat(fresh.heph("backup", "restore", hub().backups().newest().of("nora").toString())).startsWith("Restored ");
        fresh.heph("up", "--light");
        assertThat(fresh.heph("show", "Bread", "--raw")).isEqualTo("rye\n");
        assertThat(fresh.heph("list", "--limit", "1000")).contains(before);
    }

    /** What no backup has comes back from the device that wrote it; the next night's backup is of everybody again. */
    @Test
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    default void aPersonIsPutBackByHand() throws Exception {
        Device laptop = hub().device("put-back", "otto");
        laptop.heph("note", "Before the backup");
        laptop.heph("sync");
        hub().backUp();
        laptop.heph("note", "After the backup");
        laptop.heph("sync");
        laptop.heph("down"); // while it runs it brings it back before anybody has looked

        hub().putBack("otto");

        Device other = hub().device("put-back-later", "otto");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(other.heph("list")).contains("Before the backup"));
        assertThat(other.heph("list")).doesNotContain("After the backup");
        laptop.heph("sync");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(other.heph("list")).contains("After the backup"));
        assertThat(laptop.heph("doctor", "--compare")).contains("holds the same");
        hub().backUp();
        try (Stream<Path> all = Files.list(hub().backups().newest().directory())) {
            assertThat(all).contains(hub().backups().newest().of("otto"));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "heph.long", matches = "true")
    default void aHubWhoseVolumeIsLostIsPutBackByHand() throws Exception {
        Device laptop = hub().device("lost", "pia");
        laptop.heph("note", "Before the backup");
        laptop.heph("sync");
        hub().backUp();
        laptop.heph("note", "After the backup");
        laptop.heph("sync");
        laptop.heph("down");
        Container gateway = hub().cluster().workload("heph-rpc-gateway").pods().getFirst().container();
        String users = gateway.exec("java", "@cli", "hub", "users");

        hub().loseTheVolume();

        assertThat(gateway.exec("java", "@cli", "hub", "users").lines()).hasSameSizeAs(users.lines().toList());
        gateway.exec("java", "@cli", "hub", "verify");
        Device other = hub().device("lost-later", "pia");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(other.heph("list")).contains("Before the backup"));
        assertThat(other.heph("list")).doesNotContain("After the backup");
        laptop.heph("sync");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(other.heph("list")).contains("After the backup"));
        hub().backUp();
    }
}
