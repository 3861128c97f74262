package dev.heph.model.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Golden vectors: a change of any of them breaks ids that devices have written. Escapes stand for what an editor
 * would change.
 */
class NameFoldTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(ignoreLeadingAndTrailingWhitespace = true, value = {
        "'Reading List',            'reading list',            ASCII",
        "'  \\u0009 a \\u3000\\u00A0 b\\u2028 ', 'a b',        white space of every kind",
        "'',                        '',                        nothing",
        "' \\u2003 ',               '',                        only white space",
        "'\\u039F\\u0394\\u039F\\u03A3', '\\u03BF\\u03B4\\u03BF\\u03C3', 'Greek capitals: a final sigma is any sigma'",
        "'\\u03BF\\u03B4\\u03BF\\u03C2', '\\u03BF\\u03B4\\u03BF\\u03C3', 'Greek final sigma'",
        "'\\u0391\\u0345',          '\\u03B1\\u03B9',          'Greek iota below'",
        "'\\u1FB3',                 '\\u03B1\\u03B9',          'Greek iota below, composed'",
        "'\\u0130zmir',             'i\\u0307zmir',            'Turkish capital I with dot, as Unicode folds it for no language'",
        "'\\u0131s\\u0131',         '\\u0131s\\u0131',         'Turkish dotless i stays'",
        "'Stra\\u00DFe',            'strasse',                 'German sharp s'",
        "'STRA\\u1E9EE',            'strasse',                 'German capital sharp s'",
        "'20 \\u212A',              '20 k',                    'Kelvin sign'",
        "'\\u212Bngstr\\u00F6m',    '\\u00E5ngstr\\u00F6m',    'Angstrom sign'",
        "'Cafe\\u0301',             'caf\\u00E9',              'e and acute, as a Mac writes file names'",
        "'CAF\\u00C9',              'caf\\u00E9',              'composed capital'",
        "'a\\u0323\\u0307',         '\\u1EA1\\u0307',          'marks in canonical order'",
        "'a\\u0307\\u0323',         '\\u1EA1\\u0307',          'marks in another order'",
        "'\\u1112\\u1161\\u11AB',   '\\uD55C',                 'Hangul from its parts'",
        "'\\u304B\\u3099',          '\\u304C',                 'kana and voice mark'",
        "'\\u65E5\\u672C\\u8A9E \\u30CE\\u30FC\\u30C8', '\\u65E5\\u672C\\u8A9E \\u30CE\\u30FC\\u30C8', Japanese",
        "'\\uFF21\\uFF22',          '\\uFF41\\uFF42',          'full-width letters fold but stay full-width'",
        "'\\uFB01x',                'fix',                     'fi ligature'",
        "'\\uAB70\\u13A0',          '\\u13A0\\u13A0',          'Cherokee folds to capitals'",
        "'\\uD801\\uDC00',          '\\uD801\\uDC28',          'Deseret: outside the basic plane'",
        "'\\uD83D\\uDC69\\u200D\\uD83D\\uDCBB Work', '\\uD83D\\uDC69\\u200D\\uD83D\\uDCBB work', emoji",
        "'\\u0378A\\u0378',         '\\u0378a\\u0378',         'unassigned in Unicode 16'",
        "'\\u0378\\u0301E\\u0301',  '\\u0378\\u0301\\u00E9',   'a mark after an unassigned code point joins nothing'",
        "'\\uD800A',                '\\uD800a',                'a lone surrogate'",
    })
    void foldsAsItAlwaysDid(String name, String folded, String what) {
        assertThat(NameFold.fold(unescaped(name))).as(what).isEqualTo(unescaped(folded));
    }

    @Test
    void aFoldedNameIsReturnedAsItIs() {
        String name = "already folded";
        assertThat(NameFold.fold(name)).isSameAs(name);
    }

    @Test
    void theTableIsTheOneThatWasFrozen() throws Exception {
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(table())))
                .isEqualTo("fe0616f704cafa372a16ee6b78f9fe09e9d50b6d5a8d4c1a6b4755aef8fb7137");
    }

    @Test
    void jdk25MakesTheSameTable() throws IOException {
        assumeTrue(Runtime.version().feature() == 25, "the table was made by JDK 25");
        assertThat(NameFoldTable.make()).isEqualTo(new String(table(), StandardCharsets.US_ASCII));
    }

    @Property
    void foldingTwiceIsFoldingOnce(@ForAll("names") String name) {
        String folded = NameFold.fold(name);
        assertThat(NameFold.fold(folded)).isEqualTo(folded);
    }

    @Property
    void compositionMakesNoDifference(@ForAll("assignedNames") String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
        assertThat(NameFold.same(decomposed, Normalizer.normalize(name, Normalizer.Form.NFC))).isTrue();
    }

    @Property
    void asciiTakesTheShortWayToTheSameEnd(@ForAll("asciiNames") String name) {
        String longWay = NameFold.fold(name + "\u65E5");
        assertThat(NameFold.fold(name + "x")).isEqualTo(longWay.substring(0, longWay.length() - 1) + "x");
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('\0', '\uFFFF').ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> assignedNames() {
        Arbitrary<Integer> codePoints = Arbitraries.oneOf(Arbitraries.integers().between(0x20, 0x24F),
                Arbitraries.integers().between(0x300, 0x3FF), Arbitraries.integers().between(0x1E00, 0x1FFF),
                Arbitraries.integers().between(0x3040, 0x30FF), Arbitraries.integers().between(0x1100, 0x11FF),
                Arbitraries.integers().between(0xAC00, 0xD7A3), Arbitraries.integers().between(0x1F300, 0x1FAFF));
        return codePoints.filter(FoldTable::isAssigned).list().ofMaxSize(10)
                .map(list -> new String(list.stream().mapToInt(i -> i).toArray(), 0, list.size()));
    }

    @Provide
    Arbitrary<String> asciiNames() {
        return Arbitraries.strings().withCharRange('\0', '\u007F').ofMaxLength(12);
    }

    private static byte[] table() throws IOException {
        try (InputStream table = NameFold.class.getResourceAsStream(FoldTable.RESOURCE)) {
            return table.readAllBytes();
        }
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\u([0-9A-F]{4})").matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }
}
