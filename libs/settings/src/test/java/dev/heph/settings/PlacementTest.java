package dev.heph.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {
    private static final Map<String, String> POD = Map.of(
            "HEPH_MODE", "hub",
            "HEPH_AUTH_ISSUER", "https://id.example",
            "HEPH_INTERNAL_ADDRESS", "0.0.0.0:7700",
            "HEPH_INTERNAL_SECRET", "/etc/heph/secret",
            "HEPH_PEER_STORE", "heph-store:7700",
            "HEPH_PEER_AUTH", "heph-auth.home.svc:7700",
            "HEPH_OBSERVE_ADDRESS", "0.0.0.0:7790",
            "HEPH_DRAIN_SECONDS", "5");

    @TempDir
    Path tmp;

    @Test
    void nothingSetIsAllOnThisMachine() {
        assertThat(load(Map.of()).placement()).isEqualTo(Placement.HERE);
    }

    @Test
    void aPodIsToldWhereItIsAndWhereTheOthersAre() {
        Placement placement = load(POD).placement();

        assertThat(placement.listening()).isEqualTo(new InetSocketAddress("0.0.0.0", 7700));
        assertThat(placement.secret()).contains(Path.of("/etc/heph/secret"));
        assertThat(placement.peers()).isEqualTo(Map.of(
                "store", InetSocketAddress.createUnresolved("heph-store", 7700),
                "auth", InetSocketAddress.createUnresolved("heph-auth.home.svc", 7700)));
        assertThat(placement.observed()).contains(new InetSocketAddress("0.0.0.0", 7790));
        assertThat(placement.drain()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "HEPH_INTERNAL_SECRET, internal.address (HEPH_INTERNAL_ADDRESS) needs internal.secret",
        "HEPH_AUTH_ISSUER, internal.address (HEPH_INTERNAL_ADDRESS) needs auth.issuer",
    })
    void whatWouldAnswerStrangersIsRefused(String left, String told) {
        assertRefused(without(POD, left), told);
    }

    @Test
    void whoIsAskedElsewhereIsShownASecretToo() {
        assertRefused(without(without(POD, "HEPH_INTERNAL_SECRET"), "HEPH_INTERNAL_ADDRESS"), "needs internal.secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEPH_INTERNAL_ADDRESS", "HEPH_OBSERVE_ADDRESS", "HEPH_PEER_STORE"})
    void aDeviceListensAndAsksOnItsOwnMachineOnly(String variable) {
        assertRefused(Map.of(variable, POD.get(variable), "HEPH_INTERNAL_SECRET", "/etc/heph/secret"), "is for a hub");
    }

    @Test
    void onOneMachineNoneOfThatIsNeeded() {
        Placement placement = load(Map.of("HEPH_OBSERVE_ADDRESS", "127.0.0.1:0", "HEPH_PEER_STORE", "localhost:7700")).placement();

        assertThat(placement.observed()).isPresent();
        assertThat(placement.peers()).containsKey("store");
    }

    @ParameterizedTest
    @CsvSource({
        "HEPH_INTERNAL_ADDRESS, heph-store:7700, an IP address and a port",
        "HEPH_PEER_STORE, heph-store, a host and a port",
        "HEPH_PEER_STORE, heph-store:7700/x, a host and a port",
        "HEPH_DRAIN_SECONDS, 1h, whole seconds",
        "HEPH_DRAIN_SECONDS, 301, whole seconds",
        "HEPH_INTERNAL_SECRET, secret, the absolute path",
    })
    void aValueThatCannotBeUsedIsNamed(String variable, String value, String told) {
        assertRefused(Map.of(variable, value), "(" + variable + ") cannot be used; it must be " + told);
    }

    @Test
    void aGivenSecretShowsItsFirstLineAndAdmitsEach() throws Exception {
        Secret old = secret("a".repeat(32));
        Secret both = secret("b".repeat(32), "", "a".repeat(32));

        assertThat(both.bearer()).isEqualTo("Bearer " + "b".repeat(32));
        assertThat(both.admits(old.bearer())).isTrue();
        assertThat(both.admits(both.bearer())).isTrue();
        assertThat(old.admits(both.bearer())).isFalse();
        assertThat(both.admits("Bearer ")).isFalse();
        assertThat(both.admits("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "changeme", "31-characters-are-one-too-few..", "with a blank in the middle of it, so no"})
    void whatCouldBeGuessedIsNoSecret(String line) {
        assertThatThrownBy(() -> secret(line)).isInstanceOf(SettingsException.class).hasMessageContaining("holds no secret");
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Secret.in(tmp.resolve("none"))).isInstanceOf(SettingsException.class)
                .hasMessageEndingWith("none cannot be read: no such file or directory");
    }

    private Secret secret(String... lines) throws Exception {
        return Secret.in(Files.write(tmp.resolve("secret"), List.of(lines)));
    }

    private void assertRefused(Map<String, String> environment, String told) {
        assertThatThrownBy(() -> load(environment)).isInstanceOf(SettingsException.class).hasMessageContaining(told);
    }

    private Settings load(Map<String, String> environment) {
        return Settings.load(Home.in(tmp).create(), environment, Map.of());
    }

    private static Map<String, String> without(Map<String, String> environment, String variable) {
        var rest = new HashMap<>(environment);
        rest.remove(variable);
        return rest;
    }
}
