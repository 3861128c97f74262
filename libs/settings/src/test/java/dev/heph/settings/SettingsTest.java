package dev.heph.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    Path tmp;

    private Home home;

    @BeforeEach
    void makeHome() {
        home = Home.in(tmp).create();
    }

    @Test
    void nothingSetGivesTheDefaults() {
        Settings settings = load(Map.of(), Map.of());

        assertThat(settings).isEqualTo(Settings.defaults());
        assertThat(settings.mode()).isEqualTo(Mode.DEVICE);
        assertThat(settings.hubUrl()).isEmpty();
        assertThat(settings.httpAddress().getAddress().isLoopbackAddress()).isTrue();
        assertThat(settings.httpAddress().getPort()).isZero();
        assertThat(settings.zone()).isEqualTo(ZoneId.systemDefault());
        assertThat(settings.dayStarts()).isEqualTo(LocalTime.MIDNIGHT);
        assertThat(settings.journalTemplate()).isEqualTo("Journal template");
        assertThat(settings.light()).isFalse();
        assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
    }

    @Test
    void everyKeyIsReadFromTheFile() {
        write("""
                # how this machine is set up
                mode = device
                hub.url=https://hub.example/heph
                http.address = [::1]:7800
                zone = Europe/Berlin
                day_starts = 04:00
                journal_template = My day

                light = true
                log.level = debug
                """);

        Settings settings = load(Map.of(), Map.of());

        assertThat(settings.hubUrl()).contains(URI.create("https://hub.example/heph"));
        assertThat(settings.httpAddress().getPort()).isEqualTo(7800);
        assertThat(settings.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(settings.dayStarts()).isEqualTo(LocalTime.of(4, 0));
        assertThat(settings.journalTemplate()).isEqualTo("My day");
        assertThat(settings.light()).isTrue();
        assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
    }

    @Test
    void aByteOrderMarkSaysNothing() {
        write("\ufeffzone = Europe/Berlin\n");

        assertThat(load(Map.of(), Map.of()).zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void flagsWinOverTheEnvironmentWinsOverTheFile() {
        write("journal_template =\nzone = Europe/Berlin\nday_starts = 01:00\nlog.level = ERROR\n");
        Settings settings = load(
                Map.of("HEPH_DAY_STARTS", "02:00", "HEPH_LOG_LEVEL", "WARNING", "HEPH_HUB_URL", ""),
                Map.of("--log-level", "DEBUG"));

        assertThat(settings.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(settings.dayStarts()).isEqualTo(LocalTime.of(2, 0));
        assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
        assertThat(settings.journalTemplate()).as("in the file: none").isEmpty();
        assertThat(settings.hubUrl()).as("an empty variable sets nothing").isEmpty();
    }

    @Test
    void anUnknownKeyIsAnErrorThatNamesTheNearest() {
        write("zone = UTC\nhub.ulr = https://hub.example\n");

        assertThatThrownBy(() -> load(Map.of(), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("unknown setting 'hub.ulr' (" + home.configFile() + " line 2); did you mean 'hub.url'?");
    }

    @Test
    void anUnknownVariableIsAnErrorThatNamesTheNearest() {
        assertThatThrownBy(() -> load(Map.of("HEPH_LIGTH", "true", "HEPHAESTUS", "x", "PATH", "/bin"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("unknown environment variable HEPH_LIGTH; did you mean HEPH_LIGHT?");
        assertThatThrownBy(() -> load(Map.of("HEPH_COLOUR_OF_THE_SKY", "blue"), Map.of()))
                .hasMessageContaining("HEPH_COLOUR_OF_THE_SKY; known are: HEPH_MODE, HEPH_HUB_URL");
    }

    @Test
    void aKeySetTwiceAndALineWithoutAValueAreErrors() {
        write("zone = UTC\nzone = UTC\n");
        assertThatThrownBy(() -> load(Map.of(), Map.of())).hasMessageContaining("'zone' is set twice").hasMessageContaining("line 2");
        write("light\n");
        assertThatThrownBy(() -> load(Map.of(), Map.of())).hasMessageContaining("'light'").hasMessageContaining("key = value");
    }

    @Test
    void aFileThatIsNotUtf8IsAnError() throws Exception {
        Files.write(home.configFile(), "zone = Köln".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> load(Map.of(), Map.of())).isInstanceOf(SettingsException.class).hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "--mode, phone, 'device' or 'hub'",
        "--hub-url, ftp://hub.example, http(s) address",
        "--hub-url, not a url, http(s) address",
        "--http-address, 0.0.0.0:80, loopback",
        "--http-address, example.org:80, IP address and a port",
        "--http-address, 127.0.0.1, IP address and a port",
        "--http-address, 127.0.0.1:99999, IP address and a port",
        "--auth-issuer, http://id.example, plain http only on this machine",
        "--auth-issuer, id.example, the address of an identity provider",
        "--auth-audience, 'two\tlines', one line",
        "--tls-key, hub.key, the absolute path of a PEM file",
        "--plain-http, maybe, 'true' or 'false'",
        "--zone, Mars/Olympus, a time zone",
        "--day-starts, dawn, a time of day",
        "--journal-template, 'My\tday', one line of at most 100 characters",
        "--light, perhaps, 'true' or 'false'",
        "--log-level, LOUD, 'DEBUG, INFO, WARNING or ERROR'",
    })
    void aValueThatCannotBeUsedIsAnErrorThatSaysWhatWouldDo(String flag, String value, String remedy) {
        assertThatThrownBy(() -> load(Map.of(), Map.of(flag, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(remedy)
                .hasMessageContaining(flag);
    }

    @Test
    void aHubListensWhereItsDevicesLookForIt() {
        Settings hub = load(Map.of(), Map.of("--mode", "hub"));

        assertThat(hub.mode()).isEqualTo(Mode.HUB);
        assertThat(hub.httpAddress()).isEqualTo(new InetSocketAddress("127.0.0.1", 7800));
        assertThat(load(Map.of(), Map.of("--mode", "hub", "--http-address", "[::1]:9000")).httpAddress().getPort()).isEqualTo(9000);
    }

    @Test
    void aHubThatCannotTellWhoCallsListensToItsOwnMachineOnly() {
        assertThatThrownBy(() -> load(Map.of("HEPH_MODE", "hub"), Map.of("--http-address", "0.0.0.0:7800")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("http.address (--http-address) must be a loopback address, such as 127.0.0.1:7800:"
                        + " without a login a hub cannot tell who calls, so only its own machine may; set auth.issuer first");
        assertThatThrownBy(() -> load(Map.of("HEPH_MODE", "hub", "HEPH_HUB_URL", "http://127.0.0.1:7800"), Map.of()))
                .hasMessage("hub.url (HEPH_HUB_URL) is for a device: a hub is what devices sync with; leave it out");
    }

    @Test
    void aHubWithALoginListensElsewhereByTlsOrWhereItsOwnerInsists() {
        var hub = new TreeMap<>(Map.of("--mode", "hub", "--http-address", "0.0.0.0:7800", "--auth-issuer", "https://id.example/realms/home"));
        assertThatThrownBy(() -> load(Map.of(), hub)).isInstanceOf(SettingsException.class)
                .hasMessageEndingWith("elsewhere a hub speaks TLS; set tls.certificate and tls.key, or plain_http = true where a proxy before it does");
        hub.put("--plain-http", "true");
        assertThat(load(Map.of(), hub).httpAddress().getAddress().isAnyLocalAddress()).isTrue();
        hub.remove("--plain-http");
        hub.put("--tls-certificate", "/etc/heph/hub.pem");
        assertThatThrownBy(() -> load(Map.of(), hub)).hasMessage("tls.certificate is set and tls.key is not: a hub that speaks TLS needs both");
        hub.put("--tls-key", "/etc/heph/hub.key");
        assertThat(load(Map.of(), hub).tls()).contains(new Tls(Path.of("/etc/heph/hub.pem"), Path.of("/etc/heph/hub.key")));
    }

    @Test
    void whomAHubLetsInIsSaidByItsProviderAndOneGroupOfIt() {
        URI issuer = URI.create("https://id.example/realms/home");
        Map<String, String> hub = Map.of("HEPH_MODE", "hub", "HEPH_AUTH_ISSUER", issuer.toString());

        assertThat(load(Map.of("HEPH_MODE", "hub"), Map.of()).login()).isEmpty();
        assertThat(load(hub, Map.of()).login()).contains(new Login(issuer, "heph", "heph", Optional.empty(), Optional.empty()));
        assertThat(load(hub, Map.of("--auth-client-id", "notes", "--auth-group", "family")).login())
                .contains(new Login(issuer, "notes", "notes", Optional.empty(), Optional.of("family")));
        assertThat(load(hub, Map.of("--auth-audience", "hub")).login()).contains(new Login(issuer, "heph", "hub", Optional.empty(), Optional.empty()));
        assertThat(load(hub, Map.of("--auth-resource", "https://hub.example")).login())
                .contains(new Login(issuer, "heph", "heph", Optional.of(URI.create("https://hub.example")), Optional.empty()));
        assertThatThrownBy(() -> load(hub, Map.of("--auth-resource", "hub.example#1")))
                .hasMessage("auth.resource = 'hub.example#1' (--auth-resource) cannot be used; it must be an absolute address without a"
                        + " fragment, such as https://hub.example");
        assertThat(load(Map.of("HEPH_AUTH_ISSUER", issuer.toString()), Map.of()).login()).as("of no account on a device").isEmpty();
    }

    @Test
    void aHubThatLostItsLoginDoesNotStartWithoutOne() throws Exception {
        Map<String, String> hub = Map.of("--mode", "hub");
        Files.createDirectories(home.data().resolve("people"));
        assertThat(load(Map.of(), hub).login()).as("nobody has logged in yet").isEmpty();
        Files.createDirectories(home.data().resolve("people").resolve("0123456789abcdef0123456789abcdef"));

        assertThatThrownBy(() -> load(Map.of(), hub)).isInstanceOf(SettingsException.class)
                .hasMessage("auth.issuer is not set, and people who logged in have their notes in " + home.data().resolve("people")
                        + ": set it again; a hub without a login needs a home of its own (HEPH_HOME=DIR)");
        assertThat(load(Map.of("HEPH_AUTH_ISSUER", "https://id.example"), hub).login()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"HEPH_AUTH_CLIENT_ID, auth.client_id", "HEPH_AUTH_AUDIENCE, auth.audience", "HEPH_AUTH_GROUP, auth.group", "HEPH_AUTH_RESOURCE, auth.resource"})
    void aHubWithHalfALoginDoesNotStart(String variable, String key) {
        assertThatThrownBy(() -> load(Map.of("HEPH_MODE", "hub", variable, "family"), Map.of())).isInstanceOf(SettingsException.class)
                .hasMessage(key + " (" + variable + ") is set and auth.issuer is not: a hub with a login needs it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth.issuer", "auth.client_id", "auth.audience", "auth.group", "auth.resource"})
    void aLoginThatWasToBeFilledInAndWasNotIsAnError(String key) {
        String variable = "HEPH_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
        Map<String, String> hub = Map.of("--mode", "hub");
        assertThatThrownBy(() -> load(Map.of(variable, " "), hub)).isInstanceOf(SettingsException.class)
                .hasMessage(key + " (" + variable + ") is empty; give it its value, or leave it out");
        write(key + " =\n");
        assertThatThrownBy(() -> load(Map.of(), hub)).hasMessageStartingWith(key).hasMessageContaining("is empty; give it its value");
    }

    @Test
    void whatItIsCanBeAskedWhateverElseIsSet() {
        write("http.address = 0.0.0.0:7800\n");
        assertThat(Settings.mode(home, Map.of())).isEqualTo(Mode.DEVICE);
        assertThat(Settings.mode(home, Map.of("HEPH_MODE", "hub"))).isEqualTo(Mode.HUB);
    }

    @Test
    void whatIsKeptStandsInTheFileBesideTheRest() throws Exception {
        write("# mine\nzone = UTC\n  mode=device  \n");
        Settings.keep(home, new TreeMap<>(Map.of("mode", "hub", "http.address", "127.0.0.1:7801")));

        assertThat(home.configFile()).hasContent("# mine\nzone = UTC\nmode = hub\nhttp.address = 127.0.0.1:7801\n");
        assertThat(load(Map.of(), Map.of()).httpAddress().getPort()).isEqualTo(7801);
        Settings.keep(home, Map.of("http.address", "127.0.0.1:7802"));
        assertThat(home.configFile()).hasContent("# mine\nzone = UTC\nmode = hub\nhttp.address = 127.0.0.1:7802\n");
        try (var files = Files.list(home.config())) {
            assertThat(files).containsExactly(home.configFile());
        }
    }

    @Test
    void whatIsKeptMakesTheFileAndFollowsALink() throws Exception {
        Settings.keep(home, Map.of("mode", "hub"));
        assertThat(home.configFile()).hasContent("mode = hub\n");

        Path elsewhere = Files.writeString(tmp.resolve("mine.properties"), "zone = UTC\n");
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-r-----"));
        Files.delete(home.configFile());
        Files.createSymbolicLink(home.configFile(), elsewhere);
        Settings.keep(home, Map.of("mode", "hub"));
        assertThat(home.configFile()).isSymbolicLink();
        assertThat(elsewhere).hasContent("zone = UTC\nmode = hub\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere))).isEqualTo("rw-r-----");
    }

    @Test
    void aFileWithAMistakeIsLeftAlone() throws Exception {
        write("zoen = UTC\n");
        assertThatThrownBy(() -> Settings.keep(home, Map.of("mode", "hub"))).hasMessageContaining("did you mean 'zone'");
        assertThat(home.configFile()).hasContent("zoen = UTC\n");
    }

    @Test
    void theTableInTheDocsIsTheEnum() throws Exception {
        String page = Files.readString(Path.of("../../docs/reference/settings.md"));

        for (Key key : Key.values()) {
            String fallback = key.fallback().map(text -> "`" + text + "`").orElse("[a-z' ]+");
            assertThat(page).containsPattern("\\| `%s` \\| `%s` \\| `%s` \\| %s \\|".formatted(
                    key.text(), key.variable(), key.flag(), fallback));
        }
        assertThat(page.lines().filter(line -> line.matches("\\| `[a-z._]+` \\| `HEPH_.*")).count())
                .isEqualTo(Key.values().length);
        Key.variables().forEach(variable -> assertThat(page).contains("`" + variable + "`"));
    }

    @Test
    void flagsAreReadInBothSpellings() {
        var flags = Flags.parse(List.of("--hub-url", "https://hub.example", "--zone=UTC", "--light", "--home", "/h"));

        assertThat(flags).isEqualTo(Map.of("--hub-url", "https://hub.example", "--zone", "UTC", "--light", "true", "--home", "/h"));
        assertThat(Flags.home(flags)).isEqualTo(Optional.of(Path.of("/h")));
        assertThat(Flags.parse(Flags.arguments(flags))).isEqualTo(flags);
    }

    @Test
    void anUnknownFlagAndOneWithoutItsValueAreErrors() {
        assertThatThrownBy(() -> Flags.parse(List.of("--lihgt"))).hasMessage("unknown flag '--lihgt'; did you mean --light?");
        assertThatThrownBy(() -> Flags.parse(List.of("--zone", "--light"))).hasMessage("--zone needs a value");
        assertThatThrownBy(() -> Flags.parse(List.of("word"))).isInstanceOf(SettingsException.class);
    }

    @Test
    void theNearestWordAllowsAThirdOfTheLetters() {
        assertThat(Nearest.to("serach", List.of("search", "show"))).contains("search");
        assertThat(Nearest.to("xyz", List.of("search", "show"))).isEmpty();
        assertThat(Nearest.to("", Arrays.asList("a", "bc"))).contains("a");
    }

    @Test
    void theVersionIsThePoms() throws Exception {
        assertThat(Files.readString(Path.of("../../pom.xml"))).contains("<version>" + Version.CURRENT + "</version>");
    }

    private Settings load(Map<String, String> environment, Map<String, String> flags) {
        return Settings.load(home, environment, flags);
    }

    private void write(String text) {
        try {
            Files.writeString(home.configFile(), text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
