package dev.heph.sync.device;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What may have brought a hub back that was away: this machine has slept, or has come to another network. */
final class Surroundings {
    /** A clock that is set right moves by less. */
    private static final Duration SLEEP = Duration.ofSeconds(15);

    /** What programs make, such as containers. */
    private static final Pattern MADE = Pattern.compile("(docker|br-|veth|virbr|vnet|cni|flannel|tap|tun|wg).*");

    private final Clock clock;
    private final LongSupplier nanos;
    private final Supplier<Set<InetAddress>> addresses;
    private long sleptMillis;
    private Set<InetAddress> known;

    /** @param nanos a clock that stands still while the machine sleeps, in nanoseconds, as {@link System#nanoTime} does on Linux */
    Surroundings(Clock clock, LongSupplier nanos, Supplier<Set<InetAddress>> addresses) {
        this.clock = clock;
        this.nanos = nanos;
        this.addresses = addresses;
        this.sleptMillis = ahead();
        this.known = addresses.get();
    }

    static Surroundings of(Clock clock, LongSupplier nanos) {
        return new Surroundings(clock, nanos, Surroundings::addresses);
    }

    /** Whether they are others than when this was asked last. */
    boolean changed() {
        long ahead = ahead();
        boolean slept = ahead - sleptMillis > SLEEP.toMillis();
        sleptMillis = ahead;
        Set<InetAddress> now = addresses.get();
        boolean moved = !now.equals(known);
        known = now;
        return slept || moved;
    }

    /** By how much the time of day has gone on further than the clock that stands still. */
    private long ahead() {
        return clock.millis() - Duration.ofNanos(nanos.getAsLong()).toMillis();
    }

    /** Of version 4: those of version 6 change by themselves, for privacy. Of what leads out: containers come and go. */
    private static Set<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces().filter(Surroundings::leadsOut).flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance).collect(Collectors.toSet());
        } catch (SocketException unknown) {
            return Set.of();
        }
    }

    private static boolean leadsOut(NetworkInterface one) {
        try {
            return one.isUp() && !one.isLoopback() && !one.isPointToPoint() && !one.isVirtual() && !MADE.matcher(one.getName()).matches();
        } catch (SocketException gone) {
            return false;
        }
    }
}
