"""What is read line by line is what a parser reads; what is unusual is left to one."""

from __future__ import annotations

from typing import Any, Final

import pytest
from conftest import REPOSITORY
from hypothesis import given
from hypothesis import strategies as st
from yaml_texts import TREES, Group, Written, needs_c

from cardgen.read.plain_lines import read_lines
from cardgen.read.strict_yaml import parse
from cardgen.read.yaml_events import best_parser

CARD_FILES = sorted((REPOSITORY / "decks").glob("*/*.yaml"))

INDENTS = st.sampled_from([0, 0, 2, 2, 2, 4, 4, 4, 6, 6, 1, 3])
NAMES = st.sampled_from(["a", "b", "id", "a b", "é", "1", "x-y", "a,", "(a", '"k"', "q ", "<<", "a#"])
FIXED: Final = (
    "a", "b c", "x: y", "a:b", "a #b", "a#b", '"q"', "'s'", '"a: b"', "'it''s'", '"a\\"b"', '"\\n"', "[a]", "[a, b::c]",
    "[]", "{}", "{a: b}", '{a: [b], c: "d"}', "[a: b]", "[a,b]", "[a, ]", "{a}", "{a:b}", "{a: 1, a: 2}", "{'a': 1}",
    "['a', 'b\\c: d']", "['a', b]", "[a b, c.d]", "[a's, b]", "{a b: c::d, e: [f, {g: h}]}", "{a: b: c}", "[a :b]",
    "[%a]", "{a: 2026-01-02, b: 0.5}", "[a@b.c, d%]", "{a: b, 'a': c}", "[a\xa0b, \u3000c]",
    "[a-, b]", "1)", "é", "=x", "~", "<<", "a,b", "a]", "- a", "&a b", "*a", "!t a", "a\xa0b", '"\xa0"', "\u3000a",
    ">+", ">2", "|", "|-", ">", ">-", "",
)  # fmt: skip
IN_BRACKETS: Final = (
    "a", "b c", "d", "e::f", "é.1", "g-", "'h'", "'i: j, k'", '"l"', '"m, [n"', ", ", ", ", ", ", ",", ": ", ": ", ":",
    "[", "]", "{", "}", "[]", "{o: p}", " ", "?", "-", "(q)", "'", '"', "@", "%", "\\", "\xa0",
)  # fmt: skip
BRACKETS = st.lists(st.sampled_from(IN_BRACKETS), max_size=8).map("".join)
VALUES = st.one_of(
    st.sampled_from(FIXED),
    BRACKETS.map("[{}]".format),
    BRACKETS.map("{{{}}}".format),
    st.text("ab: #-'\"[]{},é.", max_size=8),
)
WORDS = st.sampled_from(["", "# c", "text", "more words", "- x", "1. x", "| a |", "```", "$$", "a: b", "  deep", "   "])
ITEMS = st.tuples(st.sampled_from(["", "- "]), NAMES, VALUES).map(lambda one: f"{one[0]}{one[1]}: {one[2]}".rstrip(" "))
LINES = st.tuples(INDENTS, st.one_of(ITEMS, VALUES.map("- {}".format), WORDS)).map(lambda one: " " * one[0] + one[1])
TEXTS = st.tuples(st.sampled_from(["", "cards:\n"]), st.lists(LINES, max_size=9)).map(
    lambda parts: parts[0] + "".join(f"{line}\n" for line in parts[1])
)


def by_lines(text: str) -> Any:
    """Read a text by its lines alone; what stands in brackets is left to a parser."""

    def parsed(part: str) -> Any:
        found = parse(part, best_parser())
        return None if found.flaws else found.value

    return read_lines(text, parsed, lambda *_: None)


def assert_read_alike(text: str) -> None:
    """Hold what is read by lines where they can be to what a parser reads: the value, its order, places and flaws."""
    mixed, whole = parse(text), parse(text, best_parser())
    assert mixed == whole
    assert repr(mixed.value) == repr(whole.value)
    assert dict(mixed.items) == dict(whole.items)


@needs_c
@given(TEXTS)
def test_lines_mean_what_a_parser_takes_them_for(text: str) -> None:
    assert_read_alike(text)


