package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.runtime.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What texts refer to and nothing is called: each name once, and where it stands. */
public final class Missing {
    /** A name that is in more places is known well enough by these. */
    private static final int MOST_PLACES = 100;

    /** Pictures and their like stay where they were: no note will ever be called so. */
    private static final Pattern FILE = Pattern.compile(".*\\.(?i:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|heic|ico|pdf"
            + "|mp[34]|m4[av]|mov|mkv|webm|og[gav]|wav|flac|3gp|zip|gz|csv|tsv|json|ya?ml|txt|docx?|xlsx?|pptx?|odt|ods|epub|canvas|base|excalidraw)");

    private final Db db;
    private final int space;

    public Missing(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    private record Place(Id id, String kind, String title, String line, String target) {
        ObjectNode json() {
            return Json.object().put("id", id.toString()).put("kind", kind).put("title", title)
                    .put("context", Sentence.around(line, target));
        }
    }

    private record Name(String name, boolean file, List<Place> places) {
        boolean is(boolean wanted) {
            return file == wanted;
        }
    }

    /**
     * A page of names, the one in the most places first.
     *
     * @param files whether of files, such as pictures, instead of notes
     * @param after how many are passed over, the {@code next} of the page before
     */
    public ObjectNode page(boolean files, int limit, long after) {
        Map<String, Name> names = new LinkedHashMap<>();
        db.all("SELECT r.target, n.id, n.kind, n.title, r.line FROM refs r"
                        + " JOIN nodes n ON n.space = r.space AND n.id = r.src AND n.kind IS NOT NULL AND n.tombstoned = 0"
                        + " WHERE r.space = ? AND r.dst IS NULL AND r.target <> '' ORDER BY n.modified DESC, n.id, r.ordinal",
                row -> {
                    String target = row.text(1);
                    String bare = bare(target);
                    return names.computeIfAbsent(NameFold.fold(bare), folded -> new Name(bare, isFile(target), new ArrayList<>()))
                            .places().add(new Place(Id.of(row.bytes(2)), row.text(3), row.text(4), row.text(5), target));
                }, space);
        List<Name> wanted = names.values().stream()
                .filter(name -> name.is(files))
                .sorted(Comparator.comparingInt((Name name) -> name.places().size()).reversed().thenComparing(Name::name))
                .toList();
        ObjectNode page = Json.object();
        ArrayNode shown = page.putArray("missing");
        wanted.stream().skip(after).limit(limit).forEach(name -> {
            ObjectNode one = shown.addObject().put("name", name.name()).put("count", name.places().size());
            one.putArray("places").addAll(name.places().stream().limit(MOST_PLACES).map(Place::json).toList());
        });
        page.put("total", wanted.size()).put("files", names.values().stream().filter(name -> name.is(true)).count());
        if (after + shown.size() < wanted.size()) {
            page.put("next", Long.toString(after + shown.size()));
        }
        return page;
    }

    static boolean isFile(String target) {
        return FILE.matcher(target).matches();
    }

    private static String bare(String target) {
        return target.regionMatches(true, target.length() - 3, ".md", 0, 3) ? target.substring(0, target.length() - 3) : target;
    }
}
