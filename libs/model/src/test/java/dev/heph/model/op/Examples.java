package dev.heph.model.op;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.CharId;
import dev.heph.model.text.DeleteRange;
import dev.heph.model.text.Run;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.Undelete;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One of everything on the wire, as the golden files have it. */
final class Examples {
    static final DeviceKey LAPTOP = Devices.key("laptop");
    static final DeviceId PHONE = Devices.device("phone");
    static final Id NODE = Id.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV").orElseThrow();
    static final Id OTHER = Id.parse("01BX5ZZKBKACTAV9WEVGEMMVRZ").orElseThrow();
    static final Hlc STAMP = new Hlc(1_795_237_200_000L, 2);

    private static final long CLIENT = 3_000_000_001L;

    private Examples() {}

    /** By the name of their file: what it shows, and the op. */
    static Map<String, Map<String, Op>> ops() {
        OpId own = new OpId(LAPTOP.device(), 3);
        OpId others = new OpId(PHONE, 70_000);
        Op.Link blocks = new Op.Link(NODE, "blocks", OTHER, Optional.empty());
        Op.Link alias = new Op.Link(NODE, "alias", NODE, Optional.of("Porridge"));

        TreeMap<Field, Value> task = new TreeMap<>();
        task.put(Field.KIND, Value.text("task"));
        task.put(Field.TITLE, Value.text("Buy oats"));
        task.put(Field.STATE, Value.text("outstanding"));
        task.put(Field.DO_DATE, new Value.Day(LocalDate.of(2026, 11, 21)));

        Map<String, Map<String, Op>> files = new LinkedHashMap<>();
        files.put("node.create", Map.of("a task with its first values, by facet and field", new Op.NodeCreate(NODE, task)));
        files.put("node.set", inOrder(
                "a title over one of the author's own writes and one of another device's",
                new Op.NodeSet(NODE, Field.TITLE, Value.text("Buy oat flakes"), List.of(own, others)),
                "a field cleared that nobody had written", new Op.NodeSet(NODE, Field.LATE_ON, Value.NONE, List.of())));
        files.put("text.edit", inOrder(
                "a keystroke at the start of an empty body",
                new Op.TextChange(NODE, "body", new TextEdit(CLIENT, 0, List.of(new Run(null, null, "H")), List.of(),
                        List.of()), Optional.empty()),
                "two runs, a delete and an undelete, made on an older version",
                new Op.TextChange(NODE, "body", new TextEdit(CLIENT, 12,
                        List.of(new Run(new CharId(CLIENT, 4), new CharId(7, 0), "庭 🌱"),
                                new Run(new CharId(7, 9), null, "\n")),
                        List.of(new DeleteRange(7, 3, 2)),
                        List.of(new Undelete(others, new DeleteRange(CLIENT, 1, 1)))),
                        Optional.of(Version.EMPTY.with(own).with(others)))));
        files.put("link.add", inOrder("a plain link", new Op.LinkAdd(blocks), "an alias", new Op.LinkAdd(alias)));
        files.put("link.remove", Map.of("both tags that the author saw", new Op.LinkRemove(alias, List.of(own, others))));
        files.put("node.tombstone", Map.of("a node is deleted", new Op.Tombstone(NODE)));
        files.put("node.restore", Map.of("the tombstone that the author saw is cancelled", new Op.Restore(NODE, List.of(others))));
        files.put("log.append", inOrder("an entry", new Op.LogAppend(NODE, "Rang the shop.\nOpen until six."),
                "one that was written elsewhere and earlier", new Op.LogAppend(NODE, "Rang.", Optional.of(1_795_000_000_000L))));
        files.put("device.enrol", Map.of("the first op of a device", new Op.DeviceEnrol(LAPTOP.publicKey(), "Ada's laptop")));
        files.put("device.admit", Map.of("a hub has let in a laptop", new Op.DeviceAdmit(Admission.sign(LAPTOP.device(), Devices.key("hub"), 1_795_000_000_000L))));
        files.put("device.revoke", Map.of("a lost phone may have written up to here",
                new Op.DeviceRevoke(PHONE, new Head(70_000, Bytes32.sha256(new byte[] {1})))));
        return files;
    }

    static Map<String, Value> values() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("none", Value.NONE);
        values.put("text", Value.text("Buy oats"));
        values.put("int", new Value.Int(-1_000));
        values.put("bool", new Value.Bool(true));
        values.put("decimal", new Value.Decimal(new BigDecimal("12.50")));
        values.put("day", new Value.Day(LocalDate.of(2026, 11, 21)));
        values.put("moment, floating", new Value.Moment(LocalDateTime.of(2026, 11, 21, 9, 0), Optional.empty()));
        values.put("moment, in a zone", new Value.Moment(LocalDateTime.of(2026, 11, 21, 9, 0), Optional.of("Europe/Berlin")));
        values.put("at", new Value.At(Instant.ofEpochMilli(1_795_237_200_000L)));
        values.put("ref", new Value.Ref(OTHER));
        return values;
    }

    static Map<String, Header> headers() {
        Header least = new Header(Header.FORMAT, Header.PERSONAL, LAPTOP.device(), Optional.empty(), 1, 1, STAMP, Bytes32.ZERO,
                Action.single(NODE), new TreeMap<>(), Bytes32.sha256(new byte[0]), 0);
        TreeMap<DeviceId, Head> heads = new TreeMap<>();
        heads.put(PHONE, new Head(70_000, Bytes32.sha256(new byte[] {1})));
        heads.put(Devices.device("desktop"), new Head(5, Bytes32.sha256(new byte[] {2})));
        Header most = new Header(Header.FORMAT, Header.PERSONAL, LAPTOP.device(), Optional.of(LAPTOP.publicKey()), 4_001,
                1_000, STAMP, Bytes32.sha256(new byte[] {3}), new Action(NODE, 4, false), heads, Bytes32.sha256(new byte[] {4}),
                Bundle.MAX_PAYLOAD_BYTES);
        Map<String, Header> headers = new LinkedHashMap<>();
        headers.put("the least: a device's first bundle", least);
        headers.put("the most: an actor, the middle of a long action, two devices advanced", most);
        return headers;
    }

    /** Two bundles of the laptop: it enrols, and then creates a task. */
    static List<Bundle> bundles() {
        Author author = new Author(Header.PERSONAL, LAPTOP.device(), Head.START);
        List<Bundle> bundles = new ArrayList<>();
        for (String file : List.of("device.enrol", "node.create")) {
            bundles.addAll(author.write(STAMP, Action.single(NODE), new TreeMap<>(), List.copyOf(ops().get(file).values())));
        }
        return bundles;
    }

    /** Every op in one bundle. */
    static Bundle everyOp() {
        List<Op> all = ops().values().stream().flatMap(file -> file.values().stream()).toList();
        TreeMap<DeviceId, Head> heads = new TreeMap<>();
        heads.put(PHONE, new Head(70_000, Bytes32.sha256(new byte[] {1})));
        return new Author(Header.PERSONAL, LAPTOP.device(), Head.START).write(STAMP, Action.single(NODE), heads, all).getFirst();
    }

    private static Map<String, Op> inOrder(String first, Op firstOp, String second, Op secondOp) {
        Map<String, Op> ops = new LinkedHashMap<>();
        ops.put(first, firstOp);
        ops.put(second, secondOp);
        return ops;
    }
}
