"""Rich text: what Markdown becomes, as a tree, as HTML and as plain text."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cardgen.anki.html import text_to_html, to_html
from cardgen.richtext import (
    BulletList,
    Code,
    DefinitionList,
    Group,
    GroupRole,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    NumberedList,
    Paragraph,
    Preformatted,
    RichText,
    Ruby,
    Styled,
    Table,
    is_blank,
    literal,
    media_of,
    parse,
    to_plain,
)
from cardgen.richtext.parse import MAX_DEPTH
from cardgen.texts.github import GithubFold


def para(*children: Inline) -> Paragraph:
    return Paragraph(children)


WATER = "<ruby>水<rp>(</rp><rt>みず</rt><rp>)</rp></ruby>"

CONSTRUCTS = [
    ("", (), "", ""),
    ("Plain words.", (para("Plain words."),), "Plain words.", "Plain words."),
    ("**bold**", (para(Styled("strong", ("bold",))),), "<strong>bold</strong>", "bold"),
    ("__bold__ too", (para(Styled("strong", ("bold",)), " too"),), "<strong>bold</strong> too", "bold too"),
    ("*slanted*", (para(Styled("em", ("slanted",))),), "<em>slanted</em>", "slanted"),
    ("_slanted_", (para(Styled("em", ("slanted",))),), "<em>slanted</em>", "slanted"),
    ("得**免疫力**时", (para("得", Styled("strong", ("免疫力",)), "时"),), "得<strong>免疫力</strong>时", "得免疫力时"),
    (
        "**all *of* it**",
        (para(Styled("strong", ("all ", Styled("em", ("of",)), " it"))),),
        "<strong>all <em>of</em> it</strong>",
        "all of it",
    ),
    ("~~gone~~", (para(Styled("strike", ("gone",))),), "<s>gone</s>", "~~gone~~"),
    ("==much==", (para(Styled("highlight", ("much",))),), "<mark>much</mark>", "much"),
    ("++much++ more", (para(Styled("underline", ("much",)), " more"),), "<u>much</u> more", "much more"),
    ("++u++ ==A++u++==", None, "<u>u</u> <mark>A++u++</mark>", "u A++u++"),
    ("==**a** ++by $c$++==", None, r"<mark><strong>a</strong> <u>by \(c\)</u></mark>", "a by c"),
    (
        "{漢字|かんじ}を読む",
        (para(Ruby((("漢字", "かんじ"),)), "を読む"),),
        "<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>を読む",
        "漢字（かんじ）を読む",
    ),
    (
        "**{北京|Běi|jīng}** {3月|さんがつ}",
        (para(Styled("strong", (Ruby((("北", "Běi"), ("京", "jīng"))),)), " ", Ruby((("3月", "さんがつ"),))),),
        "<strong><ruby>北<rp>(</rp><rt>Běi</rt><rp>)</rp>京<rp>(</rp><rt>jīng</rt><rp>)</rp></ruby></strong> "
        "<ruby>3月<rp>(</rp><rt>さんがつ</rt><rp>)</rp></ruby>",
        "北（Běi）京（jīng） 3月（さんがつ）",
    ),
    (
        "| {水\\|みず} |\n|---|",
        (Table(("start",), ((Ruby((("水", "みず"),)),),), ()),),
        f"<table><thead><tr><th>{WATER}</th></tr></thead><tbody></tbody></table>",
        "水（みず）",
    ),
    (r"\{漢字|かんじ}", (para("{漢字|かんじ}"),), "{漢字|かんじ}", "{漢字|かんじ}"),
    ("得==免疫力==时", None, "得<mark>免疫力</mark>时", "得免疫力时"),
    (
        "は=={水|みず}==を==（a）==を",
        None,
        "は<mark>" + WATER + "</mark>を<mark>（a）</mark>を",
        "は水（みず）を（a）を",
    ),
    ("“==−5 °C==”, (++vitamin C++)", None, "“<mark>−5 °C</mark>”, (<u>vitamin C</u>)", "“−5 °C”, (vitamin C)"),
    ("==one\ntwo==", None, "<mark>one two</mark>", "one two"),
    ("| ==a== |\n|---|", None, "<table><thead><tr><th><mark>a</mark></th></tr></thead><tbody></tbody></table>", "a"),
    ("H~2~O", (para("H", Styled("sub", ("2",)), "O"),), "H<sub>2</sub>O", "H₂O"),
    ("10^9^/L", (para("10", Styled("sup", ("9",)), "/L"),), "10<sup>9</sup>/L", "10⁹/L"),
    ("10^−3^ and 10^-3^", None, "10<sup>−3</sup> and 10<sup>-3</sup>", "10⁻³ and 10⁻³"),
    ("x^y^ and x~y~", None, "x<sup>y</sup> and x<sub>y</sub>", "x^(y) and x_(y)"),
    ("C~6~H~12~O~6~", None, "C<sub>6</sub>H<sub>12</sub>O<sub>6</sub>", "C₆H₁₂O₆"),
    ("`a < b`", (para(Code("a < b")),), "<code>a &lt; b</code>", "a < b"),
    ("``a`b``", (para(Code("a`b")),), "<code>a`b</code>", "a`b"),
    ("$x^2$", (para(Math(("x^2",))),), r"\(x^2\)", "x^2"),
    ("If $a<b$, then", (para("If ", Math(("a<b",)), ", then"),), r"If \(a&lt;b\), then", "If a<b, then"),
    ("$x$ is 5", (para(Math(("x",)), " is 5"),), r"\(x\) is 5", "x is 5"),
    (
        r"$ \frac{a}{b} $ or $ 5",
        (para(Math((r"\frac{a}{b}",)), " or $ 5"),),
        r"\(\frac{a}{b}\) or $ 5",
        r"\frac{a}{b} or $ 5",
    ),
    ("$$x^2$$", (para(Math(("x^2",), display=True)),), r"\[x^2\]", "x^2"),
    ("$$\nx^2\n$$", (para(Math(("x^2",), display=True)),), r"\[x^2\]", "x^2"),
    (r"$\frac{a}{\sqrt{b}}$", None, r"\(\frac{a}{\sqrt{b} }\)", r"\frac{a}{\sqrt{b}}"),
    ("one\ntwo", (para("one two"),), "one two", "one two"),
    ("one  \ntwo", (para("one", LineBreak(), "two"),), "one<br>two", "one\ntwo"),
    ("one\\\ntwo", (para("one", LineBreak(), "two"),), "one<br>two", "one\ntwo"),
    ("one\n\ntwo", (para("one"), para("two")), "<p>one</p><p>two</p>", "one\ntwo"),
    (
        "[the rule](https://example.org/a?b=1&c=2)",
        (para(Link("https://example.org/a?b=1&c=2", ("the rule",))),),
        '<a href="https://example.org/a?b=1&amp;c=2">the rule</a>',
        "the rule (https://example.org/a?b=1&c=2)",
    ),
    (
        "<https://example.org>",
        (para(Link("https://example.org", ("https://example.org",))),),
        '<a href="https://example.org">https://example.org</a>',
        "https://example.org",
    ),
    (
        "[write](mailto:a@example.org)",
        (para(Link("mailto:a@example.org", ("write",))),),
        '<a href="mailto:a@example.org">write</a>',
        "write (mailto:a@example.org)",
    ),
    ("[chapter](notes.html)", (para("chapter (notes.html)"),), "chapter (notes.html)", "chapter (notes.html)"),
    (
        "[x](javascript:alert(1))",
        (para("[x](javascript:alert(1))"),),
        "[x](javascript:alert(1))",
        "[x](javascript:alert(1))",
    ),
    (
        '![a "map"](media/map.png)',
        (para(Image("media/map.png", 'a "map"')),),
        '<img src="media/map.png" alt="a &quot;map&quot;">',
        '[a "map"]',
    ),
    (
        "![](media/map.png)",
        (para(Image("media/map.png", "")),),
        '<img src="media/map.png" alt="">',
        "[media/map.png]",
    ),
    (
        "- one\n- two",
        (BulletList(((para("one"),), (para("two"),))),),
        "<ul><li>one</li><li>two</li></ul>",
        "• one\n• two",
    ),
    (
        "1. one\n2. two",
        (NumberedList(((para("one"),), (para("two"),))),),
        "<ol><li>one</li><li>two</li></ol>",
        "1. one\n2. two",
    ),
    (
        "3. three\n4. four",
        (NumberedList(((para("three"),), (para("four"),)), 3),),
        '<ol start="3"><li>three</li><li>four</li></ol>',
        "3. three\n4. four",
    ),
    (
        "1. one\n   - inner\n\n     more\n2. two",
        (
            NumberedList(
                (
                    (para("one"), BulletList(((para("inner"), para("more")),))),
                    (para("two"),),
                )
            ),
        ),
        "<ol><li>one<ul><li>inner<p>more</p></li></ul></li><li>two</li></ol>",
        "1. one\n   • inner\n     more\n2. two",
    ),
    (
        "```\na < b\n\n  c\n```",
        (Preformatted("a < b\n\n  c"),),
        "<pre><code>a &lt; b\n\n  c</code></pre>",
        "a < b\n\n  c",
    ),
    (
        "Preload\n: Stretch *before* it\n: Second\n  line\n\nAfterload\n: - a\n  - b\n\nAfter",
        (
            DefinitionList(
                (
                    (
                        ("Preload",),
                        ((para("Stretch ", Styled("em", ("before",)), " it"),), (para("Second line"),)),
                    ),
                    (("Afterload",), ((BulletList(((para("a"),), (para("b"),))),),)),
                )
            ),
            para("After"),
        ),
        "<dl><dt>Preload</dt><dd>Stretch <em>before</em> it</dd><dd>Second line</dd>"
        "<dt>Afterload</dt><dd><ul><li>a</li><li>b</li></ul></dd></dl><p>After</p>",
        "Preload – Stretch before it\n  Second line\nAfterload – • a\n  • b\nAfter",
    ),
    (
        "First\nTerm\n: meaning\n~ 5 mg",
        (para("First"), DefinitionList(((("Term",), ((para("meaning ~ 5 mg"),),)),))),
        "<p>First</p><dl><dt>Term</dt><dd>meaning ~ 5 mg</dd></dl>",
        "First\nTerm – meaning ~ 5 mg",
    ),
    (
        "- Term\n  : meaning\n- b",
        (BulletList(((DefinitionList(((("Term",), ((para("meaning"),),)),)),), (para("b"),))),),
        "<ul><li><dl><dt>Term</dt><dd>meaning</dd></dl></li><li>b</li></ul>",
        "• Term – meaning\n• b",
    ),
    (
        '```python\ndef f(x):  # it\n    return "a" < 1\n```',
        (Preformatted('def f(x):  # it\n    return "a" < 1', "python"),),
        '<pre><code><span class="keyword">def</span> <span class="name">f</span>(x):  '
        '<span class="comment"># it</span>\n    <span class="keyword">return</span> '
        '<span class="string">"a"</span> &lt; <span class="number">1</span></code></pre>',
        'def f(x):  # it\n    return "a" < 1',
    ),
    ("```text\na = 1\n```", (Preformatted("a = 1"),), "<pre><code>a = 1</code></pre>", "a = 1"),
    ("```nolang\na = 1\n```", (Preformatted("a = 1", "nolang"),), "<pre><code>a = 1</code></pre>", "a = 1"),
    (
        '![map](media/map.png){width=60%} ![b](b.png){ width="5%" }',
        (para(Image("media/map.png", "map", 60), " ", Image("b.png", "b", 5)),),
        '<img src="media/map.png" alt="map" style="width:60%"> <img src="b.png" alt="b" style="width:5%">',
        "[map] [b]",
    ),
    (
        "![map](a.png){width=0%} ![map](a.png){width=60px} ![map](a.png) {width=60%} ![x](a.png)\\{width=60%}",
        None,
        '<img src="a.png" alt="map">{width=0%} <img src="a.png" alt="map">{width=60px} '
        '<img src="a.png" alt="map"> {width=60%} <img src="a.png" alt="x">{width=60%}',
        "[map]{width=0%} [map]{width=60px} [map] {width=60%} [x]{width=60%}",
    ),
    (
        "| Year | Rate |\n|---|---:|\n| 2026 | **56.4** |\n| 2025 | 58.0 |",
        (
            Table(
                ("start", "right"),
                (("Year",), ("Rate",)),
                ((("2026",), (Styled("strong", ("56.4",)),)), (("2025",), ("58.0",))),
            ),
        ),
        (
            '<table><thead><tr><th>Year</th><th style="text-align:right">Rate</th></tr></thead>'
            '<tbody><tr><td>2026</td><td style="text-align:right"><strong>56.4</strong></td></tr>'
            '<tr><td>2025</td><td style="text-align:right">58.0</td></tr></tbody></table>'
        ),
        "Year | Rate\n2026 | 56.4\n2025 | 58.0",
    ),
    (
        "Before\n\n- a\n- b\n\nafter",
        (para("Before"), BulletList(((para("a"),), (para("b"),))), para("after")),
        "<p>Before</p><ul><li>a</li><li>b</li></ul><p>after</p>",
        "Before\n• a\n• b\nafter",
    ),
    (r"\==x== \++y++ =\=z==", (para("==x== ++y++ ==z=="),), "==x== ++y++ ==z==", "==x== ++y++ ==z=="),
    (r"1\*2 \_x\_ \# \$5\$", (para("1*2 _x_ # $5$"),), "1*2 _x_ # $5$", "1*2 _x_ # $5$"),
]


@pytest.mark.parametrize(("text", "tree"), [row[:2] for row in CONSTRUCTS if row[1] is not None])
def test_markdown_becomes_this_tree(text: str, tree: RichText) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(("text", "rendered"), [(row[0], row[2]) for row in CONSTRUCTS])
def test_markdown_becomes_this_html(text: str, rendered: str) -> None:
    assert to_html(parse(text)) == rendered


@pytest.mark.parametrize(("text", "rendered"), [(row[0], row[3]) for row in CONSTRUCTS])
def test_markdown_becomes_this_plain_text(text: str, rendered: str) -> None:
    assert to_plain(parse(text)) == rendered


@pytest.mark.parametrize(
    "text",
    [
        # What CommonMark would change: quotation, emphasis, subscripts, rules, headings.
        ">20 mmHg is high",
        "> 20 mmHg",
        "HLA-B*57:01 and HLA-B*58:01",
        "2*3*4 = 24",
        "5 * 3 * 2",
        "CYP2C19 *2/*3",
        "dose ~5-~10 mg",
        "pH ~7.35–~7.45",
        "~5 mg, then ~7 mg",
        "10^9/L to 10^12/L",
        "snake_case_name and _x",
        "---",
        "***",
        "___",
        "# 1 of 3",
        "#hashtag",
        "===",
        # What typographers would change.
        "(c) first, (tm) second... -- \"quoted\" 'too'",
        # Money is no mathematics.
        "$5 and $10",
        "US$5 and US$6",
        "between 5$ and 10$",
        "$20-$30 a day",
        "a $ b $ c",
        # Comparisons, increments, grades and languages are no highlights and underlines.
        "x==y and y==z, a == b and c == d, (a)==b and c==(d), a === b, i==-1 or j==-1",
        '"a"=="b" or "c"=="d"',
        "C++, i++ and j++, ++i and ++j, ++i and i++; (++i) and (i++)",
        "Ca++ and Mg++, Ca++/Mg++, reflexes ++ and +++, +/++/+++ and +/++, ++-++, (++) and (++)",
        "==opened, ++opened",
        "====x====",
        # Choices, sets and gaps of other kinds are no readings.
        "{yes|no}, {x | x > 0}, {是|否}, {はい|いいえ}, {|か}, {水|}, {水| }",
        "{水火|みず|ひ|つち}, {{c1::水|みず}}, {水|{みず}}",
        "{水|(mi$zu)}, {水<|みず}",
        # Only a colon with a space begins a definition, and only below a line of text.
        ": no term",
        # What other dialects link, reference or replace.
        "https://example.org/a_b_c is shown",
        "[1] and [2]",
        "[1]: see below",
        "&copy; &amp; &#42;",
        ":smile: [^1] [ ] [x]",
        "2024.5 is no list, -5 no bullet, +3 neither",
        "(1) first",
        "C:/temp and 100 %",
    ],
)
def test_text_that_only_looks_like_markup_stays_as_it_was_typed(text: str) -> None:
    assert (to_plain(parse(text)), html.unescape(to_html(parse(text)))) == (text, text)


@pytest.mark.parametrize("text", ["10^9/L-10^12/L", "90~139/60~89 mmHg", "5~10,15~20"])
def test_powers_and_ranges_written_without_a_closing_mark_stay_as_they_were_typed(text: str) -> None:
    assert to_plain(parse(text)) == text


@pytest.mark.parametrize("text", ["    four spaces", "\n\nempty lines before", "space after  \n"])
def test_space_around_a_text_is_not_markup(text: str) -> None:
    assert parse(text) == literal(text.strip())


@pytest.mark.parametrize("text", ["Title\n===", "Title\n---", "> a\n> b", "***\nb"])
def test_lines_that_would_be_headings_quotations_or_rules_stay_lines_of_text(text: str) -> None:
    assert parse(text) == literal(text.replace("\n", " "))


@pytest.mark.parametrize(
    ("text", "rendered"), [("- 5 °C overnight", "• 5 °C overnight"), ("2024. A year", "2024. A year")]
)
def test_a_list_of_one_item_keeps_its_mark(text: str, rendered: str) -> None:
    assert to_plain(parse(text)) == rendered


@pytest.mark.parametrize("text", ["-", "+", "*", "1.", "2026.", "12)"])
def test_a_mark_with_nothing_after_it_is_no_list(text: str) -> None:
    assert parse(text) == literal(text)


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <!-- comment --> b",
        "<br>",
        "<a href='javascript:alert(1)'>x</a>",
        "<javascript:alert(1)>",
        "<div>\n\ninside\n\n</div>",
        "a<b>c and 1 < 2 > 0 & so on",
        "<?php ?> <![CDATA[x]]>",
        "<anki-mathjax>x</anki-mathjax>",
    ],
)
def test_raw_html_is_text(text: str) -> None:
    blocks = [block for block in text.split("\n\n") if block]
    assert parse(text) == tuple(para(block) for block in blocks)
    assert re.findall(r"<(?!/?p>)", to_html(parse(text))) == []


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("[sound:x.mp3]", "&#91;sound:x.mp3]"),
        ("[SOUND:x.mp3]", "&#91;SOUND:x.mp3]"),
        ("[latex]x[/latex]", "&#91;latex]x&#91;/latex]"),
        (r"[\$]x[/\$]", "&#91;$]x&#91;/$]"),
        (r"[\$\$]x[/\$\$]", "&#91;$$]x&#91;/$$]"),
        ("[anki:tts lang=en_US]x[/anki:tts]", "&#91;anki:tts lang=en_US]x[/anki:tts]"),
        ("`[sound:x.mp3]`", "<code>&#91;sound:x.mp3]</code>"),
        (r"\(x\)", "(x)"),
        (r"\\(x\\)", r"\<span></span>(x\<span></span>)"),
        (r"\\[x\\]", r"\<span></span>[x\<span></span>]"),
        (r"\\[sound:x.mp3]", r"\<span></span>&#91;sound:x.mp3]"),
        (r"`\(x\)`", r"<code>\<span></span>(x\<span></span>)</code>"),
        ("[a] and [[b]]", "[a] and [[b]]"),
    ],
)
def test_what_anki_would_act_on_is_disarmed(text: str, rendered: str) -> None:
    assert to_html(parse(text)) == rendered


def test_ankis_short_latex_tags_stay_text() -> None:
    text = "[$]x[/$] and [$$]y[/$$]"
    assert to_plain(parse(text)) == text


ANKI_ACTS_ON = re.compile(r"\[(?:sound:|anki:|/?latex\]|/?\$\$?\]|\[type:)", re.IGNORECASE)
"""Bracketed tags that Anki looks for in the fields of notes and on rendered cards; the last is the reviewer's own."""