@needs_c
@given(st.sampled_from(CARD_FILES), st.data())
def test_a_part_of_a_card_file_with_slips_means_what_a_parser_takes_it_for(file: Any, data: st.DataObject) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    start = data.draw(st.integers(0, len(lines)))
    text = "\n".join((*lines[:3], *lines[start : start + 12], ""))
    for _ in range(data.draw(st.integers(0, 3))):
        position = data.draw(st.integers(0, len(text)))
        put = data.draw(st.one_of(st.text(" \n:-[]{},#&*|>'\"@é~.<=/+\\?!%()01ab\xa0", max_size=2), LINES))
        text = text[:position] + put + text[position + data.draw(st.integers(0, 2)) :]
    assert_read_alike(text)


@needs_c
@given(TREES)
def test_what_is_written_as_yaml_is_read_as_it_was(tree: Group) -> None:
    written = Written()
    written.write(tree)
    assert_read_alike(f"{written.text}\n")


def test_the_files_of_the_shipped_decks_need_no_parser() -> None:
    """Otherwise nothing would be wrong but the time that it takes."""
    files = sorted((REPOSITORY / "decks").rglob("*.yaml"))
    texts = {file.name: file.read_text(encoding="utf-8") for file in files}
    unread = [name for name, text in texts.items() if read_lines(text, lambda _: None, lambda *_: None) is None]
    assert unread == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: b\n", {"a": "b"}),
        ("a:\nb: 'it''s'\n", {"a": "", "b": "it's"}),
        ('# c\na:\n  - b: "\\"c\\": d"\n    e: f\n\n  - i\n', {"a": [{"b": '"c": d', "e": "f"}, "i"]}),
        ("a: >-\n  b\n  c\nd: |\n   e\n    f\n\n", {"a": "b c", "d": "e\n f\n"}),
        ("a: {b: [c], d: 'e'}\nf: [g, h::i]\n", {"a": {"b": ["c"], "d": "e"}, "f": ["g", "h::i"]}),
        ("a:\n  [b c, d]\ne:\n  - f:\n      g h\n", {"a": ["b c", "d"], "e": [{"f": "g h"}]}),
    ],
)
def test_plain_lines_are_read(text: str, value: Any) -> None:
    assert by_lines(text) == value


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("# c\n", id="a comment alone"),
        pytest.param("a: b", id="no line end"),
        pytest.param("a: b\r\n", id="a carriage return"),
        pytest.param("a: b\n   \n", id="spaces alone"),
        pytest.param("a : b\n", id="a space before a colon"),
        pytest.param("a: b\n  c\n", id="a plain text of two lines"),
        pytest.param("a: 'b\n  c'\n", id="quotes over two lines"),
        pytest.param("a: [b\n  ]\n", id="brackets over two lines"),
        pytest.param("a: b\na: c\n", id="a field twice"),
        pytest.param("a: {b: c, b: d}\n", id="a field twice in braces"),
        pytest.param("a: &b c\n", id="an anchor"),
        pytest.param("a: !b c\n", id="a tag"),
        pytest.param("a: b: c\n", id="a second colon"),
        pytest.param("a: b # c\n", id="a comment behind a text"),
        pytest.param("a:\n- b\n", id="a list that is not indented"),
        pytest.param("- a\n", id="a list alone"),
        pytest.param('a: "b\\n"\n', id="an escape"),
        pytest.param("a: >\n  - b\n  - c\n", id="a folded list"),
        pytest.param("a: >\n  b\n    c\n", id="a folded text with a deeper line"),
        pytest.param("a: |+\n  b\n", id="a block that keeps its line ends"),
        pytest.param("a: |2\n   b\n", id="a block that says its indentation"),
        pytest.param("a: |\n  b \n", id="a block with a space at the end of a line"),
        pytest.param("a: |\n  b\n   \n", id="a block with spaces alone in its last line"),
        pytest.param(f"a: {'[' * 9}{']' * 9}\n", id="many brackets"),
        pytest.param("".join(f"{'  ' * level}a:\n" for level in range(40)), id="many levels"),
        pytest.param("---\na: b\n", id="the mark of a document"),
        pytest.param("? a\n: b\n", id="a question mark"),
    ],
)
def test_what_is_unusual_is_left_to_a_parser(text: str) -> None:
    assert by_lines(text) is None


@pytest.mark.parametrize("part", [" ", "[", '\\"', "- ", "''", "a:", " #"])
def test_a_long_line_takes_no_longer_than_it_is_long(part: str) -> None:
    # With an expression that tries again at each character, this would take minutes.
    assert by_lines(f"a: {part * 200_000}\n---\n") is None
