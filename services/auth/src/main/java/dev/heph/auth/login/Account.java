package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.auth.login.Kept.Owner;
import dev.heph.auth.login.Provider.Code;
import dev.heph.auth.login.Provider.Outcome.Given;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who this device is for its hub. Everything that is written here goes on without it; all it gives is a token, to the hub that somebody
 * logged in
 * to.
 */
public final class Account implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Account.class.getName());

    private final Memory memory;
    private final Optional<TokenCommand> command;
    private final Optional<URI> hubUrl;
    private final InstantSource clock;
    private final Pause pause;
    private final Runnable loggedIn;
    private final Web web = new Web();
    private final Renewal renewal;

    /** Held while new tokens are fetched, which may take its time: a refresh token is good once. */
    private final ReentrantLock refreshing = new ReentrantLock();

    private Kept kept;
    private boolean closed;
    private Optional<Waiting> waiting = Optional.empty();

    private Optional<Trouble> trouble = Optional.empty();

    /** Why nobody is logged in to that hub any more, or the last login to it did not succeed. */
    private record Trouble(URI hub, String why) {}

    private record Waiting(URI hub, URI issuer, Code code, Thread thread) {}

    /**
     * @param memory where it is remembered
     * @param hubUrl the setting hub.url: the one hub that the token of a command goes to
     * @param loggedIn told when somebody has logged in
     */
    public Account(Memory memory, Optional<String> command, Optional<URI> hubUrl, InstantSource clock, Runnable loggedIn) {
        this(memory, command, hubUrl, clock, Thread::sleep, loggedIn);
    }

    Account(Memory memory, Optional<String> command, Optional<URI> hubUrl, InstantSource clock, Pause pause, Runnable loggedIn) {
        this.memory = memory;
        this.command = command.map(line -> new TokenCommand(line, clock));
        this.hubUrl = hubUrl;
        this.clock = clock;
        this.pause = pause;
        this.renewal = new Renewal(web, clock);
        this.loggedIn = loggedIn;
        this.kept = memory.read();
        kept.damage().ifPresent(what -> LOG.log(System.Logger.Level.WARNING, what));
    }

    /** {@code auth.login} {hub}: begins one, and says what its person has to do. The one that was under way ends. */
    public JsonNode login(JsonNode params) {
        refuseBesideCommand();
        requireKnownOwner();
        memory.attended();
        URI hub = URI.create(params.path("hub").asText());
        Web.Answer asked = web.get(URI.create(hub + "/sync/v1/login"));
        if (asked.status() != 200 || !asked.json().has("needed")) {
            throw new HephException(Reason.CONFLICT, "no hub that knows of logins answers at " + hub + " (HTTP status " + asked.status()
                    + ")");
        }
        if (!asked.json().path("needed").asBoolean()) {
            throw new HephException(Reason.CONFLICT, "the hub at " + hub + " asks for no login: there is nothing to do");
        }
        URI issuer = Web.sealed(hub, asked.json().path("issuer").asText(), "the identity provider of the hub at " + hub);
        JsonNode where = asked.json();
        var client = new Client(where.path("client_id").asText(), Optional.ofNullable(where.path("resource").textValue()));
        Provider provider = Provider.discover(web, clock, issuer);
        Code code = provider.begin(client, asked.json().path("scope").asText("openid"));
        begin(hub, issuer, client, provider, code);
        return told(code, issuer);
    }

    private synchronized void requireKnownOwner() {
        kept.requireKnownOwner();
    }

    private synchronized void begin(URI hub, URI issuer, Client client, Provider provider, Code code) {
        waiting.ifPresent(before -> before.thread().interrupt());
        trouble = Optional.empty();
        Thread thread = Thread.ofVirtual().name("login").unstarted(() -> await(hub, issuer, client, provider, code));
        waiting = Optional.of(new Waiting(hub, issuer, code, thread));
        thread.start();
    }

    private void await(URI hub, URI issuer, Client client, Provider provider, Code code) {
        try {
            Given given = new DeviceLogin(provider, client, code, clock, pause).await();
            Person person = given.person().orElseThrow(() -> new HephException(Reason.CONFLICT,
                    "the identity provider does not say who you are; its client needs the scope openid: tell whoever runs the hub"));
            try {
                admit(hub, person, new Session(hub, issuer, client, given.tokens()), code);
            } catch (HephException notThisOne) {
                given.tokens().refresh().ifPresent(token -> provider.revoke(client, token));
                throw notThisOne;
            }
            loggedIn.run();
        } catch (HephException e) {
            failed(code, e.getMessage());
        } catch (InterruptedException replaced) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "logging in failed", e);
            failed(code, "logging in failed; see: heph logs auth");
        }
    }

    private synchronized void admit(URI hub, Person person, Session session, Code code) {
        if (!current(code)) {
            throw new HephException(Reason.CONFLICT, "another login was begun meanwhile");
        }
        kept.requireOf(person);
        keep(new Kept(Optional.of(new Owner(hub, person)), Optional.of(session)));
        waiting = Optional.empty();
        LOG.log(System.Logger.Level.INFO, "logged in to {0} as {1}", hub, person.name());
    }

    private synchronized void failed(Code code, String why) {
        if (current(code)) {
            trouble = waiting.map(login -> new Trouble(login.hub(), why));
            waiting = Optional.empty();
            LOG.log(System.Logger.Level.WARNING, "not logged in: {0}", why);
        }
    }

    private boolean current(Code code) {
        return waiting.filter(now -> now.code() == code).isPresent();
    }

    /**
     * {@code auth.token} {hub, refused?}: {@code {token}} for that hub; {@code {}} if nobody ever logged in to it.
     *
     * @throws HephException {@link Reason#UNAUTHENTICATED} if somebody did, and the login has ended; {@link Reason#AWAY} if that cannot be
     *     told now
     */
    public JsonNode token(JsonNode params) {
        refuseWithoutOwner();
        Optional<String> refused = Optional.ofNullable(params.path("refused").textValue());
        String hub = params.path("hub").asText();
        return (command.isPresent() ? printed(command.get(), hub, refused) : token(hub, refused))
                .map(token -> (JsonNode) Json.object().put("token", token)).orElseGet(Json::object);
    }

    /** Nothing goes anywhere while it may be somebody else's. */
    private synchronized void refuseWithoutOwner() {
        if (kept.ownerUnknown()) {
            throw new HephException(Reason.UNAUTHENTICATED, kept.damage().get());
        }
    }

    /** What a command prints is one person's, and for one hub too: that of the setting hub.url, else the first that has asked. */
    private Optional<String> printed(TokenCommand printing, String hub, Optional<String> refused) {
        Optional<URI> known = hubOfCommand();
        if (known.filter(one -> one.toString().equals(hub)).isEmpty() && refused.isEmpty()) {
            return Optional.empty(); // it has not asked
        }
        Optional<URI> only = hubUrl.map(Account::spelled).or(() -> known);
        if (only.filter(one -> !one.toString().equals(hub)).isPresent()) {
            throw new HephException(Reason.UNAUTHENTICATED, "the token of the setting token_command is for " + only.get()
                    + " only; to show it to this hub: set hub.url to it, or first: heph auth logout --forget");
        }
        String token = printing.token(refused);
        confirm(URI.create(hub), Person.of(token).orElseThrow(() -> new HephException(Reason.UNAUTHENTICATED,
                "the command of the setting token_command printed a token that does not say whose it is, which no hub takes;"
                        + " try it in a terminal")));
        return Optional.of(token);
    }

    private synchronized Optional<URI> hubOfCommand() {
        return kept.owner().map(Owner::hub);
    }

    private synchronized void confirm(URI hub, Person person) {
        kept.requireOf(person);
        if (kept.owner().filter(owner -> owner.hub().equals(hub)).isEmpty()) {
            keep(new Kept(Optional.of(new Owner(hub, person)), kept.session()));
        }
    }

    /** As a device calls its hub: without a slash at the end, and small. */
    private static URI spelled(URI hub) {
        String port = hub.getPort() < 0 ? "" : ":" + hub.getPort();
        String path = hub.getRawPath() == null ? "" : hub.getRawPath().replaceAll("/+$", "");
        return URI.create(hub.getScheme().toLowerCase(Locale.ROOT) + "://" + hub.getHost().toLowerCase(Locale.ROOT) + port + path);
    }

    private Optional<String> token(String hub, Optional<String> refused) {
        refreshing.lock();
        try {
            Optional<Session> open = session(hub).map(this::unlocked);
            Instant now = clock.instant();
            boolean rejected = open.filter(session -> session.tokens().rejected(refused, now)).isPresent();
            return open.map(session -> rejected || session.tokens().ending(now) ? refreshed(session, rejected) : session)
                    .map(session -> session.tokens().access());
        } finally {
            refreshing.unlock();
        }
    }

    private Session unlocked(Session session) {
        if (!session.tokens().elsewhere()) {
            return session;
        }
        Session open = memory.unlocked(session).orElseThrow(() -> new HephException(Reason.AWAY, memory.locked()));
        remember(session, open);
        return open;
    }

    private synchronized void remember(Session session, Session open) {
        refuseIfChanged(session);
        kept = new Kept(kept.owner(), Optional.of(open));
        if (!memory.wanted()) { // any more
            memory.write(kept, false);
            memory.follow(kept.session(), this::remembered, this::settled);
        }
    }

    private void refuseIfChanged(Session session) {
        if (!kept.session().equals(Optional.of(session))) {
            throw new HephException(Reason.AWAY, "somebody logs in or out at this moment; try again");
        }
    }

    private synchronized Optional<Session> session(String hub) {
        Optional<Session> open = kept.session().filter(session -> session.hub().toString().equals(hub));
        Optional<Trouble> here = trouble.filter(one -> one.hub().toString().equals(hub));
        if (open.isEmpty() && here.isPresent() && waiting.isEmpty()) {
            throw new HephException(Reason.UNAUTHENTICATED, here.get().why());
        }
        if (open.isEmpty() && kept.owner().filter(owner -> owner.hub().toString().equals(hub)).isPresent()) {
            throw new HephException(Reason.UNAUTHENTICATED, kept.damage().orElse(loggedOut(kept.owner().get()))); // nothing goes there without a name from now on
        }
        return open;
    }

    /** What is still good is gone on with while the provider is away. */
    private Session refreshed(Session session, boolean rejected) {
        boolean good = !rejected && session.tokens().valid(clock.instant());
        if (session.tokens().refresh().isEmpty()) {
            return good ? session : ended(session, "it was not made to last (the provider gave no refresh token)");
        }
        try {
            Optional<Tokens> newer = renewal.of(session);
            return newer.isPresent() ? replaced(session, Optional.of(session.with(newer.get())), "").orElseThrow()
                    : ended(session, "the identity provider has ended it (invalid_grant)");
        } catch (HephException e) {
            if (good && e.reason() == Reason.AWAY) {
                return session;
            }
            throw e;
        }
    }

    private Session ended(Session session, String why) {
        String over = "the login is over: " + why + ". Log in again: heph auth login";
        replaced(session, Optional.empty(), over);
        LOG.log(System.Logger.Level.WARNING, over);
        throw new HephException(Reason.UNAUTHENTICATED, over);
    }

    private synchronized Optional<Session> replaced(Session session, Optional<Session> newer, String why) {
        refuseIfChanged(session);
        keep(new Kept(kept.owner(), newer));
        trouble = Optional.of(new Trouble(session.hub(), why)).filter(one -> !why.isEmpty());
        return newer;
    }

    /** {@code auth.logout} {forget?}: ends the login there and here; {@code forget} also forgets whose notes these are. */
    public JsonNode logout(JsonNode params) {
        if (!params.path("forget").asBoolean()) {
            refuseBesideCommand();
        }
        memory.attended();
        Optional<Session> known = remembered().flatMap(memory::unlocked); // before it is forgotten there
        Optional<Session> open = wiped(params.path("forget").asBoolean());
        boolean elsewhere = open.isPresent() && open.get().tokens().elsewhere() && known.isEmpty();
        boolean revoked = open.map(session -> session.tokens().elsewhere() ? known.orElse(session) : session).filter(this::revoke).isPresent();
        ObjectNode answer = Json.object().put("was_logged_in", open.isPresent()).put("revoked", revoked);
        return elsewhere ? answer.put("reason", "the keychain did not give the login") : answer;
    }

    private synchronized Optional<Session> remembered() {
        return kept.session();
    }

    private synchronized Optional<Session> wiped(boolean forget) {
        waiting.ifPresent(before -> before.thread().interrupt());
        waiting = Optional.empty();
        trouble = Optional.empty();
        Optional<Session> open = kept.session();
        if (forget || !kept.ownerUnknown()) {
            keep(new Kept(forget ? Optional.empty() : kept.owner(), Optional.empty()));
        }
        return open;
    }

    private boolean revoke(Session session) {
        if (session.tokens().elsewhere()) {
            return false;
        }
        try {
            String token = session.tokens().refresh().orElse(session.tokens().access());
            return Provider.discover(web, clock, session.issuer()).revoke(session.client(), token);
        } catch (HephException away) {
            LOG.log(System.Logger.Level.WARNING, "the login was not revoked: {0}", away.getMessage());
            return false;
        }
    }

    private void refuseBesideCommand() {
        if (command.isPresent()) {
            throw new HephException(Reason.CONFLICT, "the setting token_command gives the token, and a setting rules; remove it first");
        }
    }

    /** {@code auth.status}. */
    public synchronized ObjectNode status() {
        ObjectNode status = Json.object().put("state", state()).put("logged_in", state().equals("in"));
        kept.owner().ifPresent(owner -> status.put("user", owner.person().name()).put("issuer", owner.person().issuer())
                .put("hub", owner.hub().toString()));
        kept.session().ifPresent(open -> status.put("token_until", open.tokens().given().plus(open.tokens().life()).toEpochMilli()));
        waiting.ifPresent(now -> status.set("login", told(now.code(), now.issuer())));
        return status.put("reason", words());
    }

    private String state() {
        return waiting.isPresent() ? "waiting" : kept.session().isPresent() || command.isPresent() ? "in" : trouble.isEmpty() && kept.damage().isEmpty()
                ? "out" : "failed";
    }

    /** How it stands, as one line. */
    public synchronized String words() {
        return switch (state()) {
            case "waiting" -> "waits for somebody to agree to the code " + waiting.get().code().user() + " at " + waiting.get().code()
                    .uri();
            case "in" -> command.isPresent() ? "the token comes from the setting token_command"
                    : "logged in to " + kept.session().get().hub() + " as "
                            + kept.owner().map(owner -> owner.person().name()).orElse("somebody") + memory.where(kept.session().get());
            case "failed" -> trouble.map(Trouble::why).orElseGet(() -> kept.damage().get());
            default -> kept.owner().map(Account::loggedOut)
                    .orElse("nobody is logged in; only a hub that asks for it needs that");
        };
    }

    private static String loggedOut(Owner owner) {
        return owner.person().name() + " is logged out of " + owner.hub() + "; log in: heph auth login";
    }

    private ObjectNode told(Code code, URI issuer) {
        ObjectNode told = Json.object().put("user_code", code.user()).put("verification_uri", code.uri()).put("issuer", issuer.toString())
                .put("expires", code.expires().toEpochMilli());
        code.complete().ifPresent(uri -> told.put("verification_uri_complete", uri));
        return told;
    }

    private void keep(Kept newer) {
        boolean ends = kept.session().isPresent() && newer.session().isEmpty();
        boolean elsewhere = newer.session().filter(session -> session.tokens().elsewhere()).isPresent();
        memory.write(newer, elsewhere);
        kept = newer;
        if (ends || memory.wanted() && newer.session().isPresent() && !elsewhere) {
            memory.follow(newer.session(), this::remembered, this::settled);
        }
    }

    private synchronized void settled(Optional<Session> session) {
        if (!closed && kept.session().equals(session)) {
            memory.write(kept, true);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.ifPresent(now -> now.thread().interrupt());
            web.close();
        }
        memory.close();
    }
}