@pytest.mark.parametrize("tag", ["[sound:x.mp3]", "[latex]x[/latex]", "[anki:play:q:0]", "[[type:Front]]"])
@pytest.mark.parametrize(
    "text",
    [
        "a {} b",
        "**{}**",
        "`{}`",
        "- {}",
        "| {} |\n|---|",
        "${}$",
        "$${}$$",
        "```\n{}\n```",
        "![{}](media/x.png)",
        "[x](https://example.org/{})",
        "[{}](https://example.org)",
    ],
)
def test_no_place_of_a_text_lets_ankis_own_tags_through(text: str, tag: str) -> None:
    assert ANKI_ACTS_ON.findall(to_html(parse(text.format(tag)))) == []


def test_what_looks_like_a_definition_to_no_one_stays_text() -> None:
    assert parse("Time\n:12\n\n: alone\n\n12:30 : 5") == (para("Time :12"), para(": alone"), para("12:30 : 5"))


def nested_list(depth: int) -> RichText:
    """Return lists in each other, and below the last the text of the deeper levels."""
    blocks: RichText = tuple(para(f"level {level}") for level in range(MAX_DEPTH, depth + 1))
    for level in range(MAX_DEPTH - 1, 0, -1):
        blocks = (para(f"level {level}"), BulletList((blocks,)))
    return (BulletList((blocks,)),)


