package dev.heph.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * The machine of the cluster: processes, mounts and a network of its own, and hosts with a network of their own, wired to it. This
 * machine's network is
 * never touched. All of it hangs on one process that reads from us: when we end, however that comes, the kernel ends and removes the rest.
 */
final class Node implements AutoCloseable {
    /** Where the kubelet asks from. */
    static final String ADDRESS = "10.42.0.1";

    private static final String GATEWAY = "169.254.1.1";

    private static final String BEGIN = """
            set -e
            mount -t proc proc /proc
            mount -t tmpfs -o mode=755 tmpfs /run
            mkdir /run/netns
            ip link set lo up
            ip address add %s/32 dev lo
            echo 1 >/proc/sys/net/ipv4/ip_forward
            echo 0 >/proc/sys/net/ipv4/icmp_ratelimit # who asks often is refused as often
            echo begun
            exec cat
            """.formatted(ADDRESS);

    private final Process process;
    private final long init;
    private int hosts;

    private Node(Process process) {
        this.process = process;
        this.init = process.children().findFirst().orElseThrow().pid();
    }

    /** @return what stands in the way of one here, such as that we are not root */
    static Optional<String> missing() {
        if (!root()) {
            return Optional.of("only root may make namespaces");
        }
        for (String command : List.of("ip", "nft", "unshare", "nsenter", "setpriv", "keytool")) {
            if (List.of(System.getenv("PATH").split(":")).stream().noneMatch(place -> Files.isExecutable(Path.of(place, command)))) {
                return Optional.of("there is no " + command + " here (Debian: iproute2, nftables, util-linux; the JDK)");
            }
        }
        try (Node node = begin()) {
            node.run("nft", "add table ip heph");
            return Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static boolean root() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    static Node begin() {
        try {
            Process process = new ProcessBuilder("unshare", "--pid", "--mount", "--net", "--fork", "--kill-child",
                    "--propagation", "private",
                    "sh", "-c", BEGIN).redirectErrorStream(true).start();
            String said = process.inputReader().readLine();
            if (!"begun".equals(said)) {
                process.destroyForcibly();
                throw new UncheckedIOException(new IOException("no namespaces here: " + said));
            }
            return new Node(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A host of that name and address, as a pod has it or somebody outside. */
    void host(String name, String address) {
        shell("""
                set -e
                ip netns add %1$s
                ip link add host%2$d type veth peer name eth0 netns %1$s
                ip address add %3$s/32 dev host%2$d
                ip link set host%2$d up
                ip -n %1$s link set lo up
                ip -n %1$s address add %4$s/32 dev eth0
                ip -n %1$s link set eth0 up
                ip -n %1$s route add %3$s dev eth0
                ip -n %1$s route add default via %3$s src %4$s
                ip route add %4$s/32 dev host%2$d src %5$s
                """.formatted(name, ++hosts, GATEWAY, address, ADDRESS));
    }

    void removeHost(String name) {
        run("ip", "netns", "delete", name);
    }

    /** Names for whoever runs here and has no file of its own. */
    void names(Path file) {
        run("mount", "--bind", file.toString(), "/etc/hosts");
    }

    /** What runs a command among the processes of this node, with its files and its network. */
    List<String> command(String... command) {
        return entering(List.of("--net"), List.of(command));
    }

    /** The same, with the network of a host. */
    List<String> commandAt(String host, List<String> command) {
        var at = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + host, "--"));
        at.addAll(command);
        return entering(List.of(), at);
    }

    private List<String> entering(List<String> further, List<String> command) {
        var all = new ArrayList<>(List.of("nsenter", "--target", "" + init, "--pid", "--mount"));
        all.addAll(further);
        all.add("--");
        all.addAll(command);
        return all;
    }

    /** @return what it said @throws UncheckedIOException if it fails */
    String run(String... command) {
        return output(command(command));
    }

    String shell(String script) {
        return run("sh", "-c", script);
    }

    private static String output(List<String> command) {
        return output(command, System.getenv());
    }

    static String output(List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + said.strip());
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Does something in a thread whose sockets are of this node's network. */
    <T> T here(Callable<T> task) throws Exception {
        return Network.in(Path.of("/proc/" + init + "/ns/net"), task);
    }

    /** Does something in a thread whose sockets are of that host's network; they stay so, whoever uses them later. */
    <T> T at(String host, Callable<T> task) throws Exception {
        return Network.in(Path.of("/proc/" + init + "/root/run/netns/" + host), task);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
