package dev.heph.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings that exist; the names in the environment and on the command line follow from the one in the file. */
enum Key {
    MODE("mode", "device"),
    HUB_URL("hub.url", null),
    HTTP_ADDRESS("http.address", "127.0.0.1:0"),
    TLS_CERTIFICATE("tls.certificate", null),
    TLS_KEY("tls.key", null),
    TLS_TRUSTED("tls.trusted", null),
    PLAIN_HTTP("plain_http", "false"),
    TRUSTED_PROXIES("trusted.proxies", null),
    AUTH_ISSUER("auth.issuer", null),
    AUTH_CLIENT_ID("auth.client_id", "heph"),
    AUTH_AUDIENCE("auth.audience", null),
    AUTH_RESOURCE("auth.resource", null),
    AUTH_GROUP("auth.group", null),
    TOKEN_COMMAND("token_command", null),
    KEYCHAIN("keychain", "true"),
    ZONE("zone", null),
    DAY_STARTS("day_starts", "00:00"),
    JOURNAL_TEMPLATE("journal_template", "Journal template"),
    LIGHT("light", "false"),
    DEVICE_NAME("device_name", null),
    LOG_LEVEL("log.level", "INFO"),
    LOG_FORMAT("log.format", "line"),
    INTERNAL_ADDRESS("internal.address", "127.0.0.1:0"),
    INTERNAL_SECRET("internal.secret", null),
    PEER_STORE("peer.store", null),
    PEER_AUTH("peer.auth", null),
    PEER_SYNC("peer.sync", null),
    OBSERVE_ADDRESS("observe.address", null),
    DRAIN_SECONDS("drain_seconds", "0");

    /** Variables that are read elsewhere: where the files are, the launcher script's JDK, the tests' clock. */
    private static final List<String> OTHER_VARIABLES = List.of(Home.VARIABLE, "HEPH_JAVA", "HEPH_TEST_NOW");

    private final String text;
    private final String fallback;

    Key(String text, String fallback) {
        this.text = text;
        this.fallback = fallback;
    }

    /** The name in the config file, such as {@code hub.url}. */
    String text() {
        return text;
    }

    /** The name in the environment, such as {@code HEPH_HUB_URL}. */
    String variable() {
        return "HEPH_" + name();
    }

    /** The name on the command line, such as {@code --hub-url}. */
    String flag() {
        return "--" + text.replace('.', '-').replace('_', '-');
    }

    /** Whether it says whom a hub lets in. */
    boolean guards() {
        return text.startsWith("auth.");
    }

    Optional<String> fallback() {
        return Optional.ofNullable(fallback);
    }

    static Optional<Key> ofText(String text) {
        return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(Key::text).toList();
    }

    static List<String> variables() {
        return Stream.concat(Arrays.stream(values()).map(Key::variable), OTHER_VARIABLES.stream())
                .toList();
    }
}