def test_lists_nested_too_deep_keep_their_text_and_lose_their_structure() -> None:
    text = "\n".join(f"{'  ' * level}- level {level + 1}" for level in range(MAX_DEPTH + 3))
    assert parse(text) == nested_list(MAX_DEPTH + 3)


def test_styles_nested_too_deep_keep_their_text_and_lose_their_structure() -> None:
    marks = ["**" if level % 2 else "*" for level in range(MAX_DEPTH + 3)]
    opened = "".join(f"{mark}a{level} " for level, mark in enumerate(marks))
    closed = " ".join(f"z{level}{marks[level]}" for level in reversed(range(len(marks))))
    depth, words = (
        0,
        " ".join([f"a{level}" for level in range(len(marks))] + [f"z{level}" for level in range(len(marks))][::-1]),
    )
    inlines = parse(opened + closed)[0].children  # type: ignore[union-attr]
    assert to_plain(parse(opened + closed)) == words
    while any(isinstance(inline, Styled) for inline in inlines):
        inlines = next(inline.children for inline in inlines if isinstance(inline, Styled))
        depth += 1
    assert depth == MAX_DEPTH


@pytest.mark.parametrize(
    "text",
    ["*" * 2000, "[" * 2000, "![" * 1000, "a" + "`" * 2000, "**a *b " * 500, "a~ " * 2000, "<" * 2000, "$a " * 2000],
    ids=["stars", "brackets", "pictures", "ticks", "unclosed", "tildes", "angles", "dollars"],
)
def test_marks_that_open_without_end_stay_as_they_were_typed(text: str) -> None:
    assert to_plain(parse(text)) == text.strip()


