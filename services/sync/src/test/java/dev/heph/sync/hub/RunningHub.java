package dev.heph.sync.hub;


import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Json;
import dev.heph.runtime.Meters;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub over real sockets, on a store that says what a test lets it say. */
@Timeout(60)
abstract class RunningHub {
    static final byte[] PAGE = "a page ".repeat(200).getBytes(StandardCharsets.UTF_8);
    static final String VECTOR = "{\"epoch\":\"E\",\"n\":7,\"chain\":\"00\",\"heads\":[]}";
    static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    @TempDir
    Path tmp;

    Home home;
    ServiceServer store;
    News news;
    HubServer hub;
    volatile boolean sound = true;
    final List<String> asked = new CopyOnWriteArrayList<>();
    final AtomicLong n = new AtomicLong(7);
    final AtomicInteger listeners = new AtomicInteger();
    final BlockingQueue<Long> log = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        home = Home.in(tmp).create();
        store = startStore();
        var calls = new HubStore(new ServiceClient(home, "store"));
        news = new News(calls, Clock.systemUTC());
        hub = listening(calls, ANY_PORT);
    }

    @AfterEach
    void stop() {
        hub.close();
        news.close();
        store.close();
    }

    /** A hub without a login. */
    HubServer listening(HubStore calls, InetSocketAddress address) {
        return HubServer.start(address, Optional.empty(), Optional.empty(), calls::ready,
                new OpenDoor(new Guest(calls, news::after, Instant.MAX)), Meters.NONE, Clock.systemUTC());
    }

    ServiceServer startStore() {
        ServiceServer started = ServiceServer.of("store", home, Clock.systemUTC())
                .ready(() -> sound)
                .call("exchange.state", request -> Answer.of(Json.object().put("n", n.get())))
                .call("exchange.page", request -> {
                    asked.add(new String(request.body(), StandardCharsets.UTF_8));
                    return Answer.raw(PAGE);
                })
                .call("exchange.take", request -> {
                    String parcel = new String(request.body(), StandardCharsets.UTF_8);
                    asked.add(parcel);
                    if (parcel.equals("forged")) {
                        throw new HephException(Reason.INVALID_PARAMS, "a signature is wrong");
                    }
                    if (parcel.equals("defect")) {
                        throw new IllegalStateException("a defect");
                    }
                    return Answer.raw("{\"applied\":" + request.body().length + "}");
                })
                .call("exchange.vector", request -> Answer.raw(VECTOR))
                .stream("/log", lines -> {
                    listeners.incrementAndGet();
                    try {
                        lines.send("");
                        while (true) {
                            lines.send("{\"seq\":1,\"n\":" + log.take() + "}");
                        }
                    } finally {
                        listeners.decrementAndGet();
                    }
                })
                .start();
        started.announce();
        return started;
    }


    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port());
        socket.setSoTimeout(20_000); // a test that waits for ever says nothing
        return socket;
    }

    int port() {
        return Integer.parseInt(hub.url().substring(hub.url().lastIndexOf(':') + 1));
    }

    Reply get(String path, String headers) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n");
    }

    Reply push(byte[] body, String headers) throws IOException {
        String head = "POST /sync/v1/push HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/cbor\r\n" + headers + "Content-Length: "
                + body.length + "\r\n\r\n";
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            Thread writing = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(body);
                } catch (IOException refusedBefore) {
                    return;
                }
            });
            Reply reply = Reply.read(socket.getInputStream());
            writing.interrupt();
            return reply;
        }
    }

    Reply exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return Reply.read(socket.getInputStream());
        }
    }
}
