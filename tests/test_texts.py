"""Text files: Markdown as GitHub's own parser reads it, and pairs that any program can paste."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from conftest import Ran, artefacts, card_file
from hypothesis import assume, example, given, reject
from hypothesis import strategies as st
from test_csv import ONE_OF_EACH
from test_preview import PIXEL

from cardgen.anki.html import to_html
from cardgen.richtext import Image, Math, Paragraph, RichText, Table, nodes, parse
from cardgen.texts.github import GithubFold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOURCES = """\
references:
  - {id: nrmp, type: report, title: "Results [2026]", publisher: NRMP, URL: "https://example.org/r_1(a)?b=1&amp;c=*"}
  - {id: book, type: book, title: A book, issued: "2024"}
"""
DECK = "id: demo\ntitle: All::Demo\ndescription: What to *know*.\nsections: [one, two]\n"
PICTURED = [
    {"id": "picture", "kind": "basic", "front": "![a *dot*](media/dot.png)", "back": "$\\frac{a|b}{2}$ ~~not~~ H~2~O"},
    {
        "id": "table", "kind": "basic", "front": "1. first\n2. second",
        "back": "| a | b |\n| :-- | --: |\n| `x\\|y` | **z** |",
    },
]  # fmt: skip
FILES: dict[str, str | bytes | None] = {
    "collection.yaml": "title: All\n",
    "sources.yaml": SOURCES,
    "demo/deck.yaml": DECK,
    "demo/one.yaml": card_file("One_1", ONE_OF_EACH),
    "demo/two.yaml": card_file("Two", PICTURED),
    "demo/media/dot.png": PIXEL,
}

PAGE = r"""# Demo

What to *know*.

## One\_1

### Who **issues** it?

ECFMG

