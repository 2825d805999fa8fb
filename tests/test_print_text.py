"""From rich text to the data of the templates: what is taken out, where words may break, gaps, and sizes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardgen.notes.dates import end_in_words
from cardgen.print.nodes import Encoder, Limits, letter, words
from cardgen.print.pictures import Pictures
from cardgen.print.text import WORD, bound, cut, direction, language, printable
from cardgen.richtext import parse
from cardgen.words import ENGLISH
from cardgen.words.dates import day_in_words

if TYPE_CHECKING:
    from cardgen.print.mathematics import BlankNode, FormulaNode, MathNode


def encoder() -> Encoder:
    return Encoder(Pictures({}, ""), Limits(7, 60, 24, 42, 7))


def blank(number: int, hint: str = "") -> BlankNode:
    return {"t": "blank", "mark": str(number), "hint": hint}


def sign(char: str) -> MathNode:
    return {"m": "sign", "s": char, "spacing": "", "upright": False}


def scripts(base: MathNode, low: MathNode) -> MathNode:
    return {"m": "scripts", "place": "beside", "c": [base], "t": [], "b": [low], "tl": [], "bl": []}


def formula(tex: str, line: str, *nodes: MathNode) -> FormulaNode:
    return {"t": "math", "alt": tex, "line": line, "place": "line", "c": list(nodes)}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("e\u0301", "\u00e9"),
        ("a\u202eb\u202c\u2066c\u2069", "abc"),
        ("a\u2028b\tc", "a b c"),
        ("\u26a0\ufe0f", "\u26a0"),
        ("a" * 25, "a" * 12 + "\u200b" + "a" * 13),
        ("https://example.org/a/long/path", "https://\u200bexample.\u200borg/\u200ba/\u200blong/\u200bpath"),
    ],
)
def test_text_loses_what_cannot_be_printed_and_long_words_may_break(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("On July 1, 2026 it ends", "On July~1, 2026 it ends"),
        ("le 1er juillet", "le 1er~juillet"),
        ("about 56.4 percent (US citizen)", "about 56.4~percent (US~citizen)"),
        ("all US MD seniors of 2026", "all US~MD~seniors of 2026"),
        ("Step 2: see no. 6, p. 12", "Step~2: see no.~6, p.~12"),
        ("an X-ray in 2024\u201325", "an X-+ray in 2024\u2013+25"),
        ("a J-1 visa, DS-2019", "a J-1 visa, DS-2019"),
        ("in 120 days we do so. 7", "in 120 days we do so.~7"),
        ("\u0641\u064a 12 \u0634\u0647\u0631\u0627", "\u0641\u064a 12~\u0634\u0647\u0631\u0627"),
        ("US characteristically", "US characteristically"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, shown: str) -> None:
    assert bound(text).replace("\u00a0", "~").replace("\u2060", "+") == shown


def test_in_a_narrow_column_less_is_kept_together() -> None:
    assert bound("12 months of US training", 9) == "12\u00a0months of US training"


@given(st.text(alphabet="aBUS19 .,-\u2013\u00e9", max_size=80), st.integers(4, WORD))
def test_keeping_together_changes_spaces_alone_and_makes_no_long_word(text: str, longest: int) -> None:
    once = bound(text, longest)
    assert once.replace("\u00a0", " ").replace("\u2060", "") == text
    assert all(len(run.replace("\u2060", "")) <= longest for run in once.split(" ") if "\u00a0" in run)


@given(st.text())
def test_no_word_is_longer_than_a_column_and_nothing_else_changes(text: str) -> None:
    once = printable(text)
    assert once.replace("\u200b", "") == printable(text, 10**9).replace("\u200b", "")


@given(st.text(alphabet="abc/.- ", max_size=200))
def test_every_long_word_has_places_to_break(text: str) -> None:
    assert max((len(piece) for word in printable(text).split() for piece in word.split("\u200b")), default=0) <= WORD


def test_a_mark_stays_with_its_letter() -> None:
    word = "\u0915\u094d\u0937" * 20
    assert [piece[0] for piece in printable(word).split("\u200b") if piece[0] == "\u094d"] == []


@pytest.mark.parametrize(("wanted", "found"), [("auto", "rtl"), ("ltr", "ltr"), ("rtl", "rtl")])
def test_the_first_letter_decides_where_nobody_else_does(wanted: str, found: str) -> None:
    assert direction(wanted, ["1. \u0645\u0627 abc"]) == found  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tag", "found"),
    [("en", ("en", "")), ("fr-CA", ("fr", "CA")), ("zh-Hant-TW", ("zh", "TW")), ("EN-us", ("en", "US"))],
)
def test_a_language_tag_is_language_and_region(tag: str, found: tuple[str, str]) -> None:
    assert language(tag) == found


@pytest.mark.parametrize(
    ("written", "read"), [("2026", "2026"), ("2026-06", "June 2026"), ("2026-06-09", "9 June 2026")]
)
def test_a_day_is_written_in_words(written: str, read: str) -> None:
    assert day_in_words(written, ENGLISH) == read


@pytest.mark.parametrize(
    ("day", "read"),
    [
        (date(2027, 6, 29), "29 June 2027"),
        (date(2027, 6, 30), "June 2027"),
        (date(2027, 2, 28), "February 2027"),
        (date(2028, 2, 28), "28 February 2028"),
        (date(9999, 12, 31), "December 9999"),
        (date(1, 1, 1), "1 January 0001"),
    ],
)
def test_the_last_day_of_a_month_is_written_as_the_month(day: date, read: str) -> None:
    assert end_in_words(day, ENGLISH) == read


def test_a_line_is_cut_where_it_ends() -> None:
    assert [cut("abcdef", 6), cut("abcdefg", 6), cut("\u65e5\u672c\u8a9e\u6587", 6)] == [
        "abcdef",
        "abcde\u2026",
        "\u65e5\u672c\u2026",
    ]


def test_letters_go_on_after_z() -> None:
    assert [letter(index) for index in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


@pytest.mark.parametrize(
    ("text", "shown", "hidden"),
    [
        ("a {{c1::b}} c", ["a ", blank(1), " c"], [["b"]]),
        ("{{c1::b::*a* hint}}", [blank(1, "a hint")], [["b"]]),
        ("{{c1::a {{c2::b::no}} c::hint}}", [blank(1, "hint")], [["a ", "b", " c"]]),
        ("}} {{c1::a}}", ["}} ", blank(1)], [["a"]]),
        ("{{c1::**bold** and plain}}", [blank(1)], [[{"t": "b", "c": ["bold"]}, " and plain"]]),
        ("{{c1::`std::variant`}}", [blank(1)], [[{"t": "code", "s": "std::variant"}]]),
        (
            r"$\frac{ {{c1::a::top}} }{b}$ and {{c2::$b$}}",
            [
                formula(
                    r"\frac{ ___ }{b}",
                    "___/b",
                    {"m": "fraction", "c": [{"m": "blank", "blank": blank(1, "top")}], "under": [sign("b")]},
                ),
                " and ",
                blank(2),
            ],
            [[formula("a", "a", sign("a"))], [formula("b", "b", sign("b"))]],
        ),
        (
            r"$\bbox{ {{c1::\bbox{a}}} }$",
            [{"t": "code", "s": r"\bbox{"}, blank(1), {"t": "code", "s": "}"}],
            [[{"t": "code", "s": r"\bbox{a}"}]],
        ),
        (
            r"{{c1::from $x_{{c2::i}}$ on}}",
            [blank(1)],
            [["from ", formula("x_i", "x_i", scripts(sign("x"), sign("i"))), " on"]],
        ),
    ],
)
def test_a_gap_is_a_blank(text: str, shown: list[object], hidden: list[object]) -> None:
    cloze = encoder()
    assert (cloze.blocks(parse(text, gaps=True)), cloze.hidden) == ([{"t": "p", "c": shown}], hidden)


def test_blanks_are_numbered_and_what_they_hide_is_kept() -> None:
    cloze = encoder()
    asked = cloze.blocks(parse("From {{c1::here::place}} to **{{c1::there}}**.", gaps=True))
    assert asked == [
        {
            "t": "p",
            "c": [
                "From ",
                {"t": "blank", "mark": "1", "hint": "place"},
                " to ",
                {"t": "b", "c": [{"t": "blank", "mark": "2", "hint": ""}]},
                ".",
            ],
        }
    ]
    assert cloze.hidden == [["here"], ["there"]]


def test_a_table_that_is_too_wide_becomes_lines() -> None:
    found = Encoder(Pictures({}, ""), Limits(2, 60, 24, 42, 7))
    nodes = found.blocks(parse("| a | b | c |\n| - | - | - |\n| 1 | 2 | |"))
    assert words(nodes) == "a: 1; b: 2"
    assert found.wide == [3]


def test_no_text_becomes_markup() -> None:
    nodes = encoder().blocks(parse('#panic("x") $ @ref // c #let'))
    assert nodes == [{"t": "p", "c": ['#panic("x") $ @ref // c #let']}]
