package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.Golden;
import dev.heph.model.register.Value;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wire contract (H-087). Each golden file shows what is meant, the bytes as people read them, and the bytes. Bytes that
 * once were written must be read for ever, so a line here may be added, never changed.
 */
class GoldenWireTest {
    private static final HexFormat HEX = HexFormat.of();

    static List<String> opTypes() {
        return List.copyOf(Examples.ops().keySet());
    }

    @ParameterizedTest
    @MethodSource("opTypes")
    void anOpIsFrozen(String type) {
        StringBuilder file = new StringBuilder();
        Examples.ops().get(type).forEach((meaning, op) -> {
            byte[] bytes = PayloadCodec.encode(Examples.LAPTOP.device(), List.of(op));
            assertThat(op.type()).isEqualTo(type);
            assertThat(PayloadCodec.decode(Examples.LAPTOP.device(), bytes)).containsExactly(op);
            file.append(entry(meaning, bytes));
        });
        Golden.check("op/" + type + ".txt", file.toString());
    }

    @Test
    void everyOpHasAFile() {
        List<String> shown = Examples.ops().values().stream()
                .flatMap(file -> file.values().stream())
                .map(op -> op.getClass().getSimpleName())
                .distinct()
                .toList();
        List<String> exist = Arrays.stream(Op.class.getPermittedSubclasses())
                .filter(type -> type != Op.Unknown.class)
                .map(Class::getSimpleName)
                .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(exist);
    }

    @Test
    void valuesAreFrozen() {
        StringBuilder file = new StringBuilder();
        Examples.values().forEach((name, value) -> file.append(entry(name, ValueCodec.encode(value))));
        Golden.check("op/values.txt", file.toString());
        List<Object> shown = Examples.values().values().stream().<Object>map(Object::getClass).distinct().toList();
        assertThat(shown).containsExactlyInAnyOrder((Object[]) Value.class.getPermittedSubclasses());
    }

    @Test
    void headersAreFrozen() {
        StringBuilder file = new StringBuilder();
        Examples.headers().forEach((meaning, header) -> file.append(entry(meaning, HeaderCodec.encode(header))));
        Golden.check("op/header.txt", file.toString());
    }

    @Test
    void chainAndSignatureAreFrozen() {
        List<Bundle> bundles = Examples.bundles();
        Segment segment = Segment.sign(bundles, Examples.LAPTOP);
        StringBuilder file = new StringBuilder("seed " + HEX.formatHex(Devices.seed("laptop")) + "\n"
                + "public key " + Examples.LAPTOP.publicKey() + "\n"
                + "device " + Examples.LAPTOP.device() + "\n\n");
        for (Bundle bundle : bundles) {
            file.append(entry("header", bundle.headerBytes())).append(entry("payload", bundle.payload()))
                    .append("chain after it ").append(bundle.chain()).append("\n\n");
        }
        file.append("signature ").append(HEX.formatHex(segment.signature())).append('\n');
        Golden.check("op/segment.txt", file.toString());
        segment.verify(Head.START, Examples.LAPTOP.publicKey());
    }

    @Test
    void revsAreFrozen() {
        Map<String, Version> versions = Map.of("nothing", Version.EMPTY,
                "laptop 3", Version.EMPTY.with(new OpId(Examples.LAPTOP.device(), 3)));
        assertThat(versions.get("nothing").rev()).isEqualTo("0");
        Golden.check("op/rev.txt", "laptop 3 = " + versions.get("laptop 3").rev() + "\n");
    }

    private static String entry(String meaning, byte[] bytes) {
        return "# " + meaning + "\n" + Diagnostic.of(bytes) + "\n" + HEX.formatHex(bytes) + "\n\n";
    }
}
