"""A property of any cloze text: Anki's cards, the table of one row a question and the data for print say the same."""

from __future__ import annotations

import html
import re
import unicodedata
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from conftest import artefacts, card_file, imported, written
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cardgen.anki.cloze import filled
from cardgen.anki.html import to_html
from cardgen.check import MediaFile
from cardgen.print.nodes import Encoder, Limits
from cardgen.print.pictures import Pictures
from cardgen.read import InputFolder
from cardgen.richtext import (
    BulletList,
    Code,
    DefinitionList,
    Gap,
    Image,
    LineBreak,
    Link,
    Math,
    NumberedList,
    Paragraph,
    RichText,
    Ruby,
    Styled,
    Table,
    to_plain,
)
from cardgen.richtext.gaps import ask, gap_numbers
from cardgen.richtext.tree import StyleName

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anki.collection import Collection
    from anki.notes import Note

    from cardgen.richtext import Inline

ADDRESS = "https://example.org/a::b{{c1::c}}"

# Trees --------------------------------------------------------------------------------------------------------------

words = st.lists(
    st.sampled_from(
        ["a", "b c", "é", "中", "::", ":", "{", "}", "}}", "{{c1::", "{{c1::x}}", "<", "&", "image-occlusion:"]
    ),
    min_size=1,
    max_size=3,
).map("".join)
tex = st.lists(
    st.sampled_from([r"\frac{x}{y}", "z^{{q}}", "::", ":", r"\{", r"\}", "u<v", r"\{{c1::w}"]), min_size=1, max_size=3
).map("".join)
word_hints = st.sampled_from([None, "h", "h::h", "h}", "}}h", "h:", "h<h"])
tex_hints = st.sampled_from([None, "h", "hhh", "hh hh", "h_{hh}", "h::h"])
numbers = st.integers(1, 4)


def joined(children: Sequence[Inline]) -> tuple[Inline, ...]:
    """Join texts that stand beside each other, as the parser does."""
    found: list[Inline] = []
    for child in children:
        if isinstance(child, str) and found and isinstance(found[-1], str):
            found[-1] += child
        else:
            found.append(child)
    return tuple(found)


def gap(number: int, children: tuple[Inline, ...], hint: str | None) -> Gap:
    return Gap(number, children, None if hint is None else (hint,))


def of(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Inline, ...]]:
    return st.lists(inner, min_size=1, max_size=3).map(joined)


formula: st.SearchStrategy[tuple[Inline, ...]] = of(
    st.recursive(tex, lambda inner: st.builds(gap, numbers, of(inner), tex_hints), max_leaves=4)
)
leaves = (
    words
    | st.builds(Code, words)
    | st.builds(Math, formula, st.booleans())
    | st.builds(Image, st.just("p.png"), st.sampled_from(["a::b", "{a}}", "{{c1::a}}"]))
    | st.builds(Ruby, st.just((("漢", "かん"), ("字", "::じ"))))
    | st.just(LineBreak())
)
inline = st.recursive(
    leaves,
    lambda inner: (
        st.builds(gap, numbers, of(inner), word_hints)
        | st.builds(Styled, st.sampled_from(get_args(StyleName)), of(inner))
        | st.builds(Link, st.just(ADDRESS), of(inner))
    ),
    max_leaves=6,
)
line = of(inline | st.builds(gap, numbers, of(inline), word_hints))
paragraphs = st.builds(Paragraph, line)
items = st.lists(paragraphs.map(lambda paragraph: (paragraph,)), min_size=1, max_size=2).map(tuple)
entries = st.lists(st.tuples(line, items), min_size=1, max_size=2).map(tuple)
tables = st.tuples(line, line, line, line).map(
    lambda cells: Table(("start", "right"), (cells[0], cells[1]), ((cells[2], cells[3]),))
)
trees: st.SearchStrategy[RichText] = st.lists(
    paragraphs
    | st.builds(DefinitionList, entries)
    | st.builds(BulletList, items)
    | st.builds(NumberedList, items, st.just(1))
    | tables,
    min_size=1,
    max_size=2,
).map(tuple)

# What is seen of a card ---------------------------------------------------------------------------------------------


def seen(text: str) -> str:
    """Return what a text says, without what only one of the outputs has: spaces, marks of lists, tables and styles."""
    text = re.sub(r"\[\\text\{([^{}]*)\}\s*\]", r"[\1]", text).replace(f"({ADDRESS})", "")
    return re.sub(r"[\s\u200b•–|~^_().\d\[\]]", "", unicodedata.normalize("NFKC", text.replace("[...]", "…")))


def seen_in_html(rendered: str) -> str:
    rendered = re.sub(r'<img src="[^"]*" alt="([^"]*)">', r"\1", rendered)
    rendered = re.sub(r"\\[()\[\]]", "", re.sub(r"<[^<>]*>", "", rendered))
    return seen(html.unescape(rendered).replace("[...]", "…"))


def outermost(node: Any, number: int | None, *, in_math: bool = False) -> Iterator[tuple[Gap, bool]]:
    """Yield the gaps of a number, or of any, that lie in no other such gap, and whether they stand in a formula."""
    if isinstance(node, Gap) and number in (None, node.number):
        yield node, in_math
    elif isinstance(node, tuple):
        for child in node:
            yield from outermost(child, number, in_math=in_math)
    else:
        for name in ("children", "parts", "items", "entries", "header", "rows"):
            yield from outermost(getattr(node, name, ()), number, in_math=in_math or name == "parts")


