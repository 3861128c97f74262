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
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Any op, value and header that may be written. */
final class RandomOps {
    /** The device that writes the ops; others are only mentioned. */
    static final DeviceKey AUTHOR = Devices.key("author");

    private static final long MAX_CLIENT = CharId.MAX_CLIENT;

    private RandomOps() {}

    static Arbitrary<List<Op>> ops() {
        return op().list().ofMinSize(1).ofMaxSize(8);
    }

    static Arbitrary<Op> op() {
        return Arbitraries.oneOf(List.of(create(), set(), textChange(), linkAdd(), linkRemove(), ids().map(Op.Tombstone::new),
                restore(), logAppend(), enrol(), admit(), revoke()));
    }

    static Arbitrary<Op.NodeCreate> create() {
        return Combinators.combine(ids(), Arbitraries.maps(fields(), values()).ofMaxSize(6))
                .as((target, values) -> new Op.NodeCreate(target, new TreeMap<>(values)));
    }

    static Arbitrary<Op.NodeSet> set() {
        return Combinators.combine(ids(), fields(), values(), seen()).as(Op.NodeSet::new);
    }

    static Arbitrary<Op.TextChange> textChange() {
        return Combinators.combine(ids(), texts().ofMinLength(1), edits(), versions().optional())
                .as(Op.TextChange::new);
    }

    static Arbitrary<Op.LinkAdd> linkAdd() {
        return links().map(Op.LinkAdd::new);
    }

    static Arbitrary<Op.LinkRemove> linkRemove() {
        return Combinators.combine(links(), seen()).as(Op.LinkRemove::new);
    }

    static Arbitrary<Op.Restore> restore() {
        return Combinators.combine(ids(), seen()).as(Op.Restore::new);
    }

    static Arbitrary<Op.LogAppend> logAppend() {
        Arbitrary<Optional<Long>> written = Arbitraries.longs().between(0, Op.LATEST).optional();
        return Combinators.combine(ids(), texts(), written).as(Op.LogAppend::new);
    }

    static Arbitrary<Op.DeviceEnrol> enrol() {
        return texts().map(name -> new Op.DeviceEnrol(AUTHOR.publicKey(), name));
    }

    static Arbitrary<Op.DeviceAdmit> admit() {
        return Arbitraries.longs().between(0, Op.LATEST).map(at -> new Op.DeviceAdmit(Admission.sign(AUTHOR.device(), Devices.key("hub"), at)));
    }

    static Arbitrary<Op.DeviceRevoke> revoke() {
        return Combinators.combine(devices(), heads()).as(Op.DeviceRevoke::new);
    }

    static Arbitrary<Op.Link> links() {
        return Combinators.combine(ids(), texts().ofMinLength(1), ids(), texts().ofMinLength(1).optional())
                .as(Op.Link::new);
    }

    static Arbitrary<Value> values() {
        return Arbitraries.oneOf(List.of(
                Arbitraries.just(Value.NONE),
                texts().map(Value.Text::new),
                Arbitraries.longs().map(Value.Int::new),
                Arbitraries.of(true, false).map(Value.Bool::new),
                decimals(),
                days().map(Value.Day::new),
                moments(),
                Arbitraries.longs().between(0, 253_402_300_799_999L).map(ms -> new Value.At(Instant.ofEpochMilli(ms))),
                ids().map(Value.Ref::new)));
    }

    private static Arbitrary<Value> decimals() {
        return Combinators.combine(
                        Arbitraries.bigIntegers().between(BigInteger.TEN.pow(34).negate().add(BigInteger.ONE),
                                BigInteger.TEN.pow(34).subtract(BigInteger.ONE)),
                        Arbitraries.integers().between(-Value.Decimal.MAX_SCALE, Value.Decimal.MAX_SCALE))
                .as((digits, scale) -> new Value.Decimal(new BigDecimal(digits, scale)));
    }

    private static Arbitrary<LocalDate> days() {
        return Arbitraries.longs().between(LocalDate.of(0, 1, 1).toEpochDay(), LocalDate.of(9999, 12, 31).toEpochDay())
                .map(LocalDate::ofEpochDay);
    }

