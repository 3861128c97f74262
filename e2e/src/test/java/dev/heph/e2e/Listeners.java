package dev.heph.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The addresses at which processes take connections from the network, as the kernel tells them. */
final class Listeners {
    private static final String TCP_LISTEN = "0A";
    private static final String UDP_UNCONNECTED = "07";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private Listeners() {}

    /** Each as {@code tcp 127.0.0.1}, without its port; what is not loopback is left as the kernel writes it. */
    static List<String> of(List<ProcessHandle> processes) {
        Set<String> inodes = new HashSet<>();
        processes.forEach(process -> inodes.addAll(sockets(process)));
        return Stream.of("tcp", "tcp6", "udp", "udp6")
                .flatMap(protocol -> rows(protocol, inodes))
                .toList();
    }

    private static Stream<String> rows(String protocol, Set<String> inodes) {
        String listening = protocol.startsWith("tcp") ? TCP_LISTEN : UDP_UNCONNECTED;
        try (var lines = Files.lines(Path.of("/proc/net", protocol))) {
            return lines
                    .skip(1)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(row -> row[STATE].equals(listening) && inodes.contains(row[INODE]))
                    .map(row -> protocol.substring(0, 3) + " "
                            + address(row[LOCAL_ADDRESS].split(":")[0]))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kernel writes an address in words of four bytes, each in the machine's order. */
    private static String address(String hex) {
        return switch (hex) {
            case "0100007F", "0000000000000000FFFF00000100007F" -> "127.0.0.1";
            case "00000000000000000000000001000000" -> "::1";
            default -> hex;
        };
    }

    private static Set<String> sockets(ProcessHandle process) {
        var inodes = new HashSet<String>();
        try (var descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = Files.isSymbolicLink(descriptor)
                        ? Files.readSymbolicLink(descriptor).toString()
                        : "";
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
            return inodes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
