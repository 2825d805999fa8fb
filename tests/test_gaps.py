"""Gaps of cloze texts: their notation, and that Anki's own engine sees them as we do."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from conftest import artefacts, card_file, imported, written
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cardgen.anki.html import to_html
from cardgen.load import load_decks
from cardgen.notes import Note, compose, questions
from cardgen.richtext import parse, to_plain
from cardgen.richtext.gap_reader import MAX_LEVELS, MAX_NUMBER
from cardgen.richtext.gaps import ask, gap_numbers, has_gap
from cardgen.richtext.parse import broken_gap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from anki.collection import Collection


CROSSING = "a {} begins inside a gap and ends outside of it, or the other way round"


def cloze_deck(folder: Path, texts: list[str], **more: str) -> Path:
    """Write a deck of a cloze card for each text."""
    cards = [{"id": f"card-{index}", "kind": "cloze", "text": text, **more} for index, text in enumerate(texts)]
    deck = "id: demo\ntitle: Demo\nsections: [one]\n"
    return written(folder / "decks", {"demo/deck.yaml": deck, "demo/one.yaml": card_file("One", cards)})


def notes_of(decks: Path) -> tuple[Note, ...]:
    loaded = load_decks(decks)
    assert (loaded.diagnostics, loaded.collection is None) == ((), False)
    return compose(loaded.collection.decks[0], {}) if loaded.collection else ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("no gap", ()),
        ("{{c1::a}}", (1,)),
        ("{{c2::b}} {{c1::a}} {{c2::c}}", (1, 2)),
        ("{{c10::a}} {{c9::b}}", (9, 10)),
        ("{{c1::outer {{c3::inner}}}}", (1, 3)),
        ("{{c01::a}}", (1,)),
        ("{c1::a} {{c::a}} {{1::a}}", ()),
    ],
)
def test_the_numbers_of_the_gaps_come_once_each_in_ascending_order(text: str, numbers: tuple[int, ...]) -> None:
    assert (gap_numbers(parse(text, gaps=True)), has_gap(text)) == (numbers, bool(numbers))


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("The {{c1::sponsor}} signs.", [("The [...] signs.", "sponsor")]),
        ("The {{c1::sponsor::who?}} signs.", [("The [who?] signs.", "sponsor")]),
        ("{{c2::b::2nd}} {{c1::a}}", [("b [...]", "a"), ("[2nd] a", "b")]),
        ("{{c1::a}} {{c2::b}} {{c1::c}}", [("[...] b [...]", "a; c"), ("a [...] c", "b")]),
        ("{{c3::a}}", [("[...]", "a")]),
        ("{{c1::a::b::c}}", [("[b::c]", "a")]),
        ("{{c1::all {{c2::of}} it}}", [("[...]", "all of it"), ("all [...] it", "of")]),
        ("{{c1::{{c2::a}}{{c3::b}}::hint}}!", [("[hint]!", "ab"), ("[...]b!", "a"), ("a[...]!", "b")]),
        ("{{c1::x {{c2::y::b::c}} z}}", [("[...]", "x y z"), ("x [b::c] z", "y")]),
        ("{{c1::a::hint {{c2::b}} d}}", [("[hint ]", "ab d"), ("a[...] d", "b")]),
        ("{{c1::a {{c1::b}} c}}", [("[...]", "a b c")]),
        ("}} {{c1::a}} }}", [("}} [...] }}", "a")]),
        ("{{c1::{a}}}", [("[...]", "{a}")]),
        ("{{c1::{{a}}}} {{c2::b}}}", [("[...] b}", "{{a}}"), ("{{a}} [...]}", "b")]),
        ("{{c1::function fun() {}}} does nothing", [("[...] does nothing", "function fun() {}")]),
        ("{{c1::{a}} and {{c1::a}b}}", [("[...] and [...]", "{a; a}b")]),
        ("{{c1::a {::} b::h}}", [("[h]", "a {::} b")]),
        ("{{c1::`a::b}}c`}}", [("[...]", "a::b}}c")]),
        ("{{c1::[a::b](https://example.org/a::b)::h}}", [("[h]", "a::b (https://example.org/a::b)")]),
        ("{{c1::**Danube::a river** of::Europe}}", [("[a river of::Europe]", "Danube")]),
        (r"{{c1::std\::vector}} is \{{c2::text}}", [("[...] is {{c2::text}}", "std::vector")]),
        ("{{c1::12::30}} and {{c1::std::variant::type}}", [("[30] and [variant::type]", "12; std")]),
        ("{{c1::a::}}", [("[]", "a")]),
        ("{{c1::a::CO~2~ and $x$}}", [("[CO₂ and x]", "a")]),
        ("H~{{c1::2}}~O and 10^{{c2::9}}^", [("H_([...])O and 10⁹", "2"), ("H₂O and 10^([...])", "9")]),
        ("| a | {{c1::b}} |\n| - | - |\n| {{c2::c::h}} | d |", [("a | [...]\nc | d", "b"), ("a | b\n[h] | d", "c")]),
        ("{ {{c1::a}} }", [("{ [...] }", "a")]),
        ("{{c1::**bold**::*slanted*}} and **{{c2::all}}**", [("[slanted] and all", "bold"), ("bold and [...]", "all")]),
        ("- {{c1::one}}\n- {{c2::two}}", [("• [...]\n• two", "one"), ("• one\n• [...]", "two")]),
        ("{{c1::CO~2~}} and {{c2::<b>}}", [("[...] and <b>", "CO₂"), ("CO₂ and [...]", "<b>")]),
        ("Use `{{c1::x}}` for {{c1::gaps}}", [("Use {{c1::x}} for [...]", "gaps")]),
        (r"{{c1::$\frac{1}{x^{2}}$}}, {{c2::b}}", [("[...], b", r"\frac{1}{x^{2}}"), (r"\frac{1}{x^{2}}, [...]", "b")]),
        (
            r"$\sqrt{{{c1::\frac{1}{2}}}}$, $\frac{ {{c2::a::numerator}} }{b}$",
            [
                (r"\sqrt{[...]}, \frac{ a }{b}", r"\frac{1}{2}"),
                (r"\sqrt{\frac{1}{2}}, \frac{ [numerator] }{b}", "a"),
            ],
        ),
        (
            r"$ {{c1::\frac{a}{b}}} = {{c2::\sqrt{2}}} $ and $E={{c3::mc^{2}}}$",
            [
                (r"[...] = \sqrt{2} and E=mc^{2}", r"\frac{a}{b}"),
                (r"\frac{a}{b} = [...] and E=mc^{2}", r"\sqrt{2}"),
                (r"\frac{a}{b} = \sqrt{2} and E=[...]", "mc^{2}"),
            ],
        ),
        (
            r"${{c1::\{a\}}}$ and {{c1::$x {{c2::y}}$}}",
            [("[...] and [...]", r"\{a\}; x y"), (r"\{a\} and x [...]", "y")],
        ),
        (r"$\{{c1::a}\}$ costs $ {{c2::5}} and $ 6", [(r"\{{c1::a}\} costs $ [...] and $ 6", "5")]),
        ("${x^{2}}$ is {{c1::a power}}", [("{x^{2}} is [...]", "a power")]),
    ],
)
def test_each_number_asks_for_its_own_gaps_and_shows_the_others(
    text: str, cards: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert [list(questions(note)) for note in notes_of(cloze_deck(tmp_path, [text]))] == [cards]


def test_what_stands_under_the_text_belongs_to_every_answer(tmp_path: Path) -> None:
    root = cloze_deck(tmp_path, ["{{c1::a}} {{c2::b}}"], extra="More *of* it.")
    assert [list(questions(note)) for note in notes_of(root)] == [
        [("[...] b", "a\nMore of it."), ("a [...]", "b\nMore of it.")]
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{c1::a}}", ""),
        ("{{c1::a::hint}} {{c2::{{c3::b}}}}", ""),
        ("{{Front}} }} {{", ""),
        (f"{{{{c{MAX_NUMBER}::a}}}}", ""),
        ("{{c1::a", "`{{c1::a` is not closed by `}}`"),
        ("x {{c1::a}} y {{c2::b} and so on", "`{{c2::b} and so on` is not closed by `}}`"),
        ("{{c1::a {{c2::b}}", "`{{c1::a {{c2::b}}` is not closed by `}}`"),
        ("{{c1::}}", "`{{c1::}}` hides nothing"),
        ("{{c1:: }}", "`{{c1:: }}` hides nothing"),
        ("{{c1::::hint}}", "`{{c1::::hint}}` hides nothing"),
        ("{{c0::a}}", "`{{c0::` has a number that is not from 1 to 499"),
        ("{{c500::a}}", "`{{c500::` has a number that is not from 1 to 499"),
        ("{{c1:a}}", "`{{c1:a}}` is not how a gap begins"),
        ("{{C1::a}}", "`{{C1::a}}` is not how a gap begins"),
        ("{{ c1::a}}", "`{{ c1::a}}` is not how a gap begins"),
        ("{{c::a}}", "`{{c::a}}` is not how a gap begins"),
        ("{{1::a}}", "`{{1::a}}` is not how a gap begins"),
        ("{{c1,2::a}}", "`{{c1,2::a}}` is not how a gap begins"),
        ("**{{c1:a}}** & <b>", "`{{c1:a}}** & <b>` is not how a gap begins"),
        ("${{c}}$ and ${{1:2}}$", ""),
        ("${{c1:2}}$", "`{{c1:2}}` is not how a gap begins"),
        ("`{{c1:a}}`", ""),
        (r"\{{c1:a}}", ""),
        ("{{c12345678901234567890::a}}", "`{{c12345678901234567890::` has a number that is not from 1 to 499"),
        ("{{c1::\u200b}}", "`{{c1::\u200b}}` hides nothing"),
        ("{{c1::**a** <b", "`{{c1::**a** <b` is not closed by `}}`"),
        (r"$\frac{ {{c1::a}{b} $", r"`{{c1::a}{b}` is not closed by `}}`"),
        (r"$\frac{ {{c1::a}{b}} $", r"`{{c1::a}{b}}` hides braces of the formula that are not in pairs"),
        ("{{c1::a::b {{c2::c}} d::e}}", "`{{c1::a::b {{c2::c}} d::e}}` has two hints"),
        ("{{c1::a::$x{{c2::y}}$}}", "`{{c1::a::$x{{c2::y}}$}}` has a gap in its hint"),
        (
            "{{c1::" * (MAX_LEVELS + 1) + "a" + "}}" * (MAX_LEVELS + 1),
            "`{{c1::a}}` stands inside of 10 other gaps, and Anki reads 10 levels",
        ),
        ("{{c1::a **b}} c** d", CROSSING.format("style or a list")),
        ("**a {{c1::b** c}}", CROSSING.format("style or a list")),
        ("{{c1::a\n\n- b}}\n- c", CROSSING.format("style or a list")),
        ("| {{c1::a | b}} |\n| - | - |", CROSSING.format("style or a list")),
        ("{{c1::a $b}} c$", CROSSING.format("formula")),
        ("$a {{c1::b$ c}}", CROSSING.format("formula")),
    ],
)
def test_a_gap_that_is_not_well_formed_is_described(text: str, problem: str) -> None:
    assert broken_gap(text) == problem


# Anki's own engine ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cloze_type(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Yield a collection of Anki's that has our note type for cloze texts."""
    from anki.collection import Collection

    folder = tmp_path_factory.mktemp("anki")
    collection = Collection(str(folder / "collection.anki2"))
    packages = artefacts(cloze_deck(folder, ["{{c1::a}}"]), folder / "dist", "apkg")
    assert imported(collection, packages["demo.apkg"]) == {"new": 1}
    yield collection
    collection.close()


