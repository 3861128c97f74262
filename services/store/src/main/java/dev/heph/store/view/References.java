package dev.heph.store.view;

import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.markdown.Extraction;
import dev.heph.model.markdown.LinkRef;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** What texts refer to: read from the text when it changes, resolved again when a name changes hands. */
final class References {
    /** The type of a reference that is a path relative to its own file. */
    private static final String RELATIVE = LinkRef.Kind.MARKDOWN.name().toLowerCase(Locale.ROOT);

    private final Tx tx;
    private final Space space;
    private final Resolution resolution;

    /** Who has a name that several texts of one change mention. What comes to have it meanwhile is looked at by {@link #resolve}. */
    private final Map<String, List<Resolution.Candidate>> looked = new HashMap<>();

    References(Tx tx, Space space) {
        this.tx = tx;
        this.space = space;
        this.resolution = new Resolution(tx, space);
    }

    /** One stored reference and where its text stands. */
    private record Ref(Id src, int ordinal, String type, String target, String folded, Id dst) {}

    /** Replaces the references and tags of a text by those it has now. */
    void replace(Id src, String body, Extraction extraction) {
        tx.run("DELETE FROM refs WHERE space = ? AND src = ?", space.num(), src);
        int ordinal = 0;
        Supplier<Source> source = once(() -> source(src));
        for (LinkRef link : extraction.links()) {
            String target = link.target();
            String folded = NameFold.fold(link.title());
            boolean relative = link.kind() == LinkRef.Kind.MARKDOWN;
            Id dst = Resolution.choose(looked.computeIfAbsent(folded, resolution::candidates), source, target, relative).orElse(null);
            tx.run("INSERT INTO refs (space, src, ordinal, type, target, folded, label, anchor, start, line, dst)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    space.num(), src, ordinal++, link.kind().name().toLowerCase(Locale.ROOT), target, folded,
                    link.label(), link.anchor(), link.start(), Line.around(body, link), dst);
        }
        tx.run("DELETE FROM tagged WHERE space = ? AND entity = ?", space.num(), src);
        for (String tag : extraction.allTags()) {
            tx.run("INSERT INTO tagged (space, entity, folded, tag) VALUES (?, ?, ?, ?)",
                    space.num(), src, NameFold.fold(tag), tag);
        }
    }

    /** Looks again at every reference by one of these names. */
    void resolve(Set<String> changed) {
        looked.clear();
        for (String folded : changed) {
            List<Ref> refs = tx.all("SELECT src, ordinal, type, target, folded, dst FROM refs WHERE space = ? AND folded = ?",
                    References::ref, space.num(), folded);
            if (!refs.isEmpty()) {
                List<Resolution.Candidate> candidates = resolution.candidates(folded);
                refs.forEach(ref -> resolve(ref, candidates));
            }
        }
    }

    /** Looks again at every reference in one text, whose own place changed. */
    void resolveFrom(Id src) {
        tx.all("SELECT src, ordinal, type, target, folded, dst FROM refs WHERE space = ? AND src = ?",
                        References::ref, space.num(), src)
                .forEach(ref -> resolve(ref, resolution.candidates(ref.folded())));
    }

    private void resolve(Ref ref, List<Resolution.Candidate> candidates) {
        Supplier<Source> source = once(() -> source(ref.src()));
        Id dst = Resolution.choose(candidates, source, ref.target(), ref.type().equals(RELATIVE)).orElse(null);
        if (!Objects.equals(dst, ref.dst())) {
            tx.run("UPDATE refs SET dst = ? WHERE space = ? AND src = ? AND ordinal = ?",
                    dst, space.num(), ref.src(), ref.ordinal());
        }
    }

    private static <T> Supplier<T> once(Supplier<T> supplier) {
        return new Supplier<>() {
            private T value;

            @Override
            public T get() {
                if (value == null) {
                    value = supplier.get();
                }
                return value;
            }
        };
    }

    private static Ref ref(ResultSet row) throws SQLException {
        byte[] dst = row.getBytes(6);
        return new Ref(Id.of(row.getBytes(1)), row.getInt(2), row.getString(3), row.getString(4), row.getString(5),
                dst == null ? null : Id.of(dst));
    }

    private Source source(Id id) {
        return Source.of(tx, space, id);
    }
}
