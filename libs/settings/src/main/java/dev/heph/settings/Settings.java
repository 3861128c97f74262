package dev.heph.settings;

import dev.heph.settings.ConfigFile.Given;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How this installation is set up. Each value comes from the first place that has it: a flag, the environment, the config file,
 * the default (docs/reference/settings.md).
 *
 * @param hubUrl the hub this device syncs with; empty: it keeps everything to itself
 * @param httpAddress where a hub listens; a loopback address, unless the hub knows who calls and speaks TLS
 * @param tls how a hub proves who it is; empty: it speaks plain http
 * @param trusted certificates, as PEM, of those who vouch for a hub or a provider besides the ones that Java knows
 * @param plainHttp whether plain http may leave this machine: because something before the hub ends TLS, or its owner insists
 * @param proxies who before a hub is believed when they say who called
 * @param login who a hub lets in; empty on a device, which its hub tells where to log in, and on a hub that lets in whoever has an
 * account on its
 *     machine
 * @param tokenCommand prints the token that a device shows to the hub; empty: heph logs in by itself
 * @param keychain whether the tokens of a login go to the desktop's keychain where there is one
 * @param zone time zone of bare dates
 * @param dayStarts when a new day begins, local time
 * @param journalTemplate the title or id of the note with whose text a new journal begins; empty: with none
 * @param light all four services in one process
 * @param deviceName what people call this device
 * @param placement where this service is and where it finds the others
 */