Source: NRMP: [Results \[2026\]](<https://example.org/r_1(a)?b=1\&amp;c=*>)\
As of May 2026\
`demo/basic`

### NRMP

National Resident Matching Program

`demo/reversed`

### Which form?

DS-2019

With the *hyphen*.

`demo/typed`

### \[...\] or \[work\]

1. J-1
2. H-1B

Both are visas.

`demo/cloze`

### Which one?

- J-1
- O-1

**Answer**

J-1

It is the usual one.

`demo/choice`

### IMG

Graduate from abroad.

`demo/definition`

### How many?

**56.4** percent

**Secondary source: check the official table.**\
Source: NRMP: [Results \[2026\]](<https://example.org/r_1(a)?b=1\&amp;c=*>) (Table 4)\
Source: A book (2024)\
As of 2026\
Check again after December 2026.\
`demo/statistic`

### To the visa

Name the 2 steps in order.

**Answer**

1. Sign.
2. Apply.

   Who: You

`demo/process`

### Why us?

Name the 2 points of your answer, in any sensible order. Then answer aloud in about 60 seconds.

**Answer**

- Fact
- Link

**What they want to learn**

Fit

**The points in full**

- **Fact**: A fact.
- **Link**: A link.

`demo/framework`

## Two

### ![a \*dot\*](PICTURE)

$`\frac{a|b}{2}`$ ~~not~~ H<sub>2</sub>O

`demo/picture`

### `demo/table`

1. first
2. second

**Answer**

| a | b |
| :--- | ---: |
| `x\|y` | **z** |

`demo/table`

28 May 2026"""

PAIRS = """\
Who issues it?\tECFMG
NRMP\tNational Resident Matching Program
Which form?\tDS-2019
[...] or [work]\t1. J-1 2. H-1B
Which one? • J-1 • O-1\tJ-1
IMG\tGraduate from abroad.
How many?\t56.4 percent
To the visa / Name the 2 steps in order.\t1. Sign. 2. Apply. / Who: You
Why us? / Name the 2 points of your answer, in any sensible order. Then answer aloud in about 60 seconds.\t• Fact • Link
[a *dot*]\t\\frac{a|b}{2} ~~not~~ H₂O
1. first 2. second\ta | b / x|y | z
"""


@pytest.fixture
def built(decks: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Build both text files of a deck with a card of each kind."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    return artefacts(decks(FILES), tmp_path / "dist", "md", "pairs")


def test_a_deck_is_a_page_of_headings_answers_and_sources(built: dict[str, Path]) -> None:
    (picture,) = (name for name in built if name.endswith(".png"))
    page = re.sub(r"cardgen \S+ · (.*) · deck \w+\n$", r"\1", built["demo.md"].read_text(encoding="utf-8"))
    assert page == PAGE.replace("PICTURE", picture)
    assert built[picture].read_bytes() == PIXEL


def test_pairs_are_lines_of_two_columns(built: dict[str, Path]) -> None:
    assert built["demo.pairs.txt"].read_bytes().decode() == PAIRS


def test_the_build_says_what_pairs_do_not_carry(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(FILES)
    ran = cardgen("build", "--format", "pairs")
    assert ran.out.splitlines()[1:] == [
        "demo.pairs.txt: pairs have no sections, styles, links, sources and dates. What stands under the answer is "
        "left out (3 cards). In words only: 1 picture, 1 formula, 1 table."
    ]


def test_a_page_of_several_decks_has_a_heading_for_each(decks: Callable[..., Path], tmp_path: Path) -> None:
    other = {
        "other/deck.yaml": "id: other\ntitle: All::Other\nsections: [one]\n",
        "other/one.yaml": FILES["demo/two.yaml"],
    }
    root = decks(FILES | other | {"other/media/dot.png": PIXEL})
    files = artefacts(root, tmp_path / "dist", "md", all_in_one=True)
    heads = re.findall(r"^#+ .*$", files["all.md"].read_text(encoding="utf-8"), re.MULTILINE)
    assert [head for head in heads if "###" not in head] == ["# All", "## All::Demo", "## All::Other"]
    assert len(files) == 2  # the picture of both is one


# Text is text -------------------------------------------------------------------------------------------------------


EXTENSIONS = ["table", "autolink", "strikethrough", "tagfilter"]


def page_of(markdown: str) -> str:
    """Return Markdown as HTML, by the parser of GitHub itself."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return str(cmarkgfm.markdown_to_html_with_extensions(markdown, options, EXTENSIONS))


def visible(page: str) -> str:
    """Return the words of a page; what ends a line is a space, and several spaces are one."""
    page = re.sub(r"</?(?:p|li|[ou]l|br|t[drh]|div|pre|h\d|thead|tbody|table)\b[^>]*>", " ", page)
    return " ".join(html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", page)).split())


MARKS = [
    "*", "**", "_", "`", "~", "~~", "^", "|", "\\", "[", "]", "(", ")", "<", ">", "#", "&", "&amp;", "!", "$", ":", "://",
    "www.", "-", "+", "=", "1.", "2)", "12345.", "---", "===", "```", "<b>", "</td>", "<!--", "[^1]", ":tada:", "@",
]  # fmt: skip
TEXTS = st.lists(
    st.sampled_from([*MARKS, " ", "  ", "\n", "\n\n", "\n- ", "\n1. ", "a", "B", "é", "日", "ا", "7", "\u00a0"]),
    max_size=12,
).map("".join)


def trees(text: str) -> RichText:
    """Parse a text; formulas are written otherwise than in Anki, and pictures have no words to see."""
    tree = parse(text)
    assume(not any(isinstance(node, Math | Image) for node in nodes(tree)))
    return tree


@given(TEXTS)
@example("**a** **b**")
@example("*a***b**")
@example("- a\n\n1. b\n2. c")
@example("https://a.example/x_y_z")
@example("- a\n  - b\n\n  c\n- d")
def test_what_github_shows_is_what_the_learner_sees(text: str) -> None:
    tree = trees(text)
    assert visible(page_of(GithubFold(str).blocks(tree))) == visible(to_html(tree))


@given(TEXTS)
@example("`a|b`")
@example("_www.*")
def test_a_heading_and_a_cell_are_one_line_of_text(text: str) -> None:
    tree = trees(text)
    paragraph = tree[0] if len(tree) == 1 else None
    if not isinstance(paragraph, Paragraph):
        reject()
    inlines = paragraph.children
    heading = page_of(f"## {GithubFold(str).line(inlines)}\n\nend")
    assert heading.startswith("<h2>")
    assert visible(heading) == visible(f"{to_html(tree)} end")
    cells = Table(("start", "right"), (("x",), inlines), ((inlines, ("y",)),))
    assert visible(page_of(GithubFold(str).table(cells))) == visible(to_html((cells,)))


STRUCTURES = [
    ("**a** _b_ ~~c~~", "<p><strong>a</strong> <em>b</em> <del>c</del></p>"),
    ('**"b"** c', "<p><strong>&quot;b&quot;</strong> c</p>"),
    ("H~2~O, 10^9^", "<p>H<sub>2</sub>O, 10<sup>9</sup></p>"),
    ("[a *b*](https://x.example/(c)?d=1&e)", '<p><a href="https://x.example/(c)?d=1&amp;e">a <em>b</em></a></p>'),
    ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
    ("- a\n  1. b\n- c", "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n<li>c</li>\n</ul>"),
    ("a\\\nb", "<p>a<br />\nb</p>"),
    ("```\n<a>\n\n  b\n```", "<pre><code>&lt;a&gt;\n\n  b\n</code></pre>"),
    ("`` ` ``", "<p><code>`</code></p>"),
    ("a $x_1$", "<p>a $<code>x_1</code>$</p>"),
    ("$$\\sum$$", '<pre><code class="language-math">\\sum\n</code></pre>'),
    ("| a | b |\n|:-:|---|\n| `c\\|d` | |", '<td align="center"><code>c|d</code></td>'),
]


@pytest.mark.parametrize(("text", "expected"), STRUCTURES)
def test_what_is_structured_stays_so(text: str, expected: str) -> None:
    assert expected in page_of(GithubFold(str).blocks(parse(text)))


@pytest.mark.parametrize("deck", ["answers", "definitions", "match", "visa"])
def test_every_shipped_card_is_a_pair(deck: str, shipped: Path, tmp_path: Path) -> None:
    files = artefacts(shipped, tmp_path, "pairs", "md", names=[deck])
    lines = files[f"{deck}.pairs.txt"].read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    assert {line.count("\t") for line in lines} == {1}
    assert all(all(line.split("\t")) for line in lines)
    page = page_of(files[f"{deck}.md"].read_text(encoding="utf-8"))
    assert page.count("<h3>") == len(lines)
