package dev.heph.store.facts;

import dev.heph.model.checklist.Box;
import dev.heph.model.checklist.Checklist;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Edit;
import dev.heph.model.merge.Facts;
import dev.heph.model.merge.Race;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Head;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.register.Write;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextEdit;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The facts of one space in SQLite, within one transaction. Remembers which entities were touched, so that the views of
 * exactly these can be brought up to date.
 */
public final class SqlFacts implements Facts {
    /** How one entity changed in this transaction. */
    public record Touched(Hlc least, Hlc greatest, boolean body) {}

    /** Of how many the registers and tombstones are kept in memory: a change looks at the same few again and again. */
    private static final int KEPT_ENTITIES = 1_000;

    /** Fewer are read one by one as they are asked for. */
    private static final int WORTH_READING_TOGETHER = 8;

    private final Tx tx;
    private final Space space;
    private final Devices devices;
    private final Texts texts;
    private final Optional<DeviceId> own;
    private boolean revoked;
    private final Map<Id, Map<Field, Register>> registers = kept();
    private final Map<Id, List<OpId>> tombstones = kept();
    private final Map<Id, Touched> touched = new LinkedHashMap<>();
    private final Set<Id> edited = new HashSet<>();
    private final Log log;
    private final Map<Edited, Known> edits = new HashMap<>();

    private final Pasts pasts;

    /** Whether any text has races: most databases never have one, and need not be asked text by text. */
    private Optional<Boolean> hasRaces = Optional.empty();

    /** Facts that are only looked at. */
    public SqlFacts(Tx tx, Space space, Devices devices, Texts texts) {
        this(tx, space, devices, texts, Optional.empty());
    }

    /** @param own whose writing is never left out: this device's */
    public SqlFacts(Tx tx, Space space, Devices devices, Texts texts, Optional<DeviceId> own) {
        this.own = own;
        this.tx = tx;
        this.space = space;
        this.devices = devices;
        this.texts = texts;
        this.log = new Log(space, devices);
        this.pasts = new Pasts(tx, space, devices);
    }

