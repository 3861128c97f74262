package dev.heph.store.view;

import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.markdown.Extraction;
import dev.heph.model.markdown.LinkRef;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What texts refer to: read from the text when it changes, resolved again when a name changes hands. */
final class References {
    private final Tx tx;
    private final Space space;
    private final Resolution resolution;

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
        Optional<Source> source = Optional.empty();
        for (LinkRef link : extraction.links()) {
            if (ordinal == 0) {
                source = Optional.of(source(src));
            }
            String target = link.target();
            String folded = NameFold.fold(link.title());
            Id dst = resolution.resolve(source.orElseThrow(), target, folded, link.kind() == LinkRef.Kind.MARKDOWN).orElse(null);
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
        for (String folded : changed) {
            resolve(tx.all("SELECT src, ordinal, type, target, folded, dst FROM refs WHERE space = ? AND folded = ?",
                    References::ref, space.num(), folded));
        }
    }

    /** Looks again at every reference in one text, whose own place changed. */
    void resolveFrom(Id src) {
        resolve(tx.all("SELECT src, ordinal, type, target, folded, dst FROM refs WHERE space = ? AND src = ?",
                References::ref, space.num(), src));
    }

    private void resolve(List<Ref> refs) {
        for (Ref ref : refs) {
            boolean path = ref.type().equals("markdown");
            Id dst = resolution.resolve(source(ref.src()), ref.target(), ref.folded(), path).orElse(null);
            if (dst == null ? ref.dst() != null : !dst.equals(ref.dst())) {
                tx.run("UPDATE refs SET dst = ? WHERE space = ? AND src = ? AND ordinal = ?",
                        dst, space.num(), ref.src(), ref.ordinal());
            }
        }
    }

    private static Ref ref(ResultSet row) throws SQLException {
        byte[] dst = row.getBytes(6);
        return new Ref(Id.of(row.getBytes(1)), row.getInt(2), row.getString(3), row.getString(4), row.getString(5),
                dst == null ? null : Id.of(dst));
    }

    private Source source(Id id) {
        return tx.first("SELECT vault, path FROM nodes WHERE space = ? AND id = ?",
                        row -> new Source(Optional.ofNullable(row.getString(1)), Optional.ofNullable(row.getString(2))),
                        space.num(), id)
                .orElse(Source.NONE);
    }
}
