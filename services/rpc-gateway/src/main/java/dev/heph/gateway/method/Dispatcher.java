package dev.heph.gateway.method;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.rpc.Message;
import dev.heph.gateway.rpc.Message.Line;
import dev.heph.gateway.rpc.Message.Malformed;
import dev.heph.gateway.rpc.Message.Request;
import dev.heph.gateway.rpc.Replies;
import dev.heph.gateway.rpc.Session;
import dev.heph.runtime.Access;
import dev.heph.runtime.Correlation;
import dev.heph.runtime.Meters;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** From what a client sent to what it is answered, whatever carried it. */
public final class Dispatcher {
    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Methods methods;
    private final Meters meters;

    public Dispatcher(Methods methods, Meters meters) {
        this.methods = methods;
        this.meters = meters;
    }

    /** Whether the line asks for something that may take long and should run beside what follows it. */
    public boolean aside(Line line) {
        return switch (line) {
            case Line.One(Message message) -> aside(message);
            case Line.Batch(List<Message> messages) -> messages.stream().anyMatch(this::aside);
        };
    }

    /** Carries the line out, a batch in its order. @return the answer; empty if the line holds only notifications */
    public Optional<byte[]> answer(Line line, Session session) {
        return switch (line) {
            case Line.One(Message message) -> answer(message, session);
            case Line.Batch(List<Message> messages) -> answer(messages, session);
        };
    }

    private Optional<byte[]> answer(List<Message> batch, Session session) {
        BatchReplies replies = new BatchReplies();
        for (Message message : batch) {
            switch (message) {
                case Malformed(var id, var problem) -> replies.tell(Replies.error(id, problem));
                // a notification adds nothing to the answer, and nobody would learn that it was refused
                case Request request when replies.full() && request.id().isPresent() ->
                    replies.refuse(request.id().get());
                case Request request ->
                    answer(request, session).ifPresent(reply -> replies.add(request.id().orElseThrow(), reply));
            }
        }
        return replies.line();
    }

    private boolean aside(Message message) {
        return message instanceof Request request && methods.aside(request.method());
    }

    private Optional<byte[]> answer(Message message, Session session) {
        return switch (message) {
            case Malformed(var id, var problem) -> Optional.of(Replies.error(id, problem));
            case Request request -> answer(request, session);
        };
    }

    private Optional<byte[]> answer(Request request, Session session) {
        return Correlation.call(Optional.empty(), () -> {
            long begun = System.nanoTime();
            Outcome outcome = outcome(request, session);
            var took = Duration.ofNanos(System.nanoTime() - begun);
            meters.took("heph.request", took, "route", outcome.route(), "status", Integer.toString(outcome.status()));
            Access.log(request.method(), outcome.status(), took, Optional.empty());
            return outcome.reply();
        });
    }

    /** @param route the method, if there is one of that name @param status as it is in HTTP */
    private record Outcome(String route, int status, Optional<byte[]> reply) {}

    private Outcome outcome(Request request, Session session) {
        String route = "unknown";
        try {
            Method method = methods.named(request.method());
            route = method.name();
            var params = method.check(request.params());
            byte[] result = method.handler().handle(new Call(method.name(), request.id(), params, request.client(), session));
            return new Outcome(route, 200, request.id().map(id -> Replies.result(id, result)));
        } catch (HephException e) {
            return new Outcome(route, e.reason().httpStatus(), request.id().map(id -> Replies.error(id, e)));
        } catch (RuntimeException | Error e) { // whatever it was, somebody waits for an answer
            LOG.log(Level.ERROR, request.method() + " failed", e);
            var defect = new HephException(
                    Reason.INTERNAL,
                    request.method() + " failed inside heph; the details are in its log: heph logs rpc-gateway");
            return new Outcome(route, defect.reason().httpStatus(), request.id().map(id -> Replies.error(id, defect)));
        }
    }
}
