package dev.heph.cli.command;

import dev.heph.cli.rpc.RpcClient;
import dev.heph.cli.terminal.Shell;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.function.Supplier;

/** Finds the gateway, and starts the daemon when there is none. */
final class Gateway {
    /** A start that is over sooner is not worth a word. */
    private static final int UNNOTICED_MILLIS = 300;

    private final Home home;
    private final Shell shell;
    private final Supplier<Daemon> daemon;

    Gateway(Home home, Shell shell, Supplier<Daemon> daemon) {
        this.home = home;
        this.shell = shell;
        this.daemon = daemon;
    }

    RpcClient connect(boolean mayStart) {
        try {
            return RpcClient.connect(home.socketToConnect());
        } catch (ClosedByInterruptException e) {
            throw new HephException(Reason.AWAY, "interrupted", e);
        } catch (IOException nobodyListens) {
            if (!mayStart) {
                throw new HephException(Reason.AWAY, "the daemon is not running. Start it: heph up");
            }
        }
        start();
        try {
            return RpcClient.connect(home.socketToConnect());
        } catch (IOException e) {
            throw new HephException(
                    Reason.AWAY,
                    "the daemon started, but " + home.socket() + " does not answer. See why: heph logs",
                    e);
        }
    }

    private void start() {
        Thread remark = Thread.ofPlatform().daemon().name("remark").start(this::remark);
        try {
            daemon.get().up(false);
        } finally {
            remark.interrupt();
        }
    }

    private void remark() {
        try {
            Thread.sleep(UNNOTICED_MILLIS);
            shell.say("heph: starting the daemon…");
        } catch (InterruptedException startedAlready) {
            return;
        }
    }
}
