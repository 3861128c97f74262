package dev.heph.store.view;

import dev.heph.model.id.Id;
import dev.heph.model.markdown.LinkRef;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A link that fits several notes alike: it leads to the oldest of them, which may not be the one that is meant.
 *
 * @param in what the note is called that it stands in
 * @param target as it is written
 * @param notes how many it fits
 */
public record Ambiguity(String in, String target, int notes) {
    /** Those of visible notes, by the notes' titles. */
    public static List<Ambiguity> all(Tx tx, Space space) {
        record Ref(Id src, String title, String type, String target, String folded) {}
        var resolution = new Resolution(tx, space);
        Map<String, List<Resolution.Candidate>> candidates = new HashMap<>();
        Map<Id, Source> sources = new HashMap<>();
        List<Ambiguity> all = new ArrayList<>();
        tx.all("SELECT r.src, n.title, r.type, r.target, r.folded FROM refs r JOIN nodes n ON n.space = r.space AND n.id = r.src AND n.tombstoned = 0"
                        + " WHERE r.space = ? AND r.dst IS NOT NULL AND r.folded IN (SELECT folded FROM names WHERE space = ? AND rank <= ? GROUP BY folded"
                        + " HAVING count(DISTINCT entity) > 1) ORDER BY n.title, r.src, r.ordinal",
                row -> new Ref(Id.of(row.getBytes(1)), row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                space.num(), space.num(), Names.ALIAS).forEach(ref -> {
                    boolean relative = ref.type().equals(LinkRef.Kind.MARKDOWN.name().toLowerCase(Locale.ROOT));
                    int fits = Resolution.meant(candidates.computeIfAbsent(ref.folded(), resolution::candidates),
                            () -> sources.computeIfAbsent(ref.src(), src -> Source.of(tx, space, src)), ref.target(), relative).size();
                    if (fits > 1) {
                        all.add(new Ambiguity(ref.title(), ref.target(), fits));
                    }
                });
        return all;
    }

    @Override
    public String toString() {
        return "'" + target + "' in '" + in + "' fits " + notes + " notes";
    }
}
