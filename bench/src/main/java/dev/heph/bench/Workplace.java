package dev.heph.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where one run works: a directory and the devices in it. Whatever ends the run, its failure or Ctrl-C too, stops and removes them. */
final class Workplace {
    private final Path checkout;
    private final Path directory;
    private final List<Device> devices = new ArrayList<>();

    private Workplace(Path checkout, Path directory) {
        this.checkout = checkout;
        this.directory = directory;
    }

    static Workplace open(String name) throws IOException {
        Path checkout = Path.of(System.getProperty("heph.root")).toRealPath();
        // Not in the tmp dir, which may be memory: that would make no write durable.
        Workplace place = new Workplace(checkout, Files.createTempDirectory(Files.createDirectories(checkout.resolve("bench/target")), name));
        Runtime.getRuntime().addShutdownHook(new Thread(place::cleanUp));
        return place;
    }

    Path checkout() {
        return checkout;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    synchronized Device device(String name) throws IOException {
        Device device = new Device(checkout, file(name));
        devices.add(device);
        return device;
    }

    private synchronized void cleanUp() {
        for (Device device : devices) {
            try {
                device.close();
            } catch (Exception e) {
                System.err.println("bench: " + device + " could not be stopped: " + e.getMessage());
            }
        }
        try {
            Device.delete(directory);
        } catch (IOException e) {
            System.err.println("bench: " + directory + " could not be removed: " + e.getMessage());
        }
    }
}
