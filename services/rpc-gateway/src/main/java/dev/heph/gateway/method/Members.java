package dev.heph.gateway.method;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.heph.gateway.rpc.JsonText;
import dev.heph.settings.Nearest;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks an object against the members it may have. */
final class Members {
    private Members() {}

    /**
     * @param path what stands before a member's name in a complaint
     * @param json at the start of the object; left anywhere in it if there is a complaint
     */
    static Optional<String> check(List<Param> members, String path, JsonParser json) throws IOException {
        Set<String> seen = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            Param member = find(members, name);
            if (member == null) {
                return Optional.of(unknown(members, path, name));
            }
            if (!seen.add(name)) {
                // Readers differ in which one they take, so what was checked might not be what is carried out.
                return Optional.of("'" + path + name + "' is given twice");
            }
            json.nextToken();
            Optional<String> complaint = member.type().check(path + name, json);
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return members.stream()
                .filter(member -> member.required() && !seen.contains(member.name()))
                .findFirst()
                .map(member -> "'" + path + member.name() + "' is missing (" + member.description() + ")");
    }

    private static Param find(List<Param> members, String name) {
        for (Param member : members) {
            if (member.name().equals(name)) {
                return member;
            }
        }
        return null;
    }

    private static String unknown(List<Param> members, String path, String name) {
        List<String> known = members.stream().map(Param::name).toList();
        String help = Nearest.to(name.substring(0, Math.min(name.length(), 40)), known)
                .map(near -> "did you mean '" + path + near + "'?")
                .orElseGet(() -> known.isEmpty()
                        ? "there are none"
                        : "known are " + known.stream().map(k -> "'" + path + k + "'").collect(Collectors.joining(", ")));
        return "unknown parameter " + JsonText.quote(path + name) + ": " + help;
    }
}
