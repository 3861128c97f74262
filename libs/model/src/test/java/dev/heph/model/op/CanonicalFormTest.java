package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Form" in docs/design/wire-format.md: every thing has one spelling. */
class CanonicalFormTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "00", "17", "1818", "18ff", "190100", "1a00010000", "1b0000000100000000", "1b7fffffffffffffff", "20",
        "3b7fffffffffffffff",
        "40", "4101", "60", "6161", "62c3a9", "64f09f8cb1", "80", "8100", "a0", "a10000", "a20000616100",
        "a261610062616100", "f4", "f5", "f6"
    })
    void isAccepted(String hex) {
        assertThatCode(() -> CanonicalForm.require(HexFormat.of().parseHex(hex), "it")).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            '',                   nothing at all
            0000,                 two items
            1817,                 a number longer than it needs
            190017,               a number longer than it needs
            1a00000100,           a number longer than it needs
            1b00000000ffffffff,   a number longer than it needs
            1bffffffffffffffff,   more than 63 bits
            18,                   cut within a number
            780161,               a length longer than it needs
            6261,                 cut within a text
            4201,                 cut within bytes
            8100ff,               stray bytes
            82,                   cut within an array
            9f00ff,               an array of indefinite length
            bf0000ff,             a map of indefinite length
            7f6161ff,             a text in chunks
            5f4101ff,             bytes in chunks
            c100,                 a tag
            d9010080,             a tag
            f7,                   undefined
            e0,                   a simple value
            f820,                 a simple value
            f93c00,               a half float
            fa3f800000,           a float
            fb3ff0000000000000,   a double
            ff,                   a break
            1c,                   a reserved head
            6100,                 NUL
            61ff,                 not UTF-8
            62c080,               overlong UTF-8
            63eda080,             a surrogate in UTF-8
            64f4908080,           beyond Unicode
            a200000000,           a key twice
            a201000000,           keys that descend
            a2626161006162 00,    a long text key before a short one
            a1613000,             a text key that looks like a number
            a12000,               a negative key
            a1410000,             bytes as a key
            a18000,               an array as a key
            a1f400,               false as a key
            """)
    void isRefused(String hex, String why) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatExceptionOfType(WireException.class).as(why)
                .isThrownBy(() -> CanonicalForm.require(bytes, "it")).withMessageStartingWith("it ");
    }

    @ParameterizedTest
    @ValueSource(ints = {CanonicalForm.MAX_DEPTH + 2, 100_000})
    void depthIsBounded(int depth) {
        byte[] nested = HexFormat.of().parseHex("81".repeat(depth - 1) + "80");
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> CanonicalForm.require(nested, "it"))
                .withMessageContaining("nested deeper than 32");
    }

    /** A length is believed only as far as there are bytes: no memory is taken for it. */
    @ParameterizedTest
    @ValueSource(strings = {
        "9b7fffffffffffffff", "bb7fffffffffffffff", "5b7fffffffffffffff", "7b7fffffffffffffff", "9a7fffffff", "5a7fffffff00"
    })
    void lengthsThatAreNotThereAreRefused(String hex) {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> CanonicalForm.require(HexFormat.of().parseHex(hex), "it"))
                .withMessageContaining("cut short");
    }
}
