"""Where the values of a YAML text stand."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardgen.diagnostics import Place
from cardgen.read import Document, read_document
from cardgen.read.flaws import Lines
from cardgen.read.parsed import Parsed
from cardgen.read.places import Where, places, places_in_item
from cardgen.read.strict_yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

from yaml_texts import MAPPINGS, TREES, Group, Written, both_parsers, scalar, value_of

PLACED = """\
# a comment
title: 'Zwölf'
list:
  - one
  - {two: 日本, three: "3"}
anchor: &x
  inner: [a, b]
alias: *x
block: |
  text
  more
empty:
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("path", "line", "column", "width"),
    [
        ((), 2, 1, 1),
        (("title",), 2, 8, 7),
        (("list",), 4, 3, 1),
        (("list", 0), 4, 5, 3),
        (("list", 1), 5, 5, 1),
        (("list", 1, "two"), 5, 11, 2),
        (("list", 1, "three"), 5, 22, 3),
        (("anchor",), 6, 9, 2),
        (("anchor", "inner", 1), 7, 14, 1),
        (("alias",), 8, 8, 2),
        (("alias", "inner", 1), 7, 14, 1),
        (("block",), 9, 8, 1),
        (("empty",), 12, 7, 1),
    ],
)
def test_every_value_has_its_place(
    path: tuple[str | int, ...], line: int, column: int, width: int, ends: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(PLACED.replace("\n", ends).encode())
    place = read_document(file, "a.yaml").place(path)
    assert (place.file, place.line, place.column, place.width, place.source) == (
        "a.yaml",
        line,
        column,
        width,
        PLACED.splitlines()[line - 1],
    )


@pytest.mark.parametrize(
    ("path", "line", "column", "width"),
    [
        (("title",), 2, 1, 5),
        (("list", 1, "three"), 5, 15, 5),
        (("list", 9), 4, 3, 1),
        (("list", 1, "four", 0), 5, 5, 1),
        (("none",), 2, 1, 1),
    ],
)
def test_a_key_has_its_place_and_what_is_not_there_has_that_of_what_is_around_it(
    path: tuple[str | int, ...], line: int, column: int, width: int, tmp_path: Path
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(PLACED, encoding="utf-8")
    place = read_document(file, "a.yaml").place(path, of_key=True)
    assert (place.line, place.column, place.width) == (line, column, width)


@both_parsers
def test_a_value_that_repeats_a_key_has_its_place(parser: Any) -> None:
    text = "&a key: value\nagain: *a\n"
    assert parse(text, parser) == Parsed({"key": "value", "again": "key"})
    assert places(text, parser).parts["again"] == ((14, 19), Where((21, 23)))


def test_of_a_key_that_stands_twice_value_and_place_are_of_the_same_one(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: first\na: second\n", encoding="utf-8")
    document = read_document(file, "a.yaml")
    place = document.place(("a",))
    assert document.value["a"] == place.source[place.column - 1 :][: place.width]


ITEMS = """\
%TAG !own! tag:example.org,2026:
--- # what begins here is read alone, but for the last four
cards:
  - id: one
    tags: [a, &tag b]

  # a comment
  -   id: two
      text: |
        - no item

      empty:
  - # a comment - with a dash
    &three
    id: "th\\
      ree"
    steps:
    - id: inner
    - *tag
  - *three
  - {id: five}
  - id: six
    alias: *three
  - id: seven
    text: !own!tag seven
more:
- a: b
- c:
title: after
"""


def ways(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield way
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield from ways(part, (*way, step))


@both_parsers
def test_of_items_those_have_a_beginning_that_are_mappings_on_lines_of_their_own(parser: Any) -> None:
    text = "cards:\n- a: 1\n- text\n- {b: 2}\n- c: 3\nmore: [{d: 4}]\ncards:\n- e: 5\n"
    items = parse(text, parser).items
    assert items == {("cards", 0): text.index("a:"), ("cards", 3): text.index("c:")}
    assert len(items) == len(list(items))
    missing = [("cards", 1), ("cards", 2), ("cards", 4), ("cards", -1), ("cards",), ("more", 0), ("cards", 0, "a")]
    assert [path for path in missing if path in items] == []


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_value_has_the_same_place_whether_its_item_or_the_file_is_read_for_it(ends: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(ITEMS.replace("\n", ends).encode())
    document = read_document(file, "a.yaml")
    whole = Document("a.yaml", document.text, document.value)
    assert {way[0] for way in document.items} == {"cards", "more"}
    for way in ways(document.value):
        for of_key in (False, True):
            assert document.span(way, of_key=of_key) == whole.span(way, of_key=of_key), way


def test_a_large_file_has_its_text_and_its_places_when_its_value_has_been_let_go_of(tmp_path: Path) -> None:
    text = "cards:\n" + "".join(f"- id: card-{number}\n  front: Zwölf, 日本\n" for number in range(20_000))
    file = tmp_path / "a.yaml"
    file.write_bytes(text.encode())
    document = read_document(file, "a.yaml")
    document.release()
    assert document.value is None
    assert document.text == text
    assert document.place(("cards", 12_345, "front")) == Place("a.yaml", 24_693, 10, 9, "  front: Zwölf, 日本")
    assert document.text == text


def starts(where: Where, lines: Lines) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Return line and column of each key and of each value, by path."""
    keys: dict[Any, Any] = {}
    values: dict[Any, Any] = {}

    def collect(part: Where, path: tuple[str | int, ...]) -> None:
        values[path] = lines.locate(part.span[0])[:2]
        for name, (key, inner) in part.parts.items():
            if isinstance(name, str):
                keys[(*path, name)] = lines.locate(key[0])[:2]
            collect(inner, (*path, name))

    collect(where, ())
    return keys, values


@both_parsers
@given(tree=TREES, ends=st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_is_written_is_read_back_with_its_places(tree: Group, ends: str, parser: Any) -> None:
    written = Written()
    written.write(tree)
    text = written.text.replace("\n", ends) + ends
    parsed = parse(text, parser)
    assert (parsed.value, parsed.flaws) == (value_of(tree), ())
    assert starts(places(text, parser), Lines(text)) == (written.keys, written.values)


@both_parsers
@given(cards=st.lists(MAPPINGS, min_size=1, max_size=4), ends=st.sampled_from(["\n", "\r\n", "\r"]))
def test_an_item_that_is_read_alone_has_the_places_that_it_has_in_the_whole(
    cards: list[Group], ends: str, parser: Any
) -> None:
    listed = Group((), tuple(cards), brackets=False)
    written = Written()
    written.write(Group((scalar("cards", "cards"),), (listed,), brackets=False))
    text = written.text.replace("\n", ends) + ends
    items = parse(text, parser).items
    following = dict(pairwise([*items.values(), len(text)]))
    alone = {way: places_in_item(text, start, following[start], parser) for way, start in items.items()}
    whole = places(text, parser).parts["cards"][1].parts
    assert alone == {("cards", index): whole[index][1] for index, card in enumerate(cards) if not card.brackets}
