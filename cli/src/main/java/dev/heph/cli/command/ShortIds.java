package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Ids as people type them: the end of the ULID (its head is time), just long enough to tell what is shown apart. */
final class ShortIds {
    private static final int LETTERS_MIN = 4;
    private static final int ID_LETTERS = 26;

    private final int letters;

    private ShortIds(int letters) {
        this.letters = letters;
    }

    static ShortIds ofIds(Collection<String> ids) {
        int letters = LETTERS_MIN;
        int different = new HashSet<>(ids).size();
        while (letters < ID_LETTERS && endings(ids, letters) < different) {
            letters++;
        }
        return new ShortIds(letters);
    }

    private static int endings(Collection<String> ids, int letters) {
        var endings = new HashSet<String>();
        ids.forEach(id -> endings.add(new ShortIds(letters).of(id)));
        return endings.size();
    }

    /** What names a node, or of a further date of a task that repeats the occurrence: what is done to that is done to this date. */
    static String whole(Json node) {
        Json occurrence = node.at("occurrence");
        return (occurrence.isNull() ? node.at("id") : occurrence).text();
    }

    /** For objects that have an {@code id}. */
    static ShortIds of(List<Json> nodes) {
        return ofIds(nodes.stream().map(ShortIds::whole).toList());
    }

    /** Of a node that is shown alone. */
    static String alone(Json node) {
        return new ShortIds(LETTERS_MIN).of(node);
    }

    String of(Json node) {
        return of(whole(node));
    }

    String of(String id) {
        return id.substring(Math.max(0, id.length() - letters)).toLowerCase(Locale.ROOT);
    }
}
