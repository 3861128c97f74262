package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.auth.verify.Claims;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command that prints the token, such as a password manager's. It is asked again when the token it printed ends or was refused; for as
 * long as that does not help less and less often, as somebody may have to touch a key each time.
 */
final class TokenCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST = 1 << 16;

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** For a token that does not say when it ends. */
    private static final Duration USUAL_LIFE = Duration.ofMinutes(5);

    private final String command;
    private final InstantSource clock;
    private Optional<Tokens> printed = Optional.empty();
    private Optional<HephException> failure = Optional.empty();
    private Instant ran = Instant.MIN;
    private Duration pause = Duration.ZERO;

    TokenCommand(String command, InstantSource clock) {
        this.command = command;
        this.clock = clock;
    }

    /** @throws HephException {@link Reason#UNAUTHENTICATED} if the command prints none */
    synchronized String token(Optional<String> refused) {
        Instant now = clock.instant();
        boolean rejected = refused.isPresent() && printed.map(Tokens::access).equals(refused);
        boolean good = failure.isEmpty() && printed.filter(token -> !token.ending(now)).isPresent();
        boolean waits = (rejected || failure.isPresent()) && !now.isBefore(ran) && now.isBefore(ran.plus(pause));
        if (waits && failure.isPresent()) {
            throw failure.get();
        }
        if (!waits && (rejected || !good)) {
            run(rejected, now);
        }
        return printed.get().access();
    }

    private void run(boolean rejected, Instant now) {
        boolean again = rejected || failure.isPresent();
        pause = !again ? Duration.ZERO : longer();
        ran = now;
        try {
            String token = output();
            printed = Optional.of(new Tokens(token, Optional.empty(), now, life(token, now)));
            failure = Optional.empty();
        } catch (HephException e) {
            failure = Optional.of(e);
            pause = again ? pause : FIRST_PAUSE;
            throw e;
        }
    }

    private Duration longer() {
        Duration twice = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** It is read while the command runs: one that prints much would wait for that for ever. */
    private String output() {
        Process process = started();
        try {
            var reading = new FutureTask<>(() -> process.getInputStream().readNBytes(LONGEST));
            Thread.ofVirtual().name("token command").start(reading);
            byte[] read = reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            process.getInputStream().close();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                throw failed("prints without end, or does not end when it has printed", null);
            }
            String token = new String(read, StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0 || !token.matches("[!-~]+")) {
                throw failed(process.exitValue() == 0 ? "printed no token" : "ended with code " + process.exitValue(), null);
            }
            return token;
        } catch (TimeoutException e) {
            throw failed("did not end within " + PATIENCE.toSeconds() + " s", e);
        } catch (IOException | ExecutionException e) {
            throw failed("cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.AWAY, "heph is stopping; try again", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process started() {
        try {
            Process process = new ProcessBuilder("sh", "-c", command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw failed("cannot be run: " + e.getMessage(), e);
        }
    }

    private static HephException failed(String why, Exception cause) {
        return new HephException(Reason.UNAUTHENTICATED, "the command of the setting token_command " + why + "; try it in a terminal",
                cause);
    }

    /** By what a JWT says of itself: whether that holds is the hub's affair. */
    private static Duration life(String token, Instant now) {
        JsonNode ends = Claims.of(token).path("exp");
        Duration left = ends.isNumber() ? Duration.between(now, Instant.ofEpochSecond(ends.asLong())) : USUAL_LIFE;
        return left.isPositive() ? left : USUAL_LIFE;
    }
}
