package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Request;
import dev.heph.cli.rpc.RpcException;
import dev.heph.cli.terminal.Width;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the node that a person means by a short id, a whole id, a title or an alias. */
final class Notes {
    private static final int NEAR_MISSES_MAX = 3;
    private static final String CANDIDATES = "candidates";

    private final Session session;
    private final Meant meant;

    Notes(Session session) {
        this.session = session;
        this.meant = new Meant(session);
    }

    /** @return the node, without its body */
    Json find(String name) {
        return find(name, null);
    }

    /** @param kind the only kind that will do, or null */
    Json find(String name, String kind) {
        return found(name, kind, session.call("node.resolve", "name", name, "kind", kind).json());
    }

    /** As {@link #find(String)}, but one that was deleted will do too if there is no other. */
    Json findEvenDeleted(String name) {
        return found(name, null, session.call("node.resolve", "name", name, "deleted", true).json());
    }

    /** A node, or with an {@code anchor} a part of one. */
    record Place(Json node, String anchor) {}

    /** As {@link #find(String)}, but {@code Note#Heading} and {@code Note#^block} will do as well. */
    Place findPlace(String name) {
        Json answer = session.call("node.resolve", "name", name).json();
        return new Place(whole(name, null, answer), answer.at("anchor").text());
    }

    /**
     * All of them, each once.
     *
     * @param kind the only kind that will do, or null
     * @throws HephException if one of them is not found: then nothing is to be done to any
     */
    List<Json> findAll(List<String> names, String kind) {
        Map<String, Json> nodes = new LinkedHashMap<>();
        for (int from = 0; from < names.size(); from += Session.TOGETHER) {
            List<String> some = names.subList(from, Math.min(names.size(), from + Session.TOGETHER));
            List<Json> answers = session.callAll(some.stream()
                    .map(name -> Request.of("node.resolve", "name", name, "kind", kind))
                    .toArray(Request[]::new));
            for (int i = 0; i < some.size(); i++) {
                Json node = found(some.get(i), kind, answers.get(i), names.size() > 1);
                nodes.put(ShortIds.whole(node), node);
            }
        }
        return List.copyOf(nodes.values());
    }

    private Json found(String name, String kind, Json answer, boolean several) {
        try {
            return found(name, kind, answer);
        } catch (HephException e) {
            throw several ? new HephException(e.reason(), "nothing was changed: " + e.getMessage(), e.data(), e) : e;
        }
    }

    /** The parameter that names them: {@code id} of one, of several {@code ids}. */
    static Map<String, Object> named(List<Json> nodes) {
        List<String> ids = nodes.stream().map(ShortIds::whole).toList();
        return ids.size() == 1 ? Json.object("id", ids.getFirst()) : Json.object("ids", ids);
    }

    /** The node in the answer of {@code node.resolve}; who means a part of a note must not have all of it deleted. */
    private Json found(String name, String kind, Json answer) {
        Json node = whole(name, kind, answer);
        if (!answer.at("anchor").isNull()) {
            throw new HephException(Reason.NOT_FOUND, none(name, kind, List.of(node)));
        }
        return node;
    }

    private Json whole(String name, String kind, Json answer) {
        Json node = answer.at("node");
        if (!node.isNull()) {
            return node;
        }
        List<Json> candidates = answer.at("candidates").list();
        if (answer.at("match").text().equals("several")) {
            return meant.of("'" + name + "' fits several", candidates)
                    .orElseThrow(() -> new HephException(Reason.AMBIGUOUS, "'" + name + "' fits several, take the one you mean by its id:",
                            Map.of(CANDIDATES, lines(candidates))));
        }
        return meant.of(no(name, kind), ofKind(kind, candidates))
                .orElseThrow(() -> new HephException(Reason.NOT_FOUND, none(name, kind, candidates)));
    }

    private static String no(String name, String kind) {
        return "no " + (kind == null ? "note" : kind) + " '" + name + "'";
    }

    private static List<Json> ofKind(String kind, List<Json> candidates) {
        return candidates.stream().filter(node -> kind == null || node.at("kind").text().equals(kind)).toList();
    }

    private static String none(String name, String kind, List<Json> candidates) {
        String what = no(name, kind);
        List<Json> fitting = ofKind(kind, candidates);
        String near = !fitting.isEmpty() ? ". Did you mean " + nearMisses(fitting) + "?"
                : !candidates.isEmpty() ? ": " + otherKind(candidates.getFirst()) + "." : ".";
        return what + near + " Try: heph list" + (kind == null ? "" : " --kind " + kind);
    }

    /** To be told that one meant just that would not help. */
    private static String otherKind(Json node) {
        return ShortIds.alone(node) + " " + Label.title(node) + " is a " + node.at("kind").text();
    }

    /** {@code a}, {@code a or b}, {@code a, b or c}. */
    private static String nearMisses(List<Json> candidates) {
        List<Json> shown = candidates.subList(0, Math.min(NEAR_MISSES_MAX, candidates.size()));
        ShortIds ids = ShortIds.of(shown);
        var names = new StringBuilder();
        for (int i = 0; i < shown.size(); i++) {
            names.append(i == 0 ? "" : i == shown.size() - 1 ? " or " : ", ");
            names.append(ids.of(shown.get(i))).append(' ').append(Label.title(shown.get(i)));
        }
        return names.toString();
    }

    /** What is to be shown below a refusal: those that fit. */
    static List<String> below(HephException refusal) {
        if (refusal instanceof RpcException refused) {
            return refused.reason() == Reason.AMBIGUOUS ? lines(refused.candidates()) : List.of();
        }
        return refusal.data().get(CANDIDATES) instanceof List<?> lines ? lines.stream().map(String::valueOf).toList() : List.of();
    }

    /** A line for each, with what tells them apart. */
    private static List<String> lines(List<Json> candidates) {
        ShortIds ids = ShortIds.of(candidates);
        return candidates.stream()
                .map(node -> "  " + ids.of(node) + "  " + node.at("kind").text() + "  "
                        + Label.title(node) + (node.at("path").isNull() ? "" : "  " + Width.line(node.at("path").text())))
                .toList();
    }
}
