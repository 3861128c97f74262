package dev.heph.provider;

import dev.heph.provider.FakeProvider.Answer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The device flow (RFC 8628), refreshing (RFC 6749, 6) and revoking (RFC 7009); with the server that tokens are for, if one is to be named (RFC 8707). */
public final class Devices {
    private static final String CODE = "urn:ietf:params:oauth:grant-type:device_code";

    private final FakeProvider provider;
    private final Map<String, Optional<String>> waiting = new TreeMap<>();
    private final Map<String, String> refreshing = new TreeMap<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private String page = "";
    private String flourish = "";
    private Optional<String> resource = Optional.empty();
    private int made;
    private int intervalSeconds = 1;
    private int lifeSeconds = 300;

    Devices(FakeProvider provider) {
        this.provider = provider;
    }

    /** The one who was told the code agrees to it, in a browser. */
    public synchronized void approve(String userCode, String subject) {
        waiting.put("device-" + userCode, Optional.of(subject));
    }

    /** The next questions for a token are answered with these errors, such as {@code slow_down}. */
    public synchronized void answerWith(String... errors) {
        answers.addAll(List.of(errors));
    }

    /** Names that page for the code. */
    public synchronized void page(String address) {
        page = address;
    }

    /** Puts this behind every code. */
    public synchronized void flourish(String text) {
        flourish = text;
    }

    /** From now on that server has to be named in all that leads to tokens; until then none may be. */
    public synchronized void resource(String server) {
        resource = Optional.of(server);
    }

    /** Nobody's refresh token is good any more. */
    public synchronized void revokeAll() {
        refreshing.clear();
    }

    /** The refresh tokens that are good. */
    public synchronized int sessions() {
        return refreshing.size();
    }

    /** How long tokens live from now on. */
    public synchronized void life(int seconds) {
        lifeSeconds = seconds;
    }

    public synchronized void interval(int seconds) {
        intervalSeconds = seconds;
    }

    /** What was asked: {@code device}, {@code code}, {@code refresh}, {@code revoke}. */
    public List<String> asked() {
        return asked;
    }

    synchronized Answer begin(Map<String, String> form) {
        asked.add("device");
        if (!FakeProvider.CLIENT.equals(form.get("client_id"))) {
            return Answer.error("invalid_client");
        }
        if (!namesResource(form)) {
            return Answer.error("invalid_target");
        }
        String user = "CODE-%04d".formatted(++made);
        waiting.put("device-" + user, Optional.empty());
        String address = page.isEmpty() ? provider.issuer() + "/activate" : page;
        return new Answer(200, Map.of("device_code", "device-" + user, "user_code", user + flourish, "verification_uri", address,
                "verification_uri_complete", address + "?user_code=" + user, "expires_in", 600, "interval", intervalSeconds));
    }

    synchronized Answer token(Map<String, String> form) {
        boolean code = CODE.equals(form.get("grant_type"));
        asked.add(code ? "code" : "refresh");
        if (!answers.isEmpty()) {
            return Answer.error(answers.poll());
        }
        if (!namesResource(form)) {
            return Answer.error("invalid_target");
        }
        return code ? byCode(form.getOrDefault("device_code", "")) : byRefresh(form.getOrDefault("refresh_token", ""));
    }

    private boolean namesResource(Map<String, String> form) {
        return Optional.ofNullable(form.get("resource")).equals(resource);
    }

    private Answer byCode(String code) {
        Optional<String> subject = waiting.getOrDefault(code, Optional.empty());
        if (!waiting.containsKey(code)) {
            return Answer.error("invalid_grant");
        } else if (subject.isEmpty()) {
            return Answer.error("authorization_pending");
        }
        waiting.remove(code);
        return given(subject.get());
    }

    /** Each refresh token is good once. */
    private Answer byRefresh(String token) {
        String subject = refreshing.remove(token);
        return subject == null ? Answer.error("invalid_grant") : given(subject);
    }

    private Answer given(String subject) {
        String refresh = "refresh-" + ++made;
        refreshing.put(refresh, subject);
        String token = provider.tokens(subject).with(claims -> claims.expirationTime(java.util.Date.from(java.time.Instant.now()
                .plusSeconds(lifeSeconds))));
        return new Answer(200, Map.of("access_token", token, "id_token", provider.tokens(subject).with(claims -> claims.claim("typ", "ID")),
                "refresh_token", refresh, "token_type", "Bearer", "expires_in", lifeSeconds));
    }

    synchronized Answer revoke(Map<String, String> form) {
        asked.add("revoke");
        refreshing.remove(form.getOrDefault("token", ""));
        return new Answer(200, Map.of());
    }
}