public record Settings(
        Mode mode,
        Optional<URI> hubUrl,
        InetSocketAddress httpAddress,
        Optional<Tls> tls,
        Optional<Path> trusted,
        boolean plainHttp,
        Proxies proxies,
        Optional<Login> login,
        Optional<String> tokenCommand,
        boolean keychain,
        ZoneId zone,
        LocalTime dayStarts,
        String journalTemplate,
        boolean light,
        String deviceName,
        LogLevel logLevel,
        LogFormat logFormat,
        Placement placement) {
    private static final String HUB_ADDRESS = "127.0.0.1:7800";
    private static final String NAMELESS = "this device";
    private static final String ONE_LINE = "one line of at most 100 characters";

    /**
     * @param flags what the command line gave, by flag: {@code --hub-url} to its value; see {@link Flags}
     * @throws SettingsException if a key or {@code HEPH_…} variable is unknown or a value cannot be used; the message says where
     */
    public static Settings load(Home home, Map<String, String> environment, Map<String, String> flags) {
        refuseUnknown(environment);
        Settings settings = parse(given(home, environment, flags));
        settings.refuseLostLogin(home);
        return settings;
    }

    /** A hub that forgot whom it lets in would let in everybody whom a proxy before it lets through, and all to one place. */
    private void refuseLostLogin(Home home) {
        if (mode == Mode.HUB && login.isEmpty() && home.hasPeople()) {
            throw new SettingsException("auth.issuer is not set, and people who logged in have their notes in " + home.people()
                    + ": set it again; a hub without a login needs a home of its own (HEPH_HOME=DIR)");
        }
    }

    /** What this installation is so far, whatever else is set: what is set for a hub need not fit before it is one. */
    public static Mode mode(Home home, Map<String, String> environment) {
        return mode(given(home, environment, Map.of()));
    }

    private static Map<Key, Given> given(Home home, Map<String, String> environment, Map<String, String> flags) {
        Map<Key, Given> given = new EnumMap<>(Key.class);
        given.putAll(ConfigFile.read(home.configFile()));
        for (Key key : Key.values()) {
            String variable = environment.get(key.variable());
            if (variable != null && (!variable.isBlank() || key.guards())) {
                given.put(key, new Given(variable.strip(), key.variable()));
            }
            String flag = flags.get(key.flag());
            if (flag != null) {
                given.put(key, new Given(flag.strip(), key.flag()));
            }
        }
        return given;
    }

    /**
     * Writes settings into the config file, in the place of the lines that set them; the rest of it stays as it is.
     *
     * @param values by name, such as {@code http.address}
     * @throws SettingsException if the file cannot be read as settings; then it is left alone
     */
    public static void keep(Home home, Map<String, String> values) {
        ConfigFile.write(home.configFile(), values);
    }

    /** What holds when nothing is set. */
    public static Settings defaults() {
        return parse(new EnumMap<>(Key.class));
    }

    private static Settings parse(Map<Key, Given> given) {
        Mode mode = mode(given);
        refuseHubOfHub(mode, given);
        Optional<Login> login = login(mode, given);
        Optional<Tls> tls = tls(given);
        boolean plainHttp = value(given, Key.PLAIN_HTTP, Settings::truth, "'true' or 'false'");
        InetSocketAddress address = listening(mode, given, login.isPresent(), tls.isPresent() || plainHttp);
        return new Settings(
                mode,
                Optional.ofNullable(value(given, Key.HUB_URL, Settings::web, "an http(s) address, such as https://hub.example")),
                address,
                tls,
                Optional.ofNullable(value(given, Key.TLS_TRUSTED, Settings::file, "the absolute path of a PEM file")),
                plainHttp,
                Optional.ofNullable(value(given, Key.TRUSTED_PROXIES, Proxies::of, "networks, such as 10.42.0.0/16, with commas between them")).orElse(Proxies.NONE),
                login,
                Optional.ofNullable(value(given, Key.TOKEN_COMMAND, text -> text, "a command")),
                value(given, Key.KEYCHAIN, Settings::truth, "'true' or 'false'"),
                Optional.ofNullable(value(given, Key.ZONE, ZoneId::of, "a time zone, such as Europe/Berlin"))
                        .orElseGet(ZoneId::systemDefault),
                value(given, Key.DAY_STARTS, LocalTime::parse, "a time of day, such as 04:00"),
                value(given, Key.JOURNAL_TEMPLATE, Settings::name, ONE_LINE),
                value(given, Key.LIGHT, Settings::truth, "'true' or 'false'"),
                Optional.ofNullable(value(given, Key.DEVICE_NAME, Settings::name, ONE_LINE))
                        .orElseGet(Settings::hostName),
                value(given, Key.LOG_LEVEL, text -> LogLevel.valueOf(text.toUpperCase(Locale.ROOT)),
                        "DEBUG, INFO, WARNING or ERROR"),
                value(given, Key.LOG_FORMAT, text -> LogFormat.valueOf(text.toUpperCase(Locale.ROOT)), "'line' or 'json'"),
                Placing.of(mode, given, login.isPresent()));
    }

    private static Mode mode(Map<Key, Given> given) {
        return value(given, Key.MODE, text -> Mode.valueOf(text.toUpperCase(Locale.ROOT)), "'device' or 'hub'");
    }

    private static void refuseHubOfHub(Mode mode, Map<Key, Given> given) {
        Given url = given.get(Key.HUB_URL);
        if (mode == Mode.HUB && url != null && !url.value().isEmpty()) {
            throw new SettingsException("hub.url (" + url.where() + ") is for a device: a hub is what devices sync with; leave it out");
        }
    }

    /** Whom a hub cannot tell apart it does not let in from elsewhere; and nobody's notes go over a network for all to read. */
    private static InetSocketAddress listening(Mode mode, Map<Key, Given> given, boolean login, boolean sealed) {
        if (mode == Mode.HUB) {
            given.putIfAbsent(Key.HTTP_ADDRESS, new Given(HUB_ADDRESS, "default"));
        }
        InetSocketAddress address =
                value(given, Key.HTTP_ADDRESS, Settings::address, "an IP address and a port, such as " + HUB_ADDRESS);
        if (address.getAddress().isLoopbackAddress() || (mode == Mode.HUB && login && sealed)) {
            return address;
        }
        throw new SettingsException("http.address (" + given.get(Key.HTTP_ADDRESS).where() + ") must be a loopback address"
                + (mode == Mode.DEVICE
                        ? " on a device, such as 127.0.0.1:0"
                        : ", such as " + HUB_ADDRESS + (login
                                ? ": elsewhere a hub speaks TLS; set tls.certificate and tls.key, or plain_http = true where a proxy"
                                        + " before it does"
                                : ": without a login a hub cannot tell who calls, so only its own machine may; set auth.issuer first")));
    }

    private static Optional<Login> login(Mode mode, Map<Key, Given> given) {
        refuseHalfALogin(mode, given);
        URI issuer = value(given, Key.AUTH_ISSUER, Settings::issuer,
                "the address of an identity provider, such as https://id.example/realms/home;"
                + " plain http only on this machine");
        String client = value(given, Key.AUTH_CLIENT_ID, Settings::word, ONE_LINE);
        String audience = value(given, Key.AUTH_AUDIENCE, Settings::word, ONE_LINE);
        Optional<URI> resource = Optional.ofNullable(value(given, Key.AUTH_RESOURCE, Settings::resource,
                "an absolute address without a fragment, such as https://hub.example"));
        Optional<String> group = Optional.ofNullable(value(given, Key.AUTH_GROUP, Settings::word, ONE_LINE));
        return Optional.ofNullable(issuer).filter(known -> mode == Mode.HUB).map(known -> new Login(known, client, audience == null
                ? client : audience, resource, group));
    }

    /** What was to be filled in and was not, such as a variable without its value, is no wish for a hub without a login. */
    private static void refuseHalfALogin(Mode mode, Map<Key, Given> given) {
        for (Map.Entry<Key, Given> each : given.entrySet()) {
            String set = each.getKey().text() + " (" + each.getValue().where() + ")";
            if (each.getKey().guards() && each.getValue().value().isEmpty()) {
                throw new SettingsException(set + " is empty; give it its value, or leave it out");
            }
            if (each.getKey().guards() && mode == Mode.HUB && !given.containsKey(Key.AUTH_ISSUER)) {
                throw new SettingsException(set + " is set and auth.issuer is not: a hub with a login needs it");
            }
        }
    }

    private static Optional<Tls> tls(Map<Key, Given> given) {
        Path certificate = value(given, Key.TLS_CERTIFICATE, Settings::file, "the absolute path of a PEM file");
        Path key = value(given, Key.TLS_KEY, Settings::file, "the absolute path of a PEM file");
        if ((certificate == null) != (key == null)) {
            throw new SettingsException((key == null ? "tls.certificate is set and tls.key" : "tls.key is set and tls.certificate")
                    + " is not: a hub that speaks TLS needs both");
        }
        return certificate == null ? Optional.empty() : Optional.of(new Tls(certificate, key));
    }

    /** The setting's value, its default, or null if it has none. */
    static <T> T value(Map<Key, Given> given, Key key, Function<String, T> parser, String expected) {
        Given found = given.get(key);
        if (found == null || (found.value().isEmpty() && key.fallback().isEmpty())) {
            return key.fallback().map(parser).orElse(null);
        }
        try {
            return parser.apply(found.value());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new SettingsException(
                    key.text() + " = '" + found.value() + "' (" + found.where() + ") cannot be used; it must be " + expected);
        }
    }

    private static void refuseUnknown(Map<String, String> environment) {
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith("HEPH_") && !Key.variables().contains(name)) {
                throw new SettingsException("unknown environment variable " + name + "; "
                        + Nearest.to(name, Key.variables())
                                .map(near -> "did you mean " + near + "?")
                                .orElse("known are: " + String.join(", ", Key.variables())));
            }
        }
    }

    private static URI web(String text) {
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }

    /** Keys that vouch for everybody come from there. */
    private static URI issuer(String text) {
        URI issuer = web(text);
        if (issuer.getScheme().equals("http") && !Loopback.names(issuer.getHost())) {
            throw new IllegalArgumentException(text);
        }
        return issuer;
    }

    /** RFC 8707, 2. */
    private static URI resource(String text) {
        URI resource = URI.create(text);
        if (!resource.isAbsolute() || resource.getRawFragment() != null) {
            throw new IllegalArgumentException(text);
        }
        return resource;
    }

    static Path file(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(text);
        }
        return path;
    }

    private static String word(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        return name(text);
    }

    /** Literal addresses only: a name would ask a resolver, and could come to mean another machine. */
    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(text);
        }
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        InetAddress address = host.equals("localhost") ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral(host);
        return new InetSocketAddress(address, Integer.parseInt(text.substring(colon + 1)));
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String name(String text) {
        if (text.length() > 100 || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    /** What the system calls this machine; no look-up, which could wait for a network. */
    private static String hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name.isEmpty() ? NAMELESS : name;
        } catch (IOException notLinux) {
            return NAMELESS;
        }
    }
}