    private static <T> Map<Id, T> kept() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Id, T> eldest) {
                return size() > KEPT_ENTITIES;
            }
        };
    }

    Log log() {
        return log;
    }

    /** The entities touched since the last call, in the order of their first touch. */
    public Map<Id, Touched> takeTouched() {
        Map<Id, Touched> taken = new LinkedHashMap<>(touched);
        touched.clear();
        edited.clear();
        return taken;
    }

    @Override
    public Register register(Id entity, Field field) {
        return kept(entity).getOrDefault(field, Register.EMPTY);
    }

    /** Every register of one entity. */
    public Map<Field, Register> registers(Id entity) {
        return Collections.unmodifiableMap(kept(entity));
    }

    /** Says that an id was minted just now: nothing is known of it. */
    public void minted(Id entity) {
        registers.put(entity, new TreeMap<>());
        tombstones.put(entity, List.of());
    }

    private Map<Field, Register> kept(Id entity) {
        return registers.computeIfAbsent(entity, this::load);
    }

    private Map<Field, Register> load(Id entity) {
        Tips tips = new Tips();
        tx.each("SELECT facet, field, device, seq, hlc, value, initial FROM tips WHERE space = ? AND entity = ?",
                row -> tips.add(row, 1), space.num(), entity);
        return tips.registers();
    }

    /** Reads the registers of many entities at once: they will be asked for next. */
    public void expect(Collection<Id> entities) {
        List<Id> unknown = entities.stream().filter(entity -> !registers.containsKey(entity)).distinct().limit(KEPT_ENTITIES).toList();
        if (unknown.size() < WORTH_READING_TOGETHER) {
            return;
        }
        Map<Id, Tips> tips = new HashMap<>();
        unknown.forEach(entity -> tips.put(entity, new Tips()));
        tx.each("SELECT t.facet, t.field, t.device, t.seq, t.hlc, t.value, t.initial, t.entity FROM json_each(?) j CROSS JOIN tips t"
                        + " ON t.space = ? AND t.entity = unhex(j.value)",
                row -> tips.get(Id.of(row.getBytes(8))).add(row, 1),
                unknown.stream().map(entity -> HexFormat.of().formatHex(entity.bytes())).collect(Collectors.joining("\",\"", "[\"", "\"]")), space.num());
        tips.forEach((entity, found) -> registers.put(entity, found.registers()));
    }

    /** The writes of one entity's registers as they are read. */
    private final class Tips {
        private final Map<Field, List<Write>> writes = new TreeMap<>();

        void add(ResultSet row, int from) throws SQLException {
            writes.computeIfAbsent(new Field(row.getString(from), row.getString(from + 1)), field -> new ArrayList<>(1)).add(write(row, from + 2));
        }

        Map<Field, Register> registers() {
            Map<Field, Register> registers = new TreeMap<>();
            writes.forEach((field, tips) -> registers.put(field, new Register(tips)));
            return registers;
        }
    }

    private Write write(ResultSet row, int from) throws SQLException {
        OpId op = new OpId(devices.id(tx, row.getInt(from)), row.getLong(from + 1));
        Value value = ValueCodec.decode(row.getBytes(from + 3));
        return new Write(op, Hlc.of(row.getBytes(from + 2)), value, row.getBoolean(from + 4));
    }

    @Override
    public void register(Id entity, Field field, Register register) {
        Register before = register(entity, field);
        for (Write gone : before.tips()) {
            if (!register.tips().contains(gone)) {
                tx.run("DELETE FROM tips WHERE space = ? AND entity = ? AND facet = ? AND field = ? AND device = ? AND seq = ?",
                        space.num(), entity, field.facet(), field.name(), device(gone.op()), gone.op().seq());
            }
        }
        for (Write tip : register.tips()) {
            if (!before.tips().contains(tip)) {
                tx.run("INSERT INTO tips (space, entity, facet, field, device, seq, hlc, value, initial)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        space.num(), entity, field.facet(), field.name(), device(tip.op()), tip.op().seq(), tip.hlc(),
                        ValueCodec.encode(tip.value()), tip.initial());
            }
        }
        kept(entity).put(field, register);
    }

    @Override
    public void addTag(Op.Link link, OpId tag) {
        tx.run("INSERT OR IGNORE INTO link_tags (space, src, type, dst, key, device, seq) VALUES (?, ?, ?, ?, ?, ?, ?)",
                space.num(), link.src(), link.type(), link.dst(), link.key().orElse(""), device(tag), tag.seq());
    }

    @Override
    public void removeTags(Op.Link link, Collection<OpId> tags) {
        for (OpId tag : tags) {
            tx.run("DELETE FROM link_tags WHERE space = ? AND src = ? AND type = +? AND dst = ? AND key = ?"
                    + " AND device = ? AND seq = ?",
                    space.num(), link.src(), link.type(), link.dst(), link.key().orElse(""), device(tag), tag.seq());
        }
    }

    /** The tags of a link: what removing it has seen. */
    public List<OpId> tags(Op.Link link) {
        // Without the +, SQLite plans anew with every type, for the sake of an index that holds one type alone.
        return tx.all("SELECT device, seq FROM link_tags WHERE space = ? AND src = ? AND type = +? AND dst = ? AND key = ?",
                this::opId, space.num(), link.src(), link.type(), link.dst(), link.key().orElse(""));
    }

    @Override
    public void addTombstone(Id entity, OpId tombstone) {
        tombstones.remove(entity);
        tx.run("INSERT OR IGNORE INTO tombstones (space, entity, device, seq) VALUES (?, ?, ?, ?)",
                space.num(), entity, device(tombstone), tombstone.seq());
    }

    @Override
    public void removeTombstones(Id entity, Collection<OpId> seen) {
        tombstones.remove(entity);
        for (OpId tombstone : seen) {
            tx.run("DELETE FROM tombstones WHERE space = ? AND entity = ? AND device = ? AND seq = ?",
                    space.num(), entity, device(tombstone), tombstone.seq());
        }
    }

    /** The tombstones on an entity: what restoring it has seen. */
    public List<OpId> tombstones(Id entity) {
        return tombstones.computeIfAbsent(entity, asked -> tx.all("SELECT device, seq FROM tombstones WHERE space = ? AND entity = ?",
                this::opId, space.num(), asked));
    }

    @Override
    public Text text(Id entity, String field) {
        return texts.get(tx, entity, field).text();
    }

    /** A text as it is shown, with the marks of its checkboxes. */
    public Checklist checklist(Id entity, String field) {
        return new Checklist(text(entity, field), mark -> field.equals(Mark.TEXT)
                ? Mark.of(register(entity, Mark.field(mark)).value()) : Optional.empty());
    }

    /** The list of one occurrence of the recurring task whose context a text is: fresh but for what was ticked in this one. */
    public Checklist checklist(Id entity, Id occurrence) {
        return new Checklist(text(entity, Mark.TEXT),
                mark -> Mark.of(register(entity, Mark.field(mark, Optional.of(occurrence))).value()).or(() -> Optional.of(Box.EMPTY)));
    }

    @Override
    public Version version(Id entity, String field) {
        return texts.get(tx, entity, field).version();
    }

    @Override
    public void text(Id entity, String field, Text text, Version version) {
        texts.put(entity, field, text, version);
        edited.add(entity);
    }

    @Override
    public void saw(DeviceId author, long firstSeq, Map<DeviceId, Head> heads) {
        pasts.saw(author, firstSeq, heads);
    }

    @Override
    public Version past(OpId op) {
        return pasts.of(op);
    }

    /** Whether the author of an op had seen another one. */
    public boolean saw(OpId later, OpId earlier) {
        return later.device().equals(earlier.device()) ? earlier.seq() < later.seq() : past(later).includes(earlier);
    }

    /** How far the author of an op had seen a device. */
    public long seen(OpId op, DeviceId device) {
        return past(op).seqs().getOrDefault(device, 0L);
    }

    /** The first op of a type, such as an edit of a text, by a device after one of its ops. */
    public Optional<OpId> firstAfter(String type, Id target, DeviceId device, long after) {
        return tx.first("SELECT seq FROM ops WHERE space = ? AND target = ? AND device = ? AND seq > ? AND type = ? AND applied = 1"
                + " ORDER BY seq LIMIT 1", row -> new OpId(device, row.getLong(1)), space.num(), target, devices.num(tx, device), after, type);
    }

    /** The log keeps it; in this transaction it is at hand. */
    @Override
    public void addEdit(Id entity, String field, Edit edit) {
        edits.computeIfAbsent(new Edited(entity, field, edit.op().device()), any -> new Known(edit.op().seq() - 1, new ArrayList<>())).edits().add(edit);
    }

    /** The edits of one text by one device. */
    private record Edited(Id entity, String field, DeviceId device) {}

    /** Those after an op of the device, as far as they are here. */
    private record Known(long after, List<Edit> edits) {}

    private List<Edit> edits(Id entity, String field, DeviceId device, long after) {
        Edited of = new Edited(entity, field, device);
        Known known = edits.get(of);
        if (known == null || known.after() > after) {
            List<Edit> all = new ArrayList<>(log.edits(tx, device, after, entity, field));
            if (known != null) {
                // Those of the bundle at hand are not in the log yet.
                known.edits().stream().filter(edit -> all.isEmpty() || edit.op().seq() > all.getLast().op().seq()).forEach(all::add);
            }
            known = new Known(after, all);
            edits.put(of, known);
        }
        return known.edits();
    }

    @Override
    public List<Edit> editsBeyond(Id entity, String field, Version seen) {
        List<Edit> edits = new ArrayList<>();
        version(entity, field).seqs().forEach((device, last) -> {
            long known = seen.seqs().getOrDefault(device, 0L);
            if (known < last) {
                edits(entity, field, device, known).stream().filter(edit -> edit.op().seq() > known).forEach(edits::add);
            }
        });
        return edits;
    }

    @Override
    public TextEdit edit(Id entity, String field, OpId op) {
        return edits(entity, field, op.device(), op.seq() - 1).stream().filter(edit -> edit.op().equals(op)).findFirst().orElseThrow().edit();
    }

    @Override
    public void race(Id entity, String field, Race race) {
        hasRaces = Optional.of(true);
        tx.run("INSERT INTO races (space, entity, field, device, seq, other_device, other_seq, settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET settled = max(settled, excluded.settled)",
                space.num(), entity, field, device(race.one()), race.one().seq(), device(race.other()), race.other().seq(), race.settled());
    }

    @Override
    public List<Race> races(Id entity, String field) {
        if (hasRaces.isEmpty()) {
            hasRaces = Optional.of(tx.first("SELECT 1 FROM races WHERE space = ? LIMIT 1", row -> true, space.num()).orElse(false));
        }
        return !hasRaces.get() ? List.of() : tx.all("SELECT device, seq, other_device, other_seq, settled FROM races WHERE space = ? AND entity = ? AND field = ?",
                        row -> new Race(opId(row), new OpId(devices.id(tx, row.getInt(3)), row.getLong(4)), row.getBoolean(5)),
                        space.num(), entity, field).stream().sorted().toList();
    }

    @Override
    public void addEntry(Id entity, OpId op, Hlc hlc, String text) {
        tx.run("INSERT OR IGNORE INTO entries (space, entity, hlc, device, seq, text) VALUES (?, ?, ?, ?, ?, ?)",
                space.num(), entity, hlc, device(op), op.seq(), text);
    }

    @Override
    public void enrol(DeviceId device, Bytes32 key, String name) {
        devices.enrol(tx, device, key, name);
    }

    @Override
    public void revoke(DeviceId device, Head last) {
        devices.revoke(tx, device, last);
        revoked = true;
    }

    @Override
    public Optional<Head> ended(DeviceId device) {
        return own.equals(Optional.of(device)) ? Optional.empty() : devices.ended(tx, device);
    }

    /** Whether anybody's right to write ended, so that what is here already may count no more. */
    public boolean hasRevoked() {
        return revoked;
    }

    @Override
    public void touch(Id entity, OpId op, Hlc hlc) {
        touched.merge(entity, new Touched(hlc, hlc, edited.contains(entity)), (before, now) -> new Touched(
                before.least().compareTo(hlc) <= 0 ? before.least() : hlc,
                before.greatest().compareTo(hlc) >= 0 ? before.greatest() : hlc,
                before.body() || now.body()));
    }

    /** The local number of an op's device. */
    public int device(OpId op) {
        return devices.num(tx, op.device());
    }

    private OpId opId(ResultSet row) throws SQLException {
        return new OpId(devices.id(tx, row.getInt(1)), row.getLong(2));
    }
}
