package dev.heph.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What heph does for its surfaces, whatever shape it runs in: one device for all these tests, each with notes of its own. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class Contract
        implements NotesContract, EditContract, TasksContract, JournalContract, UpkeepContract, SocketContract, BadInputContract {
    private Path directory;
    private Device device;

    /** Starts it. */
    abstract void up(Device device);

    @BeforeAll
    void start(@TempDir Path directory) {
        this.directory = directory;
        device = Device.at(directory.resolve("home"));
        up(device);
    }

    @AfterAll
    void stop() {
        device.close();
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public Path directory() {
        return directory;
    }
}
