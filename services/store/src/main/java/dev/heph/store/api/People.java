package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Answers;
import dev.heph.runtime.Call;
import dev.heph.runtime.Json;
import dev.heph.runtime.Spaces;
import dev.heph.settings.IoReason;
import dev.heph.store.db.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The people of a hub. Each has a directory with a database of their own, whose name is a hash of who they are: what a request can reach
 * is what is in the one directory that its space names, whatever the request says and however a query is written. Those not asked about
 * for a while are closed.
 */
final class People implements Spaces, AutoCloseable {
    static final int MOST_OPEN = 64;

    private static final String OWNER = "owner.json";

    private final Path directory;
    private final InstantSource clock;
    private final Rooms<OpenSpace> open;

    /** @param opening opens the data in a directory */
    People(Path directory, Function<Path, OpenSpace> opening, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
        this.open = new Rooms<>(MOST_OPEN, space -> opening.apply(directory.resolve(space)));
    }

    /**
     * Answers also {@code people.admit} {issuer, subject, name}: {space}, and {@code people.count}: {people}. For auth alone, which has
     * seen their token.
     */
    void admitting(Answers answers) {
        answers.call("people.admit", Call.of(this::admit)).call("people.count", Call.of(params -> Json.object().put("people", count())));
    }

    /** What is found in a person's space, which is opened if it is not. */
    <T> T in(String space, Function<OpenSpace, T> asking) {
        try (Rooms.Stay<OpenSpace> stay = open.enter(space)) {
            return asking.apply(stay.content());
        }
    }

    /**
     * What is told of a person's space, which is read as it lies there if nobody has it open: nothing of it is written. One that an older heph has
     * left, or that was made a moment ago, is opened all the same, as by its person's next request.
     */
    <T> T told(String space, Function<SpaceReport, T> asking) {
        Optional<Rooms.Stay<OpenSpace>> used = open.enterIfOpen(space);
        if (used.isPresent()) {
            try (Rooms.Stay<OpenSpace> stay = used.get()) {
                return asking.apply(stay.content().report());
            }
        }
        Database database = Database.ofMany(directory.resolve(space));
        return Files.exists(database.file()) && database.schema().equals(OptionalInt.of(Database.latestSchema()))
                ? SpaceReport.reading(database, clock, asking)
                : in(space, one -> asking.apply(one.report()));
    }

    /** Who they are is in that file. */
    Path owner(String space) {
        return directory.resolve(space).resolve(OWNER);
    }

    /** {@code {name, issuer, subject, since}}, as their first token said. */
    ObjectNode who(String space) {
        try {
            JsonNode owner = Json.read(Files.readAllBytes(owner(space)));
            return Json.object().put("name", owner.path("name").asText()).put("issuer", owner.path("issuer").asText())
                    .put("subject", owner.path("subject").asText()).put("since", owner.path("since").asLong());
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "who has the space " + space + " cannot be read: " + IoReason.of(e), e);
        }
    }

    /** A person who has not been here before gets a directory, and with it an empty space. */
    private JsonNode admit(JsonNode params) {
        var person = new Person(params.path("issuer").asText(), params.path("subject").asText());
        Path data = directory.resolve(person.space());
        try {
            if (!Files.exists(data.resolve(OWNER))) {
                begin(data, person, params.path("name").asText());
            }
            JsonNode owner = Json.read(Files.readAllBytes(data.resolve(OWNER)));
            if (!new Person(owner.path("issuer").asText(), owner.path("subject").asText()).equals(person)) {
                throw new HephException(Reason.STORAGE, data + " says in " + OWNER
                        + " that it is somebody else's: put back the one that was there");
            }
            return Json.object().put("space", person.space());
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "no place could be made for a person in " + data + ": " + e.getMessage(), e);
        }
    }

    private void begin(Path data, Person person, String name) throws IOException {
        Files.createDirectories(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createTempFile(data, "owner", ".tmp");
        ObjectNode owner = Json.object().put("issuer", person.issuer()).put("subject", person.subject()).put("name", name)
                .put("since", clock.millis());
        Files.write(draft, Json.bytes(owner));
        Files.move(draft, data.resolve(OWNER), StandardCopyOption.ATOMIC_MOVE); // of two at once both write the same person
    }

    long count() {
        try {
            return spaces().size();
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot look into " + directory + ": " + e.getMessage(), e);
        }
    }

    List<String> spaces() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(data -> Files.exists(data.resolve(OWNER))).map(data -> data.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public Visit visit(String space) {
        if (!Person.isSpace(space) || !Files.exists(directory.resolve(space).resolve(OWNER))) {
            throw new HephException(Reason.NOT_FOUND, "this hub has no such space");
        }
        Rooms.Stay<OpenSpace> stay = open.enter(space);
        return new Visit() {
            @Override
            public Answers answers() {
                return stay.content().answers();
            }

            @Override
            public void close() {
                stay.close();
            }
        };
    }

    /** How many are open. */
    int open() {
        return open.names().size();
    }

    /** Of all that are open. */
    long sum(ToLongFunction<OpenSpace> figure) {
        var sum = new AtomicLong();
        each((name, space) -> sum.addAndGet(figure.applyAsLong(space)));
        return sum.get();
    }

    /** All that are open, by their names. */
    void each(BiConsumer<String, OpenSpace> visiting) {
        for (String name : open.names()) {
            open.enterIfOpen(name).ifPresent(stay -> {
                try (stay) {
                    visiting.accept(name, stay.content());
                }
            });
        }
    }

    @Override
    public void close() {
        open.close();
    }
}
