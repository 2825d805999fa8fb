"""What YAML would take from a text without a word is told, and what an author may well have meant is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import FACETS, MINIMAL_CARDS, MINIMAL_DECK

from cardgen.load import load_decks
from cardgen.read.flaws import Lines
from cardgen.read.parsed import Parsed
from cardgen.read.strict_yaml import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Backslashes in double quotes

SINGLE = "Write it in single quotes, which keep backslashes: "
NO_ESCAPE = " as an escape, and YAML knows no such escape"
NO_CHARACTER = " as the number of a character, and there is none"
UNDER_A_BAR = "Write the text under `|`, where a backslash is a backslash, or write `\\\\` for it here."


@pytest.mark.parametrize(
    ("text", "column", "covered", "message", "hint"),
    [
        (r'a: "is $\nu$ fine"', 9, r"\nu", r"turn `\n` of `\nu` into a line end", SINGLE + r"'is $\nu$ fine'"),
        (r'a: "$\rho$"', 6, r"\rho", r"turn `\r` of `\rho` into a carriage return", SINGLE + r"'$\rho$'"),
        (r'a: "$x\ y$"', 7, "\\ ", r"turn `\ ` into a space", SINGLE + r"'$x\ y$'"),
        (r'a: "in C:\temp"', 10, r"\temp", r"turn `\t` of `\temp` into a tab", SINGLE + r"'in C:\temp'"),
        (r'a: "x\ y"', 6, "\\ ", r"turn `\ ` into a space", SINGLE + r"'x\ y'"),
        (r'a: "\theta"', 5, r"\theta", r"turn `\t` of `\theta` into a tab", SINGLE + r"'\theta'"),
        (r'a: "\frac"', 5, r"\frac", r"turn `\f` of `\frac` into a form feed", SINGLE + r"'\frac'"),
        (r'a: "\beta"', 5, r"\beta", r"turn `\b` of `\beta` into a backspace", SINGLE + r"'\beta'"),
        (r'a: "\alpha"', 5, r"\alpha", r"turn `\a` of `\alpha` into a bell", SINGLE + r"'\alpha'"),
        (r'a: "\vec"', 5, r"\vec", r"turn `\v` of `\vec` into a vertical tab", SINGLE + r"'\vec'"),
        (r'a: "\eta"', 5, r"\eta", r"turn `\e` of `\eta` into an escape character", SINGLE + r"'\eta'"),
        (r'a: "\Pi"', 5, r"\Pi", r"turn `\P` of `\Pi` into a paragraph separator", SINGLE + r"'\Pi'"),
        (r'a: "\Lambda"', 5, r"\Lambda", r"turn `\L` of `\Lambda` into a line separator", SINGLE + r"'\Lambda'"),
        (r'a: "in snake\_case"', 13, r"\_", r"turn `\_` into a no-break space", SINGLE + r"'in snake\_case'"),
        ("a: \"it's \\nabla\"", 10, r"\nabla", r"turn `\n` of `\nabla` into a line end", SINGLE + r"'it''s \nabla'"),
        (r'a: "a \"b\" \theta"', 13, r"\theta", r"turn `\t` of `\theta` into a tab", SINGLE + r"""'a "b" \theta'"""),
        (r'a: "one\ntwo $\nu$"', 15, r"\nu", r"turn `\n` of `\nu` into a line end", UNDER_A_BAR),
        (r'a: "\sigma"', 5, r"\sigma", r"read `\s` of `\sigma`" + NO_ESCAPE, SINGLE + r"'\sigma'"),
        (r'a: "5 \* 3"', 7, r"\*", r"read `\*`" + NO_ESCAPE, SINGLE + r"'5 \* 3'"),
        (r'a: "\xi"', 5, r"\xi", r"read `\x` of `\xi`" + NO_CHARACTER, SINGLE + r"'\xi'"),
        (r'a: "\upsilon"', 5, r"\upsilon", r"read `\u` of `\upsilon`" + NO_CHARACTER, SINGLE + r"'\upsilon'"),
    ],
)  # fmt: skip
def test_a_backslash_that_double_quotes_take_from_tex_is_told(
    text: str, column: int, covered: str, message: str, hint: str
) -> None:
    (flaw,) = parse(text).flaws
    assert (flaw.code, flaw.message, text[slice(*flaw.span)], flaw.hint) == (
        "CG117",
        f"double quotes {message}",
        covered,
        hint,
    )
    assert Lines(text).locate(flaw.span[0])[:2] == (1, column)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"One.\nTwo."', "One.\nTwo."),
        (r'"One\n\nand two"', "One\n\nand two"),
        (r'"one\tTwo\ttext of three"', "one\tTwo\ttext of three"),
        (r'"a\tb\tc"', "a\tb\tc"),
        (r'"a\ne poi"', "a\ne poi"),
        (r'"say \"yes\""', 'say "yes"'),
        (r'"$\\nu$ and \\theta"', r"$\nu$ and \theta"),
        (r'"5\_mg"', "5\xa0mg"),
        (r'"costs $5\nand $10"', "costs $5\nand $10"),
        (r'"This:\n\n- one\n- two $x^2$\n\n$y$"', "This:\n\n- one\n- two $x^2$\n\n$y$"),
        (r'"Group A:\nanti-B antibodies"', "Group A:\nanti-B antibodies"),
        (r'"costs 5$\nand 6$ more"', "costs 5$\nand 6$ more"),
        (r'"$a =\n b$"', "$a =\n b$"),
        (r'"\u00e9\x41"', "éA"),
        (r"'$\nu$'", r"$\nu$"),
        (r"$\nu$", r"$\nu$"),
    ],
)
def test_an_escape_that_may_be_meant_is_read(text: str, value: str) -> None:
    assert parse(text) == Parsed(value)


# Lines under >

JOINED = "joins the line `{}` to the one before it"
ONE_PARAGRAPH = "joins the paragraph `{}` to the one before it"


@pytest.mark.parametrize(
    ("folded", "message"),
    [
        pytest.param(">-\n  - a\n  - b\n", JOINED.format("- b"), id="a list"),
        pytest.param(">\n  So:\n  - a\n", JOINED.format("- a"), id="a list after a line"),
        pytest.param(">-\n  1. a\n  2. b\n", JOINED.format("2. b"), id="a numbered list"),
        pytest.param(">-\n  * a\n  * b\n", JOINED.format("* b"), id="a list with stars"),
        pytest.param(">-\n  | a | b |\n  |---|---|\n", JOINED.format("|---|---|"), id="a table"),
        pytest.param(">-\n  So:\n  ```\n  x\n  ```\n", JOINED.format("```"), id="code"),
        pytest.param(">-\n  So:\n  $$\n  x\n  $$\n", JOINED.format("$$"), id="mathematics"),
        pytest.param(">-\n  One.\n\n  Two.\n", ONE_PARAGRAPH.format("Two."), id="paragraphs"),
        pytest.param(">-\n  So:\n\n  - a\n\n  Two.\n", ONE_PARAGRAPH.format("Two."), id="a paragraph after a list"),
        pytest.param(">-\n  One  \n  Two\n", JOINED.format("Two"), id="a line break"),
        pytest.param(">-  # see\r\n  - a\r\n  - b\r\n", JOINED.format("- b"), id="Windows line ends"),
    ],
)
def test_structure_that_folding_takes_away_is_told_at_its_text(folded: str, message: str) -> None:
    text = f"a: {folded}"
    parsed = parse(text)
    (flaw,) = parsed.flaws
    indicator = folded.split(maxsplit=1)[0]
    assert (flaw.code, flaw.message, flaw.hint) == (
        "CG118",
        f"`{indicator}` {message}",
        f"Write `|` in place of `{indicator}`: it keeps lines and paragraphs as they are.",
    )
    assert f"`{text[slice(*flaw.span)]}`" in message
    assert parsed.value is not None


@pytest.mark.parametrize(
    ("folded", "value"),
    [
        pytest.param(">-\n  a long\n  line\n", "a long line", id="a long line"),
        pytest.param(">-\n  One.\n\n\n  Two.\n", "One.\n\nTwo.", id="paragraphs with two lines between them"),
        pytest.param(">-\n  - a\n\n  - b\n", "- a\n- b", id="a list with lines between"),
        pytest.param(">-\n  So:\n    - a\n    - b\n", "So:\n  - a\n  - b", id="a list that is indented"),
        pytest.param(
            ">-\n  in the year\n  12. Then\n", "in the year 12. Then", id="a number at the beginning of a line"
        ),
        pytest.param("|\n  - a\n  - b\n\n  c\n", "- a\n- b\n\nc\n", id="a bar"),
    ],
)
def test_a_folded_text_without_structure_is_read(folded: str, value: str) -> None:
    assert parse(f"a: {folded}") == Parsed({"a": value})


@pytest.mark.parametrize(
    ("text", "covered", "message"),
    [
        pytest.param("a: So\n  - b\n", "- b", "YAML joins the line `- b` to the one before it", id="a plain list"),
        pytest.param("a: One.\n\n  Two.\n", "Two.", "YAML joins the paragraph `Two.` to the one before it", id="plain"),
        pytest.param("a: 'One:\n  - b'\n", "- b", "the quotes join the line `- b` to the one before it", id="quotes"),
        pytest.param('a: "A.\n\n  B."\n', "B.", "the quotes join the paragraph `B.` to the one before it", id="double"),
    ],
)  # fmt: skip
def test_structure_in_other_texts_of_several_lines_is_told_where_it_is_lost(
    text: str, covered: str, message: str
) -> None:
    (flaw,) = parse(text).flaws
    assert (flaw.code, flaw.message, text[slice(*flaw.span)], flaw.hint) == (
        "CG118",
        message,
        covered,
        "Write the text under `|`, which keeps lines and paragraphs as they are.",
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: one\n  line\n", "one line"),
        ("a: 'one\n  line'\n", "one line"),
        ('a: "one\n  line"\n', "one line"),
        ('a: "one \\\n  - line"\n', "one - line"),
        ("a: One.\n\n\n  Two.\n", "One.\n\nTwo."),
    ],
)
def test_other_texts_of_several_lines_without_structure_are_read(text: str, value: str) -> None:
    assert parse(text) == Parsed({"a": value})


# Anchors


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &c and more\n", [("CG121", "&c", "Quote all of it: '&c and more'")]),
        ("a: &x 1\nb: *x\n", []),
        ("a: &x 1\nb: &x 2\nc: *x\n", []),
        ("a: &x {b: c}\n", []),
    ],
)
def test_a_text_that_begins_with_an_ampersand_is_told(text: str, told: list[tuple[str, str, str]]) -> None:
    assert [(flaw.code, text[slice(*flaw.span)], flaw.hint) for flaw in parse(text).flaws] == told


# Spaces that are none


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("a: b\n\xa0\xa0c: d\n", [("CG120", "the line begins with no-break spaces", 2, 1)], id="no-break"),
        pytest.param(
            "a: b\n\u3000c: d\n", [("CG120", "the line begins with spaces that YAML does not know", 2, 1)], id="wide"
        ),
        pytest.param("a: |\n  b\n  \xa0c: d\n", [], id="in a text under a bar"),
        pytest.param("a: b\n  \xa0c\n", [], id="in a text of two lines"),
    ],
)
def test_a_line_indented_with_other_spaces_is_told(text: str, told: list[tuple[str, str, int, int]]) -> None:
    found = [(flaw.code, flaw.message, *Lines(text).locate(flaw.span[0])[:2]) for flaw in parse(text).flaws]
    assert found == told


# Comments


def card(line: str, kind: str = "basic", more: str = "") -> str:
    """Return a section whose card has a line of its own, the sixth."""
    fields = {"basic": "front: Q\n    back: A", "statistic": "question: Q\n    value: 5"}[kind]
    field = line.partition(":")[0]
    kept = "\n    ".join(part for part in fields.split("\n    ") if not part.startswith(f"{field}:"))
    return f"title: One\ncards:\n  - id: a\n    kind: {kind}\n    {kept}\n    {line}\n{more}"


@pytest.mark.parametrize(
    ("file", "text", "place", "covered"),
    [
        ("one", card("back: the #1 cause"), "one.yaml:6:15", 8),
        ("one", card("back: the # 1 cause"), "one.yaml:6:15", 9),
        ("one", card("back: the  #1 cause"), "one.yaml:6:16", 8),
        ("one", card("back: two\n      lines # more"), "one.yaml:7:13", 6),
        ("one", card("note: x # first"), "one.yaml:7:13", 7),
        ("one", card("back: '5' #'9'"), "one.yaml:6:15", 4),
        ("one", card('back: "5"#9'), "one.yaml:6:14", 2),
        ("one", card("value: 5 #1", "statistic"), "one.yaml:6:14", 2),
        ("one", card("unit: mg # per day", "statistic"), "one.yaml:7:14", 9),
        ("one", card("source: {id: x, locator: Table 4 # say\n     }"), "one.yaml:7:38", 5),
        ("one", MINIMAL_CARDS.replace("title: One", "title: One # say"), "one.yaml:1:12", 5),
        ("deck", MINIMAL_DECK.replace("Demo", "Demo #1"), "deck.yaml:2:13", 2),
    ],
)
def test_a_comment_that_may_be_a_part_of_the_text_is_told(
    file: str, text: str, place: str, covered: int, decks: Callable[..., Path]
) -> None:
    root = decks({f"demo/{file}.yaml": text})
    (found,) = [found for found in load_decks(root).diagnostics if found.code == "CG116"]
    assert found.place is not None
    assert str(found.place).removeprefix(f"{root.as_posix()}/demo/") == place
    assert found.place.width == covered


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("one", card("back: A  # why")),
        ("one", card("back: 'A' # why")),
        ("one", card("back: A#1")),
        ("one", card("back: A\n    # why")),
        ("one", card("back: >- # why\n      A #1")),
        ("one", card("tags: abc # why")),
        ("one", card("tags: [abc, d] # why")),
        ("one", card("as_of: 2024-05 # why")),
        ("one", card("level: core # why")),
        ("one", card("value: 5.5 # why", "statistic")),
        ("one", card("lint_ignore: {S01: it is short} # why")),
        ("one", MINIMAL_CARDS.replace("first", "first # why").replace("cards:", "cards: #")),
        ("one", MINIMAL_CARDS.replace("basic", "basic # why")),
        ("deck", MINIMAL_DECK.replace("id: demo", "id: demo # why").replace("]", "] # why")),
    ],
)  # fmt: skip
def test_a_comment_that_can_only_be_one_is_none_of_our_business(
    file: str, text: str, decks: Callable[..., Path]
) -> None:
    assert load_decks(decks({"collection.yaml": FACETS, f"demo/{file}.yaml": text})).diagnostics == ()
