package dev.heph.auth.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.provider.FakeProvider;
import dev.heph.settings.Login;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
    private final FakeProvider provider = FakeProvider.start();
    private final Moving clock = new Moving();
    private TokenVerifier verifier;

    @BeforeEach
    void start() {
        verifier = verifier(Optional.empty());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private TokenVerifier verifier(Optional<String> group) {
        return new TokenVerifier(new Login(provider.issuer(), "device", FakeProvider.CLIENT, Optional.empty(), group), ProviderKeys.of(provider.issuer(), clock::millis), clock);
    }

    private static Reason refusal(TokenVerifier verifier, String token) {
        try {
            verifier.verify(token);
            return null;
        } catch (HephException e) {
            return e.reason();
        }
    }

    @Test
    void aGoodTokenVouchesForSomebody() {
        Vouched ada = verifier.verify(provider.tokens("ada").good());

        assertThat(ada.issuer()).isEqualTo(provider.issuer().toString());
        assertThat(ada.subject()).isEqualTo("ada");
        assertThat(ada.expires()).isBetween(Instant.now(), Instant.now().plus(Duration.ofMinutes(6)));
        verifier.verify(provider.tokens("ada").with(claims -> claims.claim("typ", "Bearer")
                .audience(List.of("account", FakeProvider.CLIENT))));
    }

    /** However many come the provider is asked once; what one takes is printed, for a person to read. */
    @Test
    void checkingAsksNobody() {
        int checks = 3_000;
        String[] tokens = new String[20];
        Arrays.setAll(tokens, each -> provider.tokens("ada" + each).good());
        long[] nanos = new long[checks];
        for (int check = 0; check < checks; check++) {
            long begun = System.nanoTime();
            verifier.verify(tokens[check % tokens.length]);
            nanos[check] = System.nanoTime() - begun;
            clock.ahead(TokenVerifier.REMEMBERED.multipliedBy(check * 3 / checks)); // for most of them the signature is looked at anew now and then
        }
        assertThat(provider.keyQuestions()).isEqualTo(1);
        long[] warm = Arrays.copyOfRange(nanos, checks / 2, checks);
        Arrays.sort(warm);
        System.out.printf("checking a token, RS256 with a key of 2048 bits: p50 %.3f ms, p99 %.3f ms%n", warm[warm.length / 2] / 1e6,
                warm[warm.length * 99 / 100] / 1e6);
    }

    @Test
    void everyBadTokenIsRefused() {
        Map<String, String> bad = provider.tokens("ada").bad();
        String nobodys = bad.remove("unknown kid");
        bad.forEach((how, token) -> assertThat(refusal(verifier, token)).as(how).isEqualTo(Reason.UNAUTHENTICATED));
        clock.ahead(Discovery.PAUSE);
        assertThat(refusal(verifier, nobodys)).as("a key that the provider does not have").isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(refusal(verifier, "")).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(refusal(verifier, "x".repeat(1 << 20))).isEqualTo(Reason.UNAUTHENTICATED);
        assertThatCode(() -> verifier.verify(provider.tokens("ada").good())).doesNotThrowAnyException();
    }

    @Test
    void aRefusalSaysWhatToDoAndNothingOfTheToken() {
        String expired = provider.tokens("ada").bad().get("expired");
        assertThatThrownBy(() -> verifier.verify(expired)).hasMessage("the token has expired; log in on the device: heph auth login");
        assertThatThrownBy(() -> verifier.verify(provider.tokens("ada").bad().get("wrong audience")))
                .hasMessageStartingWith("the token is not for this hub (JWT aud claim rejected").hasMessageEndingWith("heph auth login");
    }

    @Test
    void clocksMayDifferBySomeSeconds() {
        Date justOver = Date.from(Instant.now().minusSeconds(20));
        Date soon = Date.from(Instant.now().plusSeconds(20));
        verifier.verify(provider.tokens("ada").with(claims -> claims.expirationTime(justOver)));
        verifier.verify(provider.tokens("ada").with(claims -> claims.notBeforeTime(soon)));
        clock.ahead(Duration.ofMinutes(6));
        assertThat(refusal(verifier, provider.tokens("ada").good())).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void aNewKeyIsFetchedOnceWhenItIsMet() {
        verifier.verify(provider.tokens("ada").good());
        clock.ahead(Discovery.PAUSE);
        provider.rotate();

        verifier.verify(provider.tokens("ada").good());
        verifier.verify(provider.tokens("ada").good());
        assertThat(provider.keyQuestions()).isEqualTo(2);
    }

    @Test
    void whoMakesUpKeysDoesNotDrumOnTheProvider() {
        verifier.verify(provider.tokens("ada").good());
        clock.ahead(Discovery.PAUSE);
        String stranger = provider.tokens("ada").bad().get("unknown kid");
        assertThat(refusal(verifier, stranger)).isEqualTo(Reason.UNAUTHENTICATED);
        for (int tries = 0; tries < 20; tries++) {
            assertThat(refusal(verifier, stranger)).as("the provider may have it by now").isEqualTo(Reason.AWAY);
            assertThatThrownBy(() -> verifier.verify(stranger)).isInstanceOfSatisfying(HephException.class,
                    e -> assertThat(e.data().get(TokenVerifier.UNKNOWN_KEY)).as("or somebody made it up").isEqualTo(true));
        }
        assertThat(provider.keyQuestions()).isEqualTo(2);
        clock.ahead(Discovery.PAUSE.multipliedBy(2));
        assertThat(refusal(verifier, stranger)).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(provider.keyQuestions()).isEqualTo(3);
    }

    /** A device whose token was refused would ask for another, and then for a person. */
    @Test
    void aNewKeyThatCannotBeLookedForNowIsNotTheFaultOfWhoCalls() {
        verifier.verify(provider.tokens("ada").good());
        provider.rotate();
        assertThat(refusal(verifier, provider.tokens("ada").good())).as("asked a moment ago").isEqualTo(Reason.AWAY);
        clock.ahead(Discovery.PAUSE);
        provider.down(true);
        assertThat(refusal(verifier, provider.tokens("ada").good())).as("not reached").isEqualTo(Reason.AWAY);
        provider.down(false);
        clock.ahead(Discovery.PAUSE.multipliedBy(2));
        verifier.verify(provider.tokens("ada").good());
    }

    @Test
    void keysAreFetchedFromNowhereElse() {
        provider.sendsKeysTo(provider.issuer() + "/elsewhere");
        assertThatThrownBy(() -> verifier.verify(provider.tokens("ada").good())).hasMessageContaining("302");
        provider.sendsKeysTo("");
        clock.ahead(Discovery.PAUSE);
        provider.namesKeysAt("http://id.example/keys");
        assertThatThrownBy(() -> verifier.verify(provider.tokens("ada").good())).hasMessageContaining("its keys are not to be had by https");
    }

    @Test
    void aTokenThatWasGoodAMomentAgoEndsWhenItSays() {
        String token = provider.tokens("ada").with(claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(20))));
        verifier.verify(token);
        verifier.verify(token);
        clock.ahead(Duration.ofSeconds(60));
        assertThat(refusal(verifier, token)).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void aWithdrawnKeyIsRefusedFiveMinutesLaterAtTheLatest() {
        String old = provider.tokens("ada").with(claims -> claims.expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1)))));
        verifier.verify(old);
        provider.rotate();
        provider.withdrawOld();
        verifier.verify(old);

        clock.ahead(ProviderKeys.FRESH);
        assertThat(refusal(verifier, old)).isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void aProviderThatIsAwayIsNotTheFaultOfWhoCalls() {
        provider.down(true);
        assertThatThrownBy(() -> verifier.verify(provider.tokens("ada").good())).isInstanceOfSatisfying(HephException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.AWAY);
            assertThat(e.data().get(TokenVerifier.UNKNOWN_KEY)).isEqualTo(false);
        });
        provider.down(false);
        assertThat(refusal(verifier, provider.tokens("ada").good())).as("asked a moment ago").isEqualTo(Reason.AWAY);
        clock.ahead(Discovery.PAUSE);
        verifier.verify(provider.tokens("ada").good());
    }

    @Test
    void oldKeysAreGoneByForAWhileAndNotForEver() {
        String token = provider.tokens("ada").with(claims -> claims.expirationTime(Date.from(Instant.now().plus(Duration.ofHours(5)))));
        verifier.verify(token);
        provider.down(true);
        clock.ahead(ProviderKeys.STALE.minusSeconds(1));
        verifier.verify(token);
        clock.ahead(ProviderKeys.STALE.plus(ProviderKeys.FRESH));
        assertThat(refusal(verifier, token)).isEqualTo(Reason.AWAY);
    }

    @Test
    void aProviderThatSaysItIsAnotherIsNotBelieved() {
        provider.claims("https://id.example");
        assertThatThrownBy(() -> verifier.verify(provider.tokens("ada").good()))
                .hasMessageContaining("it says that it is https://id.example: is auth.issuer right, to the letter?");
    }

    @Test
    void whoIsNotInTheGroupMayNot() {
        TokenVerifier family = verifier(Optional.of("family"));
        verifier(Optional.of("everybody")).verify(provider.tokens("ada").good());

        assertThat(refusal(family, provider.tokens("ada").good())).isEqualTo(Reason.FORBIDDEN);
        assertThat(refusal(family, provider.tokens("ada").with(claims -> claims.claim("groups", null)))).isEqualTo(Reason.FORBIDDEN);
        assertThatThrownBy(() -> family.verify(provider.tokens("ada").good()))
                .hasMessage("ada is not in the group family, which this hub is for; ask who runs it");
    }

    /** Goes ahead of the real one, in which tokens are made. */
    private static final class Moving extends Clock {
        private Duration ahead = Duration.ZERO;

        void ahead(Duration from) {
            ahead = from;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
