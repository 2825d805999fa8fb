"""Reading YAML: what comes out, what is refused, and where things stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cardgen.read import Document, read_document
from cardgen.read.files import MAX_YAML
from cardgen.read.flaws import Lines
from cardgen.read.places import Where, places, places_in_item
from cardgen.read.python_parser import PythonParser
from cardgen.read.strict_yaml import (
    MAX_ALIASED,
    MAX_DEPTH,
    Parsed,
    c_parser,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

needs_c = pytest.mark.skipif(c_parser() is None, reason="PyYAML was built without libyaml")
PARSERS = [pytest.param(c_parser(), id="c", marks=needs_c), pytest.param(PythonParser, id="python")]
both_parsers = pytest.mark.parametrize("parser", PARSERS)

Finding = tuple[str, str, int, int, str]
"""Code, message, line, column, and the text that the finding covers."""


def findings(text: str, parsed: Parsed) -> list[Finding]:
    lines = Lines(text)
    return [
        (flaw.code, flaw.message, *lines.locate(flaw.span[0])[:2], text[slice(*flaw.span)]) for flaw in parsed.flaws
    ]


def told(text: str, parser: Any) -> tuple[Any, list[Any], Where | None]:
    """Give all that a parser leads to: the value, the findings, and the places in a text without a finding.

    How it words what it cannot parse is its own; and behind a bracket that is never closed, so is where it gives up.
    """
    parsed = parse(text, parser)
    found = [
        (code,) if code == "CG106" else (code, message, *place) for code, message, *place in findings(text, parsed)
    ]
    return parsed.value, found, None if parsed.flaws else places(text, parser)


# Values


@both_parsers
@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "n",
        "true",
        "True",
        "false",
        "null",
        "~",
        "12:30",
        "1:2:3",
        "2026-06",
        "2026-06-30",
        "2026-06-30T12:00:00Z",
        "007",
        "0o17",
        "0x1F",
        "0b1",
        "1e3",
        "1_000",
        "+1",
        "-1",
        ".5",
        "3.10",
        ".inf",
        ".nan",
        "=",
        "<<",
        "HLA-B*57:01",
        "5%",
        "a#b",
        "http://example.org",
        "a:b",
        "x=y",
        "日本",
        "😀",
        "é",
    ],
)
def test_a_plain_value_stays_the_text_that_was_typed(typed: str, parser: Any) -> None:
    assert parse(f"value: {typed}\n", parser) == Parsed({"value": typed})


@both_parsers
@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("a:\nb: ~\n", {"a": "", "b": "~"}, id="no value is the empty text"),
        pytest.param("- a\n-\n  - b\n- {c: d}\n", ["a", ["b"], {"c": "d"}], id="lists and mappings"),
        pytest.param("{a: [b, {c: d}], e: ''}", {"a": ["b", {"c": "d"}], "e": ""}, id="flow style"),
        pytest.param("'it''s': \"\\u00e9\\t\\n\\\"\"\n", {"it's": 'é\t\n"'}, id="quotes and escapes"),
        pytest.param("a: |\n  x\n\n  y\nb: >-\n  x\n  y\n", {"a": "x\n\ny\n", "b": "x y"}, id="block texts"),
        pytest.param("a: b\n  c\n", {"a": "b c"}, id="a text over two lines"),
        pytest.param("? a\n: b\n", {"a": "b"}, id="a key with a question mark"),
        pytest.param("a: &x [1]\nb: *x\n", {"a": ["1"], "b": ["1"]}, id="aliases"),
        pytest.param("a: &x 1\nb: &x 2\nc: *x\n", {"a": "1", "b": "2", "c": "2"}, id="an anchor given again"),
        pytest.param("a: &x {b: c}\nd: {<<: *x}\n", {"a": {"b": "c"}, "d": {"<<": {"b": "c"}}}, id="no merging"),
        pytest.param("1: a\nyes: b\n", {"1": "a", "yes": "b"}, id="keys are text too"),
        pytest.param("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}, id="Windows line ends"),
        pytest.param("a: b\rc: d\r", {"a": "b", "c": "d"}, id="old Macintosh line ends"),
        pytest.param("%YAML 1.2\n---\na: b\n...\n", {"a": "b"}, id="marks around one document"),
        pytest.param("text\n", "text", id="a text alone"),
        pytest.param("a: b # c\n# d\n", {"a": "b"}, id="comments"),
        pytest.param("😀: [日本, 'é']\n", {"😀": ["日本", "é"]}, id="any script"),
    ],
)
def test_a_good_text_gives_its_value(text: str, value: Any, parser: Any) -> None:
    assert parse(text, parser) == Parsed(value)


# Refusals


@both_parsers
@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [("CG114", "the file is empty", 1, 1, "")], id="empty"),
        pytest.param(" \n\n", [("CG114", "the file is empty", 1, 1, "")], id="blank"),
        pytest.param("# a\n", [("CG114", "the file has nothing but comments", 1, 1, "")], id="comments only"),
        pytest.param(
            "a: b\nc: d\x00\n", [("CG104", "the file holds the invisible character U+0000", 2, 5, "\x00")], id="NUL"
        ),
        pytest.param(
            "a: \ufeffb", [("CG104", "the file holds the invisible character U+FEFF", 1, 4, "\ufeff")], id="a BOM"
        ),
        pytest.param(
            "a: x\x1by\n# \u2028\n",
            [
                ("CG104", "the file holds the invisible character U+001B", 1, 5, "\x1b"),
                ("CG104", "the file holds the invisible character U+2028", 2, 3, "\u2028"),
            ],
            id="an escape character and a line separator",
        ),
        pytest.param(
            'a: b\nc: ["x\\x1fy"]\n',
            [("CG104", "a text holds the invisible character U+001F", 2, 5, '"x\\x1fy"')],
            id="an escaped control character",
        ),
        pytest.param(
            "a:\n\t\tb: c\nd:\te\n",
            [
                ("CG105", "a tab stands where YAML wants spaces", 2, 1, "\t\t"),
                ("CG105", "a tab stands where YAML wants spaces", 3, 3, "\t"),
            ],
            id="tabs",
        ),
        pytest.param(
            "a: b\nc: [d\n",
            [("CG106", "the bracket `[` that opens in line 2, column 4, is not closed", 2, 4, "[")],
            id="a list not closed",
        ),
        pytest.param(
            'a: "b\n',
            [("CG106", 'the quote `"` that opens in line 1, column 4, is not closed', 1, 4, '"')],
            id="a quote not closed",
        ),
        pytest.param("a: b: c\n", [("CG106", "unexpected `:`", 1, 5, ":")], id="a colon in a text"),
        pytest.param(
            "a: @b\n", [("CG106", "the text begins with `@`, which YAML keeps for itself", 1, 4, "@b")], id="an at sign"
        ),
        pytest.param(
            "a:\n    b: c\n  d: e\n",
            [("CG106", "unexpected `d` while parsing a block mapping", 3, 3, "d")],
            id="indentation",
        ),
        pytest.param(
            "a: *b\n", [("CG106", "`*b` names nothing that came before", 1, 4, "*b")], id="an alias of nothing"
        ),
        pytest.param(
            "a: 1\nb: {c: 2, 'c': 3}\na: 4\n",
            [
                ("CG107", "`c` stands twice; first in line 2", 2, 11, "'c'"),
                ("CG107", "`a` stands twice; first in line 1", 3, 1, "a"),
            ],
            id="keys that stand twice",
        ),
        pytest.param(
            "a: !b c\nd: !!map {e: !!str f}\ng: !\n",
            [
                ("CG108", "a value carries the tag `!b`", 1, 4, "!b"),
                ("CG108", "a value carries the tag `!!map`", 2, 4, "!!map"),
                ("CG108", "a value carries the tag `!!str`", 2, 14, "!!str"),
                ("CG108", "a value carries the tag `!`", 3, 4, "!"),
            ],
            id="tags",
        ),
        pytest.param(
            '"\\e[1m": 1\n"\\e[1m": 2\n',
            [
                ("CG104", "a text holds the invisible character U+001B", 1, 1, '"\\e[1m"'),
                ("CG104", "a text holds the invisible character U+001B", 2, 1, '"\\e[1m"'),
                ("CG107", "`�[1m` stands twice; first in line 1", 2, 1, '"\\e[1m"'),
            ],
            id="a key that a terminal would obey",
        ),
        pytest.param(
            "a: &a\n  - b\n  - *a\n",
            [("CG109", "`*a` stands inside the value that it names", 3, 5, "*a")],
            id="an alias in itself",
        ),
        pytest.param(
            "a: b\n---\nc: d\n", [("CG112", "a second YAML document begins here", 2, 1, "---")], id="two documents"
        ),
        pytest.param(
            "a: b\n? [c]\n: d\n",
            [("CG113", "a field name is a list or a mapping, not text", 2, 3, "[")],
            id="a list as a key",
        ),
        pytest.param(
            "a: &a b\n*a : c\n",
            [("CG113", "a field name is the alias `*a`, not text", 2, 1, "*a")],
            id="an alias as a key",
        ),
        pytest.param(
            "a: 1\na: 2\nb: !c 3\nd: [\n",
            [
                ("CG107", "`a` stands twice; first in line 1", 2, 1, "a"),
                ("CG108", "a value carries the tag `!c`", 3, 4, "!c"),
                ("CG106", "the bracket `[` that opens in line 4, column 4, is not closed", 4, 4, "["),
            ],
            id="all findings up to the one that stops the reading",
        ),
    ],
)
def test_what_is_wrong_is_found_at_its_place(text: str, found: list[Finding], parser: Any) -> None:
    assert findings(text, parse(text, parser)) == found


@both_parsers
@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a: |\n  x\n  \ty\n    \tz\t\nb: c\n", [], id="in a text under a bar"),
        pytest.param("a:\n  - >-\n    x\n    \ty\n", [], id="in a folded text of a list"),
        pytest.param("a: |\n  x\n\ty\n", [("CG105", 3, 1)], id="before the text's own indentation"),
        pytest.param("a: |\n  x\nb:\tc\n", [("CG105", 3, 3)], id="behind the text"),
        pytest.param("a: |\t\n  x\n", [("CG105", 1, 5)], id="behind the bar"),
        pytest.param("a: x\n  \ty\n", [("CG105", 2, 3)], id="in a plain text"),
        pytest.param("a: 'x\ty'\n", [("CG105", 1, 6)], id="in quotes"),
    ],
)
def test_a_tab_is_a_part_of_a_text_under_a_bar_and_of_no_other(
    text: str, found: list[tuple[str, int, int]], parser: Any
) -> None:
    parsed = parse(text, parser)
    assert [(flaw.code, *Lines(text).locate(flaw.span[0])[:2]) for flaw in parsed.flaws] == found
    assert (parsed.value is None) == bool(found)


# Limits


@both_parsers
@pytest.mark.parametrize("brackets", ["[]", "{}"])
def test_nesting_is_read_down_to_its_limit_and_no_further(brackets: str, parser: Any) -> None:
    opening, closing = ("[", "]") if brackets == "[]" else ("{a: ", "}")

    def nested(levels: int) -> str:
        return opening * levels + closing * levels

    assert parse(nested(MAX_DEPTH), parser).flaws == ()
    too_deep = nested(MAX_DEPTH + 1)
    column = MAX_DEPTH * len(opening) + 1
    assert findings(too_deep, parse(too_deep, parser)) == [
        ("CG111", "nested deeper than 64 levels", 1, column, brackets[0])
    ]


@both_parsers
def test_nesting_without_end_is_refused_and_not_followed(parser: Any) -> None:
    text = "[" * 200_000
    assert findings(text, parse(text, parser)) == [("CG111", "nested deeper than 64 levels", 1, MAX_DEPTH + 1, "[")]


@both_parsers
@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: " + "[" * 70 + "@", ("CG111", "nested deeper than 64 levels", 1, MAX_DEPTH + 3, "[")),
        ("{" * 2000, ("CG113", "a field name is a list or a mapping, not text", 1, 2, "{")),
        ("[*one, @]", ("CG106", "`*one` names nothing that came before", 1, 2, "*one")),
        ("# nothing\n@", ("CG106", "unexpected `@` while scanning for the next token", 2, 1, "@")),
    ],
)
def test_what_a_parser_refuses_ahead_hides_nothing_that_comes_before(text: str, finding: Finding, parser: Any) -> None:
    assert findings(text, parse(text, parser)) == [finding]


@both_parsers
def test_aliases_may_repeat_values_up_to_their_limit_and_no_further(parser: Any) -> None:
    size = 1000  # of the list: itself and its entries
    head = f"- &a [{', '.join('x' * (size - 1))}]\n"
    allowed = head + "- *a\n" * (MAX_ALIASED // size)
    assert parse(allowed, parser).flaws == ()
    assert findings(allowed + "- *a\n", parse(allowed + "- *a\n", parser)) == [
        ("CG110", "aliases repeat more than 100,000 values", MAX_ALIASED // size + 2, 3, "*a")
    ]


@both_parsers
def test_a_bomb_of_aliases_is_refused_before_it_goes_off(parser: Any) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    text = "\n".join(rows)
    assert findings(text, parse(text, parser)) == [
        ("CG110", "aliases repeat more than 100,000 values", 5, 45, "*a3"),
    ]


def test_a_file_is_read_up_to_its_largest_size_and_no_further(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"a: b\n#" + b"x" * (MAX_YAML - 6))
    assert read_document(file, "large.yaml").diagnostics == ()
    with file.open("ab") as stream:
        stream.write(b"x")
    assert [(found.code, found.message) for found in read_document(file, "large.yaml").diagnostics] == [
        ("CG102", "the file is larger than 32 MiB")
    ]


# Files


@pytest.mark.parametrize(
    ("raw", "message", "line", "column", "source"),
    [
        pytest.param(b"a: b\nc: d\xe9\n", "byte 0xE9 is not UTF-8", 2, 5, "c: d", id="Latin-1"),
        pytest.param("a: b".encode("utf-16"), "byte 0xFF is not UTF-8", 1, 1, "", id="UTF-16"),
        pytest.param(b"\xef\xbb\xbfa: \xff", "byte 0xFF is not UTF-8", 1, 4, "a: ", id="after a byte order mark"),
        pytest.param("é: ".encode() + b"\xc3", "byte 0xC3 is not UTF-8", 1, 4, "é: ", id="a character cut in half"),
        pytest.param(b"a: \xed\xa0\x80", "byte 0xED is not UTF-8", 1, 4, "a: ", id="a surrogate"),
    ],
)
def test_what_is_not_utf8_is_found_at_its_first_wrong_byte(
    raw: bytes, message: str, line: int, column: int, source: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(raw)
    (found,) = read_document(file, "a.yaml").diagnostics
    assert found.place is not None
    assert (found.code, found.message) == ("CG103", message)
    assert (found.place.line, found.place.column, found.place.source) == (line, column, source)


def test_a_byte_order_mark_at_the_beginning_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: b\n")
    document = read_document(file, "a.yaml")
    assert (document.value, document.diagnostics, str(document.place(("a",)))) == ({"a": "b"}, (), "a.yaml:1:4")


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    (found,) = read_document(tmp_path / "none.yaml", "none.yaml").diagnostics
    assert (found.code, found.message, str(found.place)) == (
        "CG101",
        "cannot read the file: No such file or directory",
        "none.yaml",
    )


# Places

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


# The two parsers


@needs_c
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: [Why us?, b?c, d]\n", id="question marks in a flow list"),
        pytest.param("{a:}\n", id="a colon at the end of a flow mapping"),
        pytest.param("[a:, b]\n", id="a colon at the end of a flow entry"),
        pytest.param("a: |# b\n  c\n", id="a comment right after a block's mark"),
        pytest.param("{a: , b: }\n", id="nothing in a flow mapping"),
        pytest.param("-\n[", id="a list not closed below a dash"),
        pytest.param('a: "\\-"\n', id="an unknown escape"),
        pytest.param('a: "\\x1"\n', id="an escape cut short"),
        pytest.param('a: "\\U00110000"\n', id="an escape beyond Unicode"),
        pytest.param('a: "\\ud800"\n', id="an escape of half a character"),
        pytest.param(f"{'k' * 1100}: b\n", id="a very long key"),
        pytest.param("a: >20 mmHg\n", id="a text that looks like a block's mark"),
        pytest.param("a: {{c1::b}}\n", id="a gap without quotes"),
        pytest.param("a: *\n", id="a star"),
        pytest.param("a: &\n", id="an ampersand"),
        pytest.param("a: !<x\n", id="a tag not closed"),
        pytest.param("%YAML 3.0\n---\na: b\n", id="a YAML version to come"),
        pytest.param("%X y\n---\na: b\n", id="an unknown directive"),
        pytest.param("\ta: b\n", id="a tab"),
        pytest.param("a\n...\nb\n", id="text after the end"),
        pytest.param(": a\n", id="a value without a key"),
    ],
)
def test_both_parsers_tell_the_same(text: str) -> None:
    assert told(text, PythonParser) == told(text, c_parser())


@dataclass(frozen=True)
class Scalar:
    """A text, and how it is written inside brackets and outside."""

    value: str
    inside: str
    outside: str


@dataclass(frozen=True)
class Group:
    """A mapping, or a list if it has no keys; with brackets or without."""

    keys: tuple[Scalar, ...]
    items: tuple[Node, ...]
    brackets: bool

    def names(self) -> list[str | int]:
        """Give the keys, or the positions."""
        return [key.value for key in self.keys] if self.keys else list(range(len(self.items)))


Node = Scalar | Group


def value_of(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.value
    values = [value_of(item) for item in node.items]
    return dict(zip(node.names(), values, strict=True)) if node.keys else values


@dataclass
class Written:
    """YAML text, with the line and the column at which each key and each value begins."""

    text: str = ""
    keys: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    values: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)

    def here(self) -> tuple[int, int]:
        """Give line and column of what is written next."""
        return self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n")

    def write(self, node: Node, path: tuple[str | int, ...] = (), indent: int = 0, *, inside: bool = False) -> None:
        """Write a value; what stands without brackets begins on a line of its own."""
        if isinstance(node, Scalar):
            self.values[path] = self.here()
            self.text += node.inside if inside else node.outside.replace("\n", "\n" + " " * indent)
        elif inside or node.brackets:
            self.values[path] = self.here()
            self.text += "{" if node.keys else "["
            for index, (name, item) in enumerate(zip(node.names(), node.items, strict=True)):
                self.text += ", " if index else ""
                self._key(node, index, (*path, name))
                self.text += " " if node.keys else ""
                self.write(item, (*path, name), inside=True)
            self.text += "}" if node.keys else "]"
        else:
            for index, (name, item) in enumerate(zip(node.names(), node.items, strict=True)):
                self.text += "\n" + " " * indent
                if not index:
                    self.values[path] = self.here()
                self._key(node, index, (*path, name))
                self.text += ("" if node.keys else "-") + " "
                self.write(item, (*path, name), indent + 2)

    def _key(self, node: Group, index: int, path: tuple[str | int, ...]) -> None:
        if node.keys:
            self.keys[path] = self.here()
            self.text += node.keys[index].inside + ":"


PRINTABLE = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")


def double_quoted(text: str, escaped: bool) -> str:
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    coded = (f"\\U{ord(char):08x}" if escaped and not char.isascii() else char for char in text)
    return f'"{"".join(named.get(char, char) for char in coded)}"'


def scalar(value: str, form: str) -> Scalar:
    return Scalar(value, form, form)


PLAIN = st.sampled_from(
    [
        "no",
        "on",
        "null",
        "~",
        "12:30",
        "2026-06",
        "007",
        "a",
        "b#c",
        "-1",
        "it's",
        "50%",
        "http://x.y/z=1",
        "<<=",
        "é日本",
        "😀",
        "two-words",
        "two words",
    ]
).map(lambda text: scalar(text, text))
SINGLE = st.text(PRINTABLE, max_size=8).map(lambda text: scalar(text, "'" + text.replace("'", "''") + "'"))
DOUBLE = st.builds(
    lambda text, escaped: scalar(text, double_quoted(text, escaped)),
    st.text(st.one_of(PRINTABLE, st.sampled_from("\n\t")), max_size=8),
    st.booleans(),
)
BLOCK = st.lists(
    st.text(PRINTABLE, min_size=1, max_size=8).filter(lambda line: line[0] != " "), min_size=1, max_size=3
).map(lambda lines: Scalar("\n".join(lines), double_quoted("\n".join(lines), False), "\n".join(["|-", *lines])))


def groups(items: st.SearchStrategy[Node]) -> st.SearchStrategy[Group]:
    pairs = st.lists(
        st.tuples(st.one_of(PLAIN, SINGLE, DOUBLE), items), min_size=1, max_size=4, unique_by=lambda pair: pair[0].value
    )
    mappings = st.builds(
        lambda entries, brackets: Group(
            tuple(key for key, _ in entries), tuple(item for _, item in entries), brackets=brackets
        ),
        pairs,
        st.booleans(),
    )
    lists = st.builds(
        lambda entries, brackets: Group((), tuple(entries), brackets=brackets or not entries),
        st.lists(items, max_size=4),
        st.booleans(),
    )
    return st.one_of(mappings, lists)


TREES: st.SearchStrategy[Group] = groups(st.recursive(st.one_of(PLAIN, SINGLE, DOUBLE, BLOCK), groups, max_leaves=12))


def starts(where: Where, lines: Lines) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Give line and column of each key and of each value, by path."""
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
    assert parse(text, parser) == Parsed(value_of(tree))
    assert starts(places(text, parser), Lines(text)) == (written.keys, written.values)


