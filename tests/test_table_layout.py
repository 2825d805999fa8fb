"""How much room text takes in a table: heights of rows, widths of columns, names of sheets, feet of pages."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cardgen.tables.measure import LINE, LONGEST, PADDING, height_of, pieces, width_of
from cardgen.tables.names import foot, sheet_names
from cardgen.tables.text import host, units
from cardgen.tables.widths import Held, widths

texts = st.text(st.characters(exclude_categories=["Cs"]))


# Heights -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("word", 1),
        ("two words", 1),
        ("one\n\nthree", 3),
        ("word " * 7, 1),  # a word is 24.8 pixels, a space 3.2, and there is room for 193
        ("word " * 8, 2),
        ("word " * 15, 3),
        ("i" * 64, 1),
        ("i" * 65, 2),
        ("a " + "i" * 64, 2),
        ("a " + "W" * 32, 3),
    ],
)
def test_lines_are_broken_between_words_and_inside_those_that_are_too_long(text: str, lines: int) -> None:
    assert height_of(text, 200) == lines * LINE


@pytest.mark.parametrize(
    ("text", "height"),
    [("Äpfel – “à”", 14), ("Что это?", 14), ("שלום", 15), ("日本", 17), ("😀", 17), ("سلام", 21), ("ကခဂ and more", 21)],
)
def test_a_line_is_as_high_as_the_fonts_of_its_script(text: str, height: int) -> None:
    assert height_of(text, 500) == height


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("iii", 9),  # 2.5 each, which Excel shows in 3 pixels
        ("WW", 22),
        ("é", 6.301),  # as e
        ("e\u0301", 6.301),
        ("日本", 22.667),
        ("\u200b", 0),
    ],
)
def test_letters_have_the_widths_that_they_have_in_arial(text: str, width: float) -> None:
    assert width_of(text) == pytest.approx(width, abs=0.001)


@given(texts, st.integers(PADDING + 1, 400), st.integers(1, 30))
@example("a\n" * 70, 60, 3)
@example("a\nb c", 30, 1)
@example("x" * (3 * LONGEST), 5000, 30)
def test_pieces_are_the_whole_text_and_none_is_too_high(text: str, column: int, lines: int) -> None:
    highest = lines * 22
    found = pieces(text, column, highest)
    assert "".join(piece.text for piece in found).replace("\n", "") == text.replace("\n", "")
    assert all(piece.height <= highest and len(piece.text) <= LONGEST for piece in found)
    assert all(height_of(piece.text, column) <= piece.height for piece in found if len(found) > 1)


@pytest.mark.parametrize(("before", "lines"), [(8, 14), (9, 9), (11, 11), (14, 14)])
def test_a_long_text_is_cut_where_its_author_ended_a_line_if_that_is_near(before: int, lines: int) -> None:
    text = "short\n" * before + "a long line of many words " * 40
    assert pieces(text, 120, 14 * LINE)[0].height == lines * LINE


# Widths --------------------------------------------------------------------------------------------------------------


def test_columns_share_a_room_by_what_they_hold_and_hold_their_words() -> None:
    long = ["some words of an answer " * 20] * 3
    number, asked, answer = widths(
        [Held("No.", ["1", "2", "3"]), Held("Question", ["Which words?"] * 3), Held("Answer", long)], 800
    )
    assert number < asked < answer
    assert width_of("Question") < asked
    assert 795 < number + asked + answer <= 800


def test_a_column_is_no_wider_than_its_lines() -> None:
    assert widths([Held("A", ["word"]), Held("B", ["word"])], 800) == [32, 32]


@given(st.lists(st.builds(Held, st.text("abc", max_size=9), st.lists(texts, max_size=4)), min_size=1, max_size=7))
def test_columns_are_never_wider_than_the_room(columns: list[Held]) -> None:
    found = widths(columns, 800)
    assert sum(found) <= 800
    assert min(found) > PADDING


# Names and feet ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Rivers", "Sources"], ["Rivers", "Sources"]),
        (["sources", "Sources"], ["sources", "Sources (2)"]),
        (["A/B: [C]*?\\", "x"], ["A B C", "x"]),
        (["'quoted'", "x"], ["quoted", "x"]),
        (["x" * 40, "x" * 35], ["x" * 31, f"{'x' * 27} (2)"]),
        (["😀" * 20, "x"], ["😀" * 15, "x"]),
        (["History", "???"], ["Cards", "Cards (2)"]),
        (["a\tb\u2028c\x07\ufffe", "x"], ["a b c", "x"]),
        (["می\u200cخواهم", "x"], ["می\u200cخواهم", "x"]),
    ],
)
def test_sheets_have_names_that_excel_takes(titles: list[str], names: list[str]) -> None:
    assert sheet_names(titles, "Cards") == names


@given(st.lists(texts, min_size=1, max_size=4), texts)
def test_no_title_leads_to_a_name_that_excel_refuses(titles: list[str], instead: str) -> None:
    names = sheet_names(titles, instead)
    assert len({name.lower() for name in names}) == len(titles)
    assert all(re.fullmatch(r"(?!')[^\[\]:*?/\\]+(?<!')", name) and units(name) <= 31 for name in names)
    assert "history" not in {name.lower() for name in names}


@pytest.mark.parametrize(
    ("title", "imprint", "expected"),
    [
        ("3 Black & White", "cardgen", "&L&8 3 Black && White&C&8 cardgen&R&8 &P / &N"),
        ("x" * 60, "cardgen", f"&L&8 {'x' * 55}…&C&8 cardgen&R&8 &P / &N"),
        ("a\nb", "c", "&L&8 a b&C&8 c&R&8 &P / &N"),
    ],
)
def test_the_foot_is_in_excels_notation(title: str, imprint: str, expected: str) -> None:
    assert foot(title, imprint) == expected


@given(texts, texts)
@example("&" * 100, "&" * 100)
@example("😀" * 100, "😀" * 100)
def test_no_foot_is_longer_than_excel_allows(title: str, imprint: str) -> None:
    written = foot(title, imprint)
    assert units(written) <= 255
    assert re.findall("&[A-Z]", written.replace("&&", "")) == ["&L", "&C", "&R", "&P", "&N"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/a/b?c=d#e", "example.org"),
        ("HTTP://Example.org", "Example.org"),
        ("https://example.org:8080?x", "example.org:8080"),
        ("https://example.org@evil.example/x", "example.org@evil.example"),
        ("https://[::1", "[::1"),
        ("mailto:desk@example.org?subject=x", "desk@example.org"),
    ],
)
def test_a_link_says_where_it_leads(address: str, shown: str) -> None:
    assert host(address) == shown
