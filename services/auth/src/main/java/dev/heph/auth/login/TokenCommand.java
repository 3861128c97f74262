package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A command that prints the token, such as a password manager's; asked again when the one it printed ends or was refused. */
final class TokenCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For a token that does not say when it ends. */
    private static final Duration USUAL_LIFE = Duration.ofMinutes(5);

    private final String command;
    private final InstantSource clock;
    private Optional<Tokens> printed = Optional.empty();

    TokenCommand(String command, InstantSource clock) {
        this.command = command;
        this.clock = clock;
    }

    /** @throws HephException {@link Reason#UNAUTHENTICATED} if the command prints none */
    synchronized String token(Optional<String> refused) {
        if (printed.filter(known -> !known.ending(clock.instant()) && !Optional.of(known.access()).equals(refused)).isEmpty()) {
            String token = run();
            printed = Optional.of(new Tokens(token, Optional.empty(), clock.instant(), life(token)));
        }
        return printed.get().access();
    }

    private String run() {
        try {
            Process process = new ProcessBuilder("sh", "-c", command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw failed("did not end within " + PATIENCE.toSeconds() + " s", null);
            }
            String token = new String(process.getInputStream().readNBytes(1 << 16), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0 || !token.matches("[!-~]+")) {
                throw failed(process.exitValue() == 0 ? "printed no token" : "ended with code " + process.exitValue(), null);
            }
            return token;
        } catch (IOException e) {
            throw failed("cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.AWAY, "heph is stopping; try again", e);
        }
    }

    private static HephException failed(String why, Exception cause) {
        return new HephException(Reason.UNAUTHENTICATED, "the command of the setting token_command " + why + "; try it in a terminal",
                cause);
    }

    /** By what a JWT says of itself: whether that holds is the hub's affair. */
    private Duration life(String token) {
        try {
            JsonNode claims = Json.read(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
            Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(claims.path("exp").asLong()));
            return claims.has("exp") && left.isPositive() ? left : USUAL_LIFE;
        } catch (HephException | IllegalArgumentException | IndexOutOfBoundsException opaque) {
            return USUAL_LIFE;
        }
    }
}