def as_anki_asks(collection: Collection, field: str) -> list[tuple[int, str]]:
    """Return the number and the question's words of each card that Anki makes of a text."""
    note = collection.new_note(collection.models.by_name("cardgen Cloze"))
    note["Text"] = field
    return [
        (number, shown(note.ephemeral_card(number - 1).render_output().question_text))
        for number in sorted(note.cloze_numbers_in_fields())
    ]


def shown(rendered: str) -> str:
    found = re.search(r'<div class="question">(.*)</div>\n</main>', rendered, re.DOTALL)
    assert found is not None
    return html.unescape(re.sub(r"<[^<>]*>", "", found[1]))


words = st.text(st.sampled_from("ab1 :,éж中ا"), max_size=6)
hints = st.just("") | st.text(st.sampled_from("hH? é中"), min_size=1, max_size=4).map("::{}".format)


def gaps_around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("{{{{c{}::{}{}}}}}".format, st.integers(1, 5), inner, hints)


def mixed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(words | gaps_around(inner), min_size=1, max_size=4).map("".join)


clozes = mixed(st.recursive(words, mixed, max_leaves=6)).map(str.strip)


@settings(max_examples=300)
@given(text=clozes)
def test_anki_makes_the_same_cards_with_the_same_questions(cloze_type: Collection, text: str) -> None:
    assume(not broken_gap(text))
    tree = parse(text, gaps=True)
    asked = [(number, to_plain(ask(tree, number)[0])) for number in gap_numbers(tree)]
    assert asked == as_anki_asks(cloze_type, to_html(tree))