def test_what_is_nested_beyond_the_parsers_limit_is_literal() -> None:
    text = "\n".join(f"{'  ' * level}- x{level}" for level in range(200))
    assert parse(text) == literal(text)


def test_cells_beyond_a_tables_last_column_are_not_lost() -> None:
    text = "| Event | Risk |\n|---|---|\n| P(A|B) | 5 % |"
    assert "5 %" in to_plain(parse(text))


def test_a_group_is_a_block_with_its_role() -> None:
    tree = (Group(GroupRole.PROMPT, (para("Answer aloud."),)), Group(GroupRole.DETAILS, (para("a"), para("b"))))
    assert to_html(tree) == '<div class="prompt">Answer aloud.</div><div class="details"><p>a</p><p>b</p></div>'
    assert to_plain(tree) == "Answer aloud.\na\nb"


def test_a_table_without_a_header_has_only_rows() -> None:
    tree = (Table(("start", "right"), ((), ()), ((("a",), ("1",)), (("b",), ("2",)))),)
    assert to_html(tree) == (
        '<table><tbody><tr><td>a</td><td style="text-align:right">1</td></tr>'
        '<tr><td>b</td><td style="text-align:right">2</td></tr></tbody></table>'
    )
    assert to_plain(tree) == "a | 1\nb | 2"


