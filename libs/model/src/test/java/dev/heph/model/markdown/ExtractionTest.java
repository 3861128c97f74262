package dev.heph.model.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.markdown.LinkRef.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractionTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", value = {
        "[[Title]];                 WIKI;  Title;       '';        ''",
        "[[Title|label]];           WIKI;  Title;       '';        label",
        "[[Title#Heading]];         WIKI;  Title;       Heading;   ''",
        "[[Title#A#B|c]];           WIKI;  Title;       A#B;       c",
        "[[N#^block]];              WIKI;  N;           ^block;    ''",
        "[[#Here]];                 WIKI;  '';          Here;      ''",
        "[[folder/Note]];           WIKI;  folder/Note; '';        ''",
        "[[ Spaced  Out ]];         WIKI;  Spaced  Out; '';        ''",
        "![[picture.png|100]];      EMBED; picture.png; '';        100",
        "[x](y.md);                 MARKDOWN; y.md;     '';        x",
        "[x](../a%20b/%E6%97%A5.md#h%20i 'title'); MARKDOWN; ../a b/日.md; h i; x",
        "[x](<a b.md>);             MARKDOWN; a b.md;   '';        x",
        "[x [y] z](Y.MD);           MARKDOWN; Y.MD;     '';        x [y] z",
        "[x](a\\(b.md);             MARKDOWN; a(b.md;   '';        x",
        "![x](y.md);                MARKDOWN; y.md;     '';        x",
        "[[a|`b`]];                 WIKI;  a;           '';        `b`",
        "| [[a\\|b]] |;             WIKI;  a;           '';        b",
        "[[日本語のノート]];          WIKI;  日本語のノート; '';        ''",
        "[[https://x.org/a]];       WIKI;  https://x.org/a; '';    ''",
        "\\![[a]];                  WIKI;  a;           '';        ''",
        "[[[a]]];                   WIKI;  a;           '';        ''",
        "[^1]: [[a]];               WIKI;  a;           '';        ''",
        "[Ann]: [[a]];              WIKI;  a;           '';        ''",
        "<div>[[a]]</div>;          WIKI;  a;           '';        ''",
        "`` [[x]] ` [[a]];          WIKI;  x;           '';        ''",
    })
    void readsALink(String body, Kind kind, String target, String anchor, String label) {
        LinkRef link = Extraction.of(body).links().getFirst();
        assertThat(link).extracting(LinkRef::kind, LinkRef::target, LinkRef::anchor, LinkRef::label)
                .containsExactly(kind, target, anchor, label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"50% [[a]]", "%%x%% [[a]]", "%%\n%%\n[[a]]", "%%\nx\n%%\n\n[[a]]", "%% [[a]]", "%%\n\n[[a]]", "\\%% [[a]] %%", "`%%` [[a]] `%%`", "[[a]] %%",
        "```\n%%\n```\n[[a]]\n```\n%%\n```"})
    void aCommentEndsAndOneThatDoesNotIsNone(String body) {
        assertThat(Extraction.of(body).links()).extracting(LinkRef::target).containsExactly("a");
    }

    @Test
    void inACommentThereIsNoTagHeadingOrBox() {
        Extraction found = Extraction.of("%%\n# Not\n- [ ] not\n#not\n%%\n- [ ] yes %%#not%% #yes\n");
        assertThat(found.items()).hasSize(1);
        assertThat(found.headings()).isEmpty();
        assertThat(found.tags()).containsExactly("yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "`[[a]]`", "``[[a]] ` ``", "```\n[[a]]\n```", "~~~md\n[[a]]", "    [[a]]", "- x\n\n      [[a]]", "> ```\n> [[a]]\n> ```",
        "<!-- [[a]] -->", "x <!-- [[a]]\n[[b]] --> y", "<!--\n\n[[a]]\n\n-->", "<!-- never closed [[a]]\n\n[[b]]",
        "%%[[a]]%%", "x %% [[a]]\n[[b]] %% y", "%%\n\n[[a]]\n\n- [[b]]\n\n%%", "> %%\n> [[a]]\n> %%", "%% a comment\n\n# [[a]] %%", "%%\n```\n[[a]]\n```\n%%",
        "<pre>\n[[a]]\n</pre>", "<img alt=\"[[a]]\">", "x <b title='[[a]]'>", "<https://x.org/[[a]]>", "https://x.org/[[a]]",
        "[x](https://x.org/[[a]])", "[x]: https://x.org/[[a]]", "[[]]", "[[ ]]", "[[|a]]", "[[a\nb]]", "\\[[a]]", "[\\[a]]", "[[a\\]]",
        "[[a]b]]", "[[a`]]`", "[x](https://x.org/a.md)", "[x](mailto:a.md)", "[x](//x.org/a.md)", "[x](a.png)", "[x](#here)",
        "\\[x](a.md)", "`[x`](a.md)", "[x] (a.md)", "[x](a b.md)", "[x](a.md \"b)", "[[Note]", "---\n# [[a]]\n---\n",
    })
    void seesNoLink(String body) {
        assertThat(Extraction.of(body).links()).isEmpty();
    }

    @Test
    void linksHoldNoLinksButMayStandAroundAnImage() {
        assertThat(targets("[a [b](b.md) c](c.md)")).containsExactly("b.md");
        assertThat(targets("[![b](b.md)](c.md)")).containsExactly("c.md", "b.md");
        assertThat(targets("[see [[a]]](c.md)")).containsExactly("c.md", "a");
    }

    @Test
    void referencesLeadWhereTheirDefinitionSays() {
        assertThat(targets("[x][Ref] [ref][] [ref]\n\n[REF]: y.md 'title'")).containsExactly("y.md", "y.md", "y.md");
        assertThat(targets("[x][none] [none]\n\n[ref]: y.md")).isEmpty();
    }

    @Test
    void offsetsPointIntoTheBodyWhereverTheLineStands() {
        String body = "---\ntitle: x\n---\r\n> - 💡 one\r\n>   two ![[a|b]] and\r\n";
        LinkRef link = Extraction.of(body).links().getFirst();
        assertThat(body.substring(link.start(), link.end())).isEqualTo("![[a|b]]");
        assertThat(body.substring(link.lineStart())).startsWith("two ![[a");
    }

    @Test
    void aLinkKnowsTheTitleAndTheFolderItNames() {
        LinkRef link = Extraction.of("[[a/b/Note.md]]").links().getFirst();
        assertThat(link.title()).isEqualTo("Note");
        assertThat(link.folder()).isEqualTo("a/b");
        assertThat(Extraction.of("[[Note]]").links().getFirst().folder()).isEmpty();
    }

    @Test
    void anchorsAreHeadingsOrBlocks() {
        List<LinkRef> links = Extraction.of("[[a#h]] [[a#^b]] [[a]]").links();
        assertThat(links).extracting(LinkRef::heading).extracting(o -> o.orElse("-")).containsExactly("h", "-", "-");
        assertThat(links).extracting(LinkRef::block).extracting(o -> o.orElse("-")).containsExactly("-", "b", "-");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "#one and #two/three;         one two/three",
        "a #Tag, #tag and #TAG;       Tag",
        "(#no) x#no /#no &#35 :#no;  ''",
        "#123 #2024 #1a #2024/05;     1a 2024/05",
        "# heading with #tag #;       tag",
        "#日本語 #émile #🎉 #データ・表;  日本語 émile 🎉 データ・表",
        "#a_b-c. #d/;                 a_b-c d",
        "`#no` <b class='#no'> https://x.org/ #yes; yes",
        "\\#no [[n #no]] [x](#no);    ''",
        "```#no```;                   ''",
        "#- #/ #_ ##x;                ''",
    })
    void readsTags(String body, String tags) {
        assertThat(String.join(" ", Extraction.of(body).tags())).isEqualTo(tags);
    }

    @Test
    void readsHeadings() {
        String body = "# One #\n\ntext\n\n> ## Two [[a]]\n\nThree\nlines\n---\n\n```\n# no\n```\n#\n";
        assertThat(Extraction.of(body).headings()).extracting(
                        h -> h.level() + " " + h.text() + " @" + body.substring(h.start(), h.end()))
                .containsExactly("1 One @# One #", "2 Two [[a]] @## Two [[a]]", "2 Three\nlines @Three\nlines\n---", "1  @#");
    }

    @Test
    void readsAHeadingWithoutAnyBracketOrNumberSign() {
        assertThat(Extraction.of("Title\n=====\n\n- a\n").headings()).extracting(Heading::text).containsExactly("Title");
        assertThat(Extraction.of("> Title\n> --  \n").headings()).extracting(Heading::text).containsExactly("Title");
    }

    @Test
    void readsCheckboxes() {
        String body = "- [ ] open\n  - [x] done #t\n* [X]\ttab\n1. [/] half\n> + [💡] idea\n- [ ]\n";
        List<TaskItem> items = Extraction.of(body).items();
        assertThat(items).extracting(TaskItem::mark).containsExactly(" ", "x", "X", "/", "💡", " ");
        assertThat(items).extracting(TaskItem::text).containsExactly("open", "done #t", "tab", "half", "idea", "");
        assertThat(items).extracting(TaskItem::done).containsExactly(false, true, true, false, false, false);
        assertThat(items).allSatisfy(item -> assertThat(body.startsWith(item.mark(), item.markAt())).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[ ] no list", "- [] a", "- [ab] c", "- [x](y)", "- [x]y", "- [[a]] b", "```\n- [ ] a\n```", "- `[ ] a`",
        "- \\[ ] a"})
    void seesNoCheckbox(String body) {
        assertThat(Extraction.of(body).items()).isEmpty();
    }

    @Test
    void anEmptyOrPlainBodyHoldsNothing() {
        assertThat(Extraction.of("")).isSameAs(Extraction.of("Just text - with a dash.\n\n- and a list\n"));
    }

    private static List<String> targets(String body) {
        return Extraction.of(body).links().stream().map(LinkRef::target).toList();
    }
}