@settings(max_examples=300)
@given(
    parts=st.lists(
        st.sampled_from(["{{", "}}", "{{c1::", "{{c2::", "::", "a", " ", "{", "}", "c1", ",", "$", "`", "**", r"\\"]),
        max_size=14,
    )
)
def test_anki_finds_the_same_gaps_in_any_text_that_is_not_reported(cloze_type: Collection, parts: list[str]) -> None:
    text = "".join(parts)
    assume(not broken_gap(text))
    tree = parse(text, gaps=True)
    assert list(gap_numbers(tree)) == [number for number, _ in as_anki_asks(cloze_type, to_html(tree))]


def test_anki_reads_as_many_levels_as_we_do(cloze_type: Collection) -> None:
    def nested(levels: int) -> str:
        return "".join(f"{{{{c{level}::" for level in range(1, levels + 1)) + "a" + "}}" * levels

    read = [[number for number, _ in as_anki_asks(cloze_type, nested(MAX_LEVELS + more))] for more in (0, 1)]
    assert read == [list(range(1, MAX_LEVELS + 1))] * 2


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("a::b }} {{c1::x}} }}", "a::b }} {{c1::x}} }}"),
        ("{{c1::a::b: c::d}} {{c2::12:30}}", "{{c1::a::b: c::d}} {{c2::12:30}}"),
        ("{{c1::{a}}}", "{{c1::{a&#125;}}"),
        ("{{c1::{{a}} b}}", "{{c1::{{a}&#125; b}}"),
        (r"{{c1::a\:::h}} {{c2::b::h \}}}", "{{c1::a&#58;::h}} {{c2::b::h &#125;}}"),
        (r"\{{c1::a}} {{c2::b}}", "&#123;{c1::a}} {{c2::b}}"),
        (r"{{c1::std\::a}}", "{{c1::std:&#58;a}}"),
        ("{{c1::`a::b`}} `a::b`", "{{c1::<code>a:&#58;b</code>}} <code>a::b</code>"),
        ("{{c1::image-occlusion:rect}}", "{{c1::image-occlusion&#58;rect}}"),
        (
            "{{c1::[a::b](https://example.org/a::b)}}",
            '{{c1::<a href="https://example.org/a:&#58;b">a:&#58;b</a>}}',
        ),
        ("{{c1::![a::b {x}](p.png)}}", '{{c1::<img src="p.png" alt="a:&#58;b &#123;x&#125;">}}'),
        ("{{c1::$a::b$}} $a::b$", r"{{c1::\(a: :b\)}} \(a::b\)"),
        (r"$\sqrt{{{c1::\frac{1}{2}}}}$", r"\(\sqrt{{{c1::\frac{1}{2} }}}\)"),
        (r"${{c1::a::top half}}$", r"\({{c1::a::\text{top half} }}\)"),
        (r"${{c1::a::x_{1}}}$", r"\({{c1::a::x_{1} }}\)"),
        (r"$\{{c1::a}}\}$ {{c2::b}}", r"\(\{ {c1::a} }\}\) {{c2::b}}"),
    ],
)
def test_what_anki_would_take_for_its_notation_is_harmless(text: str, field: str) -> None:
    assert to_html(parse(text, gaps=True)) == field


def test_braces_of_other_kinds_are_text() -> None:
    assert to_plain(parse("{{c1::a}} **b**")) == "{{c1::a}} b"