def test_pictures_are_found_wherever_they_stand_and_in_order() -> None:
    text = (
        "![a](media/a.png) **![b](media/b.png)**\n\n- ![c](media/c.png)\n\n"
        "| ![d](media/d.png) |\n|---|\n| [![e](media/e.png)](https://example.org) |"
    )
    assert [image.path for image in media_of((Group(GroupRole.DO, parse(text)),))] == [
        f"media/{name}.png" for name in "abcde"
    ]


def test_a_picture_gets_the_name_it_has_in_the_package() -> None:
    assert to_html(parse("![map](media/map.png)"), {"media/map.png": "map-1.png"}.__getitem__) == (
        '<img src="map-1.png" alt="map">'
    )


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("", True),
        (" \n ", True),
        ("\u200b\u00a0", True),
        ("**\u200b**", True),
        ("```\n```", True),
        ("![](media/x.png)", False),
        (".", False),
        ("$x$", False),
    ],
)
def test_a_text_is_blank_if_nothing_of_it_can_be_seen(text: str, blank: bool) -> None:
    assert is_blank(parse(text)) is blank


# Properties ----------------------------------------------------------------------------------------------------------

printable = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))
fragments = st.sampled_from(
    [
        *("*", "**", "_", "~", "~~", "^", "$", "$$", "`", "```\n", "[", "]", "(", ")", "![", "](", "<", ">", "&amp;"),
        *("|", "|\n|---|\n", "- ", "1. ", "\n", "\n\n", "  \n", "  ", "#", "https://e.org", "{{c1::", "}}", "::"),
        *("[sound:", "[latex]", "[/latex]", "[$]", "\\(", "\\)", "[[type:", "\r", "\t", "\\", "a", "9"),
    ]
)
markup = st.lists(fragments | st.text(printable, max_size=4), max_size=40).map("".join)
unmarked_characters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\\`*_~^$[]<&|")


def begins_a_list(text: str) -> bool:
    return re.match(r"(?:[-+]|[0-9]{1,9}[.)])(?:\s|$)", text) is not None


def is_only_a_mark(text: str) -> bool:
    return re.fullmatch(r"[-+*]|[0-9]{1,9}[.)]", text.strip()) is not None


plain_texts = st.text(unmarked_characters).filter(lambda text: text == text.strip() and not begins_a_list(text))


def unbalanced(rendered: str) -> list[str]:
    """Return the elements of HTML that are open at its end, and those that close what is not open."""
    found: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z]+)[^<>]*>", rendered):
        if closing and found[-1:] == [name]:
            found.pop()
        elif closing or name not in ("br", "img"):
            found.append(closing + name)
    return found


@settings(max_examples=400)
@given(markup)
def test_any_text_becomes_a_tree_and_every_tree_becomes_well_formed_html(text: str) -> None:
    tree = parse(text)
    to_plain(tree)
    assert unbalanced(to_html(tree)) == []


@settings(max_examples=400)
@given(markup)
def test_no_text_makes_html_that_its_tree_does_not_have(text: str) -> None:
    allowed = r"/?(?:p|ul|li|ol|pre|code|strong|em|sub|sup|s|table|thead|tbody|tr|th|td|span)>|br>"
    with_attributes = r'ol start="\d+">|t[hd] style="text-align:(?:left|right|center)">|a href="[^"<>]*">|/a>'
    rendered = to_html(parse(text))
    assert re.sub(rf'<(?:{allowed}|{with_attributes}|img src="[^"<>]*" alt="[^"<>]*">)', "", rendered).count("<") == 0


@settings(max_examples=400)
@given(markup)
def test_no_text_lets_ankis_own_tags_through(text: str) -> None:
    assert ANKI_ACTS_ON.findall(to_html(parse(text))) == []


@settings(max_examples=300)
@given(plain_texts)
def test_text_without_markup_comes_back_unchanged(text: str) -> None:
    tree = parse(text)
    assert (to_plain(tree), html.unescape(to_html(tree))) == (text, text)


@settings(max_examples=300)
@given(st.text(unmarked_characters | st.sampled_from("\r\t")).filter(lambda text: not is_only_a_mark(text)))
def test_the_fast_path_gives_what_the_parser_gives(text: str) -> None:
    # A second paragraph with markup sends the same words through the parser.
    assert parse(f"{text}\n\n`x`") == (*parse(text), para(Code("x")))


WORDS = st.sampled_from(
    ["*", "**", "***", "a", "9", "é", "字", "ⓐ", "(", ")", ".", "?", "“", "[", "]", "-", "1."]
) | st.sampled_from([" ", "+ ", "- ", "1. "])
STYLED = st.builds("{0}{1}{0}".format, st.sampled_from(["*", "**"]), st.sampled_from(["a", "no", "a b", " a", "a."]))


@settings(max_examples=600)
@given(st.lists(WORDS | STYLED | st.text(unmarked_characters, max_size=2), max_size=8).map("".join))
def test_words_in_bold_and_brackets_are_read_as_the_parser_reads_them(text: str) -> None:
    assume(not is_only_a_mark(text))
    assert parse(f"{text}\n\n`x`") == (*parse(text), para(Code("x")))


@settings(max_examples=300)
@given(st.text(st.sampled_from("ab*_~^$[]<>|-:#+ \n\\.1")))
def test_no_letter_that_is_typed_is_lost(text: str) -> None:
    # Raised and lowered letters are letters, too.
    rendered = unicodedata.normalize("NFKD", to_plain(parse(text)))
    assert re.findall("[ab]", rendered) == re.findall("[ab]", text)


@settings(max_examples=300)
@given(st.text(printable))
def test_text_that_is_escaped_for_html_can_be_read_back(text: str) -> None:
    assert html.unescape(re.sub(r"<span></span>", "", text_to_html(text))) == text


@settings(max_examples=300)
@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_a_literal_tree_is_the_text_and_nothing_else(text: str) -> None:
    tree = literal(unicodedata.normalize("NFC", text))
    assert to_plain(tree) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", ["+ 5 mg", "+5 mg", "gain:\n\n+ 5 mg\n+ 3 mg"])
def test_a_plus_is_no_bullet(text: str) -> None:
    assert to_plain(parse(text)).split() == text.split()
    assert "<li>" not in to_html(parse(text))


def test_titles_of_links_and_pictures_are_kept() -> None:
    assert to_plain(parse('[a](https://example.org "b") ![c](p.png "d")')) == "a (https://example.org) (b) [c (d)]"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("![x](my file.png)", (Paragraph((Image("my file.png", "x"),)),)),
        ("A ![b c](media/it's  a.JPG) d", (Paragraph(("A ", Image("media/it's  a.JPG", "b c"), " d")),)),
        ("![x]( a b.svg )", (Paragraph((Image("a b.svg", "x"),)),)),
        ("`![x](a b.png)`", (Paragraph((Code("![x](a b.png)"),)),)),
        ("![x](see the note)", (Paragraph(("![x](see the note)",)),)),
        (r"\![x](a b.png)", (Paragraph(("![x](a b.png)",)),)),
        ('![x](a.png "A b.png")', (Paragraph((Image("a.png", "x (A b.png)"),)),)),
    ],
)
def test_the_path_of_a_picture_may_have_spaces(text: str, tree: RichText) -> None:
    assert parse(text) == tree


INLINE = r"a bb I == ++ = + {水|みず} {水| { | } {{c1:: :: ** * ` $ \ - ~ ^ 1. é {width=5%} :"
MARKS = (*INLINE.split(), " ", "\n", "\n\n", "\n: ", "\n  ", "- ", "1. ")


def letters(text: str) -> str:
    """Return the letters of a text, those of plain text that are raised or lowered among them."""
    return re.sub(r"[^a-zA-Zé水みず]", "", unicodedata.normalize("NFKC", text))


@settings(max_examples=300)
@given(st.lists(st.sampled_from(MARKS), max_size=20).map("".join))
@example("a~a~")
def test_no_letter_is_lost_with_the_marks_in_any_output(text: str) -> None:
    tree = parse(text)
    rendered = html.unescape(re.sub(r"</?[a-z]+(?: [a-z]+=\"[^\"]*\")*>", "", to_html(tree)))
    written = re.sub(r"</?[a-z]+>|```math", "", GithubFold(str).blocks(tree))
    assert letters(to_plain(tree)) == letters(text) == letters(rendered) == letters(written)