    private static Arbitrary<Value> moments() {
        Arbitrary<LocalDateTime> locals = Combinators.combine(days(), Arbitraries.integers().between(0, 86_399),
                        Arbitraries.of(0, 1_000_000, 123_456_789))
                .as((day, second, nano) -> day.atStartOfDay().plusSeconds(second).plusNanos(nano));
        Arbitrary<String> zones = Arbitraries.of("UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+3",
                "Mars/Olympus_Mons");
        return Combinators.combine(locals, zones.optional()).as(Value.Moment::new);
    }

    static Arbitrary<TextEdit> edits() {
        Arbitrary<Optional<CharId>> neighbours = Combinators.combine(
                        Arbitraries.longs().between(0, MAX_CLIENT), Arbitraries.longs().between(0, 1_000_000))
                .as(CharId::new)
                .optional();
        Arbitrary<Run> runs = Combinators.combine(neighbours, neighbours, texts().ofMinLength(1))
                .as((left, right, text) -> new Run(left.orElse(null), right.orElse(null), text));
        Arbitrary<DeleteRange> ranges = Combinators.combine(Arbitraries.longs().between(0, MAX_CLIENT),
                        Arbitraries.longs().between(0, 1_000_000), Arbitraries.longs().between(1, 1_000))
                .as(DeleteRange::new);
        Arbitrary<Undelete> undeletes = Combinators.combine(opIds(), ranges).as(Undelete::new);
        return Combinators.combine(Arbitraries.longs().between(0, MAX_CLIENT), Arbitraries.longs().between(0, 1_000_000),
                        runs.list().ofMaxSize(3), ranges.list().ofMaxSize(3), undeletes.list().ofMaxSize(2))
                .as(TextEdit::new);
    }

    static Arbitrary<Header> headers() {
        Arbitrary<Action> actions = Combinators.combine(ids(), Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.of(true, false))
                .as(Action::new);
        Arbitrary<TreeMap<DeviceId, Head>> heads = Arbitraries.maps(devices(), heads()).ofMaxSize(4).map(TreeMap::new);
        Arbitrary<Long> seqs = Arbitraries.longs().between(1, Long.MAX_VALUE - Bundle.MAX_OPS);
        Arbitrary<Hlc> stamps = Combinators.combine(Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.integers().greaterOrEqual(0))
                .as(Hlc::new);
        return Combinators.combine(texts().ofMinLength(1), hashes().optional(), seqs,
                        Arbitraries.integers().between(1, Bundle.MAX_OPS), stamps, hashes(), actions, heads)
                .as((space, actor, seq, count, hlc, previous, action, others) -> new Header(Header.FORMAT, space,
                        AUTHOR.device(), actor, seq, count, hlc, previous, action, others, previous, count));
    }

    private static Arbitrary<Version> versions() {
        return Arbitraries.maps(devices(), Arbitraries.longs().greaterOrEqual(1)).ofMaxSize(3)
                .map(seqs -> new Version(new TreeMap<>(seqs)));
    }

    private static Arbitrary<List<OpId>> seen() {
        return opIds().list().ofMaxSize(3);
    }

    private static Arbitrary<OpId> opIds() {
        return Combinators.combine(Arbitraries.oneOf(devices(), Arbitraries.just(AUTHOR.device())),
                        Arbitraries.longs().greaterOrEqual(1))
                .as(OpId::new);
    }

    private static Arbitrary<Field> fields() {
        Arbitrary<String> names = texts().ofMinLength(1).ofMaxLength(20).filter(name -> !name.matches("[0-9]{1,3}"));
        return Combinators.combine(names, names).as(Field::new);
    }

    private static Arbitrary<Head> heads() {
        return Combinators.combine(Arbitraries.longs().greaterOrEqual(1), hashes()).as(Head::new);
    }

    private static Arbitrary<Bytes32> hashes() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs(), Arbitraries.longs(), Arbitraries.longs())
                .as(Bytes32::new);
    }

    private static Arbitrary<DeviceId> devices() {
        return ids().map(DeviceId::new);
    }

    static Arbitrary<Id> ids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Id::new);
    }

    /** Everything but NUL and surrogates, of lengths that take heads of one, two and three bytes. */
    private static StringArbitrary texts() {
        return Arbitraries.strings().withCharRange('\u0001', '\ud7ff').ascii().excludeChars('\0').ofMaxLength(300);
    }
}