class Hidden(HTMLParser):
    """What stands in the outermost gaps of the card that was asked, on its answer side."""

    def __init__(self, rendered: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._opened: list[bool] = []
        self.feed(rendered)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a gap, or see a picture."""
        if tag == "span":
            asked = ("class", "cloze") in attrs
            if asked and not any(self._opened):
                self.found.append("")
            self._opened.append(asked)
        if tag == "img":
            self.handle_data(dict(attrs)["alt"] or "")

    def handle_endtag(self, tag: str) -> None:
        """End a gap."""
        if tag == "span":
            self._opened.pop()

    def handle_data(self, data: str) -> None:
        """See text."""
        if any(self._opened):
            self.found[-1] += data


NO_PICTURE = MediaFile(
    "p.png",
    Path(__file__),
    InputFolder(Path(__file__).parent),
    zlib.crc32(Path(__file__).read_bytes()),
    Path(__file__).stat().st_size,
)


def blanks_of(formula: Any) -> list[Any]:
    """Return the blanks of a formula's nodes."""
    if isinstance(formula, list):
        return [blank for node in formula for blank in blanks_of(node)]
    if isinstance(formula, dict):
        return [formula["blank"]] if formula["m"] == "blank" else blanks_of(list(formula.values()))
    return []


def in_print(tree: RichText, number: int, *, answered: bool) -> str:
    """Return what the data for print say where the blanks of a number are open, or filled, and all others filled."""
    encoder = Encoder(Pictures({"p.png": NO_PICTURE}, ""), Limits(7, 60, 24, 42, 7))
    asked = encoder.blocks(tree)
    blanks = iter(zip(outermost(tree, None), encoder.hidden, strict=True))

    def text(node: Any) -> str:
        if isinstance(node, str):
            return node
        if isinstance(node, list):
            return "".join(map(text, node))
        if node["t"] == "blank":
            (found, _), hidden = next(blanks)
            is_open = found.number == number and not answered
            return f"[{node['hint'] or ('...' if found.hint is None else '')}]" if is_open else text(hidden)
        if node["t"] == "math":
            shown: list[str] = node["alt"].split("___")
            open_ones = sorted(blanks_of(node["c"]), key=lambda blank: int(blank["mark"] or 1))
            return shown[0] + "".join(text(blank) + tex for blank, tex in zip(open_ones, shown[1:], strict=True))
        return "".join(text(node[name]) for name in ("c", "s", "over", "head", "rows", "alt") if name in node)

    return seen(text(asked))


def has_inside(found: Gap, number: int) -> bool:
    return any(True for _ in outermost(found.children, number))


# The properties -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def note(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Note]:
    """Yield a note of our type for cloze texts in Anki."""
    from anki.collection import Collection

    folder = tmp_path_factory.mktemp("anki")
    collection: Collection = Collection(str(folder / "collection.anki2"))
    cards = [{"id": "card", "kind": "cloze", "text": "{{c1::a}}"}]
    files = {"demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n", "demo/one.yaml": card_file("One", cards)}
    packages = artefacts(written(folder / "decks", files), folder / "dist", "apkg")
    assert imported(collection, packages["demo.apkg"]) == {"new": 1}
    yield collection.new_note(collection.models.by_name("cardgen Cloze"))
    collection.close()


def sides(note: Note, field: str, number: int) -> tuple[str, str]:
    """Return the HTML that Anki's engine makes of a field for the two sides of a card."""
    note["Text"] = field
    output = note.ephemeral_card(number - 1).render_output()
    question = re.search(r'<div class="question">(.*)</div>\n</main>', output.question_text, re.DOTALL)
    answer = re.search(r'<div class="(?:question|answer)">(.*?)</div>\n(?:<div|</main>)', output.answer_text, re.DOTALL)
    assert question is not None
    assert answer is not None
    return question[1], answer[1]


def check_alike(note: Note, tree: RichText) -> None:
    field = to_html(tree)
    note["Text"] = field
    assert tuple(sorted(note.cloze_numbers_in_fields())) == gap_numbers(tree)
    whole = seen(to_plain(tree))
    for number in gap_numbers(tree):
        question, answer = sides(note, field, number)
        asked, hidden = ask(tree, number)
        assert seen_in_html(question) == seen(to_plain(asked))
        assert seen_in_html(answer) == whole == in_print(tree, number, answered=True)
        # In a formula Anki takes its own marks of gaps out again.
        in_text = [text for text, (_, in_math) in zip(hidden, outermost(tree, number), strict=True) if not in_math]
        assert [seen(re.sub(r"\\[()\[\]]", "", text)) for text in Hidden(answer).found] == [
            seen(to_plain(text)) for text in in_text
        ]
        if not any(found.number != number and has_inside(found, number) for found, _ in outermost(tree, None)):
            assert in_print(tree, number, answered=False) == seen(to_plain(asked))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(tree=trees)
@example(tree=(Paragraph(("{{c1::x}}",)),))
def test_anki_the_table_and_print_ask_and_hide_the_same(note: Note, tree: RichText) -> None:
    check_alike(note, tree)


@pytest.mark.slow
@settings(max_examples=1500, suppress_health_check=[HealthCheck.too_slow])
@given(tree=trees)
def test_anki_the_table_and_print_ask_and_hide_the_same_in_many_texts(note: Note, tree: RichText) -> None:
    check_alike(note, tree)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(tree=trees)
def test_the_model_of_anki_in_the_preview_shows_what_anki_shows(note: Note, tree: RichText) -> None:
    field = to_html(tree)
    for number in gap_numbers(tree):
        assert filled(field, number, asked=True) == sides(note, field, number)[0]
