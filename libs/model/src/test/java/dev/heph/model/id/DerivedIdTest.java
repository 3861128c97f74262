package dev.heph.model.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.Golden;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DerivedIdTest {
    private static final Id NODE = Id.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV").orElseThrow();

    /** Every kind, with the inputs that are easy to get wrong. */
    @Test
    void derivedIdsAreFrozen() {
        Map<String, Id> derived = new LinkedHashMap<>();
        derived.put("journal 2026-11-21", DerivedId.journal(LocalDate.of(2026, 11, 21)));
        derived.put("journal 0001-01-01", DerivedId.journal(LocalDate.of(1, 1, 1)));
        derived.put("tag home", DerivedId.tag("home"));
        derived.put("tag Straße", DerivedId.tag("Straße"));
        derived.put("tag 庭仕事", DerivedId.tag("庭仕事"));
        derived.put("project home", DerivedId.project("home"));
        derived.put("project The New  Kitchen", DerivedId.project("The New  Kitchen"));
        derived.put("canonical-context " + NODE, DerivedId.canonicalContext(NODE));
        derived.put("item " + NODE + " 7@42", DerivedId.item(NODE, 7, 42));
        derived.put("item " + NODE + " 4294967295@0", DerivedId.item(NODE, 4_294_967_295L, 0));
        derived.put("occurrence " + NODE + " 2026-11-21T09:00", DerivedId.occurrence(NODE, "2026-11-21T09:00"));
        derived.put("undo " + NODE, DerivedId.undo(NODE));
        derived.put("device " + "00".repeat(32), DerivedId.device(new byte[32]).id());

        StringBuilder table = new StringBuilder("# kind and input = id\n");
        derived.forEach((input, id) -> table.append(input).append(" = ").append(id).append('\n'));
        Golden.check("id/derived.txt", table.toString());
        assertThat(derived.values()).doesNotHaveDuplicates();
    }

    /** The rule of docs/design/ids.md, written a second time. */
    @Test
    void theRuleIsSha256OverPartsWithTheirLengths() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String part : new String[] {"heph/id/1", "journal", "2026-11-21"}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(new byte[] {0, 0, 0, (byte) bytes.length});
            digest.update(bytes);
        }
        byte[] hash = digest.digest();
        hash[6] = (byte) (hash[6] & 0x0F | 0x80);
        hash[8] = (byte) (hash[8] & 0x3F | 0x80);
        ByteBuffer first16 = ByteBuffer.wrap(hash);
        assertThat(DerivedId.journal(LocalDate.of(2026, 11, 21)))
                .isEqualTo(new Id(first16.getLong(), first16.getLong()));
    }

    @Test
    void aDerivedIdIsAUuidOfVersion8() {
        Id id = DerivedId.tag("home");
        assertThat(id.high() >>> 12 & 0xF).as("version").isEqualTo(8);
        assertThat(id.low() >>> 62).as("variant").isEqualTo(0b10);
    }

    @Test
    void spellingsOfOneNameAreOneTag() {
        assertThat(DerivedId.tag(" HOME ")).isEqualTo(DerivedId.tag("home"));
        assertThat(DerivedId.tag("cafe\u0301")).isEqualTo(DerivedId.tag("Café"));
        assertThat(DerivedId.tag("home")).isNotEqualTo(DerivedId.project("home"));
    }
}
