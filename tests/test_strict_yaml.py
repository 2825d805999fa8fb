"""Reading YAML: what comes out, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cardgen.read import read_document
from cardgen.read.files import MAX_YAML
from cardgen.read.flaws import Lines
from cardgen.read.parsed import Parsed
from cardgen.read.strict_yaml import parse
from cardgen.read.yaml_events import MAX_ALIASED, MAX_DEPTH

if TYPE_CHECKING:
    from pathlib import Path

from yaml_texts import Finding, both_parsers, findings

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
            [("CG106", "the bracket `[` that opens on line 2, column 4, is not closed", 2, 4, "[")],
            id="a list not closed",
        ),
        pytest.param(
            'a: "b\n',
            [("CG106", 'the quote `"` that opens on line 1, column 4, is not closed', 1, 4, '"')],
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
                ("CG107", "`c` appears twice, first on line 2", 2, 11, "'c'"),
                ("CG107", "`a` appears twice, first on line 1", 3, 1, "a"),
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
                ("CG107", "`�[1m` appears twice, first on line 1", 2, 1, '"\\e[1m"'),
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
                ("CG107", "`a` appears twice, first on line 1", 2, 1, "a"),
                ("CG108", "a value carries the tag `!c`", 3, 4, "!c"),
                ("CG106", "the bracket `[` that opens on line 4, column 4, is not closed", 4, 4, "["),
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