MAPPINGS = st.lists(TREES.filter(lambda tree: bool(tree.keys)), min_size=1, max_size=4)


@both_parsers
@given(cards=MAPPINGS, ends=st.sampled_from(["\n", "\r\n", "\r"]))
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


# Where libyaml and PyYAML's own scanner are known to part; each of these has a case above.
PARTINGS = re.compile(r":[,?{}\[\]]|:\s*(#.*\s*)*[,}\]]|[|>][-+0-9]*#|[!?\\]|^%", re.MULTILINE)

EDITS = st.lists(
    st.tuples(
        st.integers(0, 200),
        st.integers(0, 4),
        st.one_of(
            st.text("ab01 \n:-[]{},#&*|>'\"@`é😀~.<=/+\r", max_size=4), st.sampled_from(["\n---\n", "&a ", "*a"])
        ),
    ),
    max_size=4,
)


@needs_c
@given(tree=TREES, edits=EDITS)
def test_both_parsers_tell_the_same_of_a_text_with_slips(tree: Group, edits: list[tuple[int, int, str]]) -> None:
    written = Written()
    written.write(tree)
    text = written.text
    for place, cut, put in edits:
        position = place % (len(text) + 1)
        text = text[:position] + put + text[position + cut :]
    assume(not PARTINGS.search(text))
    assert told(text, PythonParser) == told(text, c_parser())
