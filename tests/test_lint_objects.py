"""Lint sees words, code, formulas and pictures apart: words in code are not words, and other pictures ask otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from linted import found

from cardgen.lint.text import count_words, objects, prose, prose_and_objects
from cardgen.richtext import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n"
MEDIA: dict[str, str | bytes | None] = {"demo/a.png": PNG, "demo/b.png": PNG}


def cards(*fields: dict[str, str]) -> dict[str, str | bytes | None]:
    """Return the section of the small deck with cards."""
    written = [
        {"id": f"c{number}", "kind": "basic", "front": "Which?", "back": "That"} | one
        for number, one in enumerate(fields)
    ]
    return {"demo/one.yaml": f"title: One\ncards: {json.dumps(written, ensure_ascii=False)}\n"} | MEDIA


def messages(root: Path, code: str) -> list[str]:
    return [f"{d.code} {d.message}" for d in found(root, code)]


CODE = "`" + "word, " * 40 + "`"
BLOCK = f"```\n{'word, not never. ' * 40}\n```"
MATHS = "$" + r"\text{word, } " * 40 + "$"


@pytest.mark.parametrize("thing", [CODE, BLOCK, MATHS], ids=["code", "block of code", "formula"])
@pytest.mark.parametrize(
    ("code", "field"),
    [("S03", "back"), ("S04", "front"), ("S06", "back"), ("S16", "front"), ("S17", "note")],
)
def test_words_of_code_and_formulas_are_not_counted(
    thing: str, code: str, field: str, decks: Callable[..., Path]
) -> None:
    between = "\n\n" if thing is BLOCK else " "
    assert messages(decks(cards({field: f"Some words{between}{thing}"})), code) == []


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        pytest.param("A04", {"back": '`f"Hello, {name}!"` and `TODO` and $x_{your}$'}, id="slots"),
        pytest.param("P03", {"back": "`visa`"}, id="words for what changes"),
        pytest.param("P05", {"back": "`image:latest`"}, id="words of relative time"),
        pytest.param("P06", {"back": "`width: 50%`"}, id="percentages"),
        pytest.param("S01", {"front": "Which makes an atom optional?", "back": "`?`"}, id="code of punctuation"),
        pytest.param("S01", {"back": "$.$"}, id="a formula of punctuation"),
        pytest.param("S05", {"front": "What does `a? b?` match?"}, id="question marks"),
        pytest.param(
            "S11", {"front": "Which class has `push_back`?", "back": "The `vector` class"}, id="words beside code"
        ),
        pytest.param("S11", {"front": "What is the sum of the formula $a+b$?", "back": r"$\sum c$"}, id="formulas"),
        pytest.param(
            "S11",
            {"front": "Where is the $x$ chain on average?", "back": "An average chain of $y$"},
            id="a formula that decides",
        ),
        pytest.param("S12", {"back": "`True`", "front": "What does `not []` return?"}, id="a value"),
        pytest.param("S12", {"back": "No `x`", "front": "What is it?"}, id="a word and code"),
        pytest.param("S12", {"front": "`is` does what? `do` it."}, id="an operator"),
        pytest.param("S13", {"front": "`list` makes what?"}, id="a command of a language"),
        pytest.param("S14", {"front": "`this` is what?"}, id="a pronoun of a language"),
        pytest.param("S15", {"front": "What does `SELECT` do?"}, id="keywords"),
        pytest.param("S16", {"front": "Which is `not x` or never `not y`?"}, id="operators"),
    ],
)
def test_words_in_code_and_formulas_are_not_found(
    code: str, fields: dict[str, str], decks: Callable[..., Path]
) -> None:
    settings = {"collection.yaml": "lint: lint.yaml\n", "lint.yaml": "rules: {fact-without-date: {words: [visa]}}\n"}
    assert messages(decks(cards(fields) | settings), code) == []


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        pytest.param("P06", {"front": "Which share in $2025$?", "back": "5%"}, id="a year in a formula"),
        pytest.param("P06", {"front": "Which share in `report-2025`?", "back": "5%"}, id="a year in code"),
        pytest.param(
            "S15", {"front": "What is the DSN?", "note": "`DSN` stands for data source name"}, id="an explanation"
        ),
    ],
)
def test_what_code_and_formulas_say_is_not_missing(
    code: str, fields: dict[str, str], decks: Callable[..., Path]
) -> None:
    assert messages(decks(cards(fields)), code) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("![](a.png)", "![](b.png)"),
        ("`a`", "`b`"),
        ("$a$", "$b$"),
        ("```\na\n```", "```\nb\n```"),
        ("![](a.png)", "$a$"),
    ],
)
def test_questions_about_different_things_are_not_the_same(one: str, other: str, decks: Callable[..., Path]) -> None:
    between = "\n\n" if one.startswith("```") else " "
    asked = f"Which common name does this rare thing have?{between}"
    alike = f"Which common name does this rare thing bear?{between}"
    same, different = ({"front": asked + one, "back": back} for back in ("X", "Y"))
    for code, again in (("D01", asked), ("D02", alike)):
        different["front"] = again + other
        assert messages(decks(cards(same, different)), code) == []


@pytest.mark.parametrize("thing", ["![](a.png)", "`a`", "$a$"])
def test_questions_about_the_same_thing_are_the_same(thing: str, decks: Callable[..., Path]) -> None:
    asked = [
        {"front": f"Which name does this rare thing {word}? {thing}", "back": word} for word in ("have", "have", "bear")
    ]
    assert messages(decks(cards(*asked[:2])), "D01") == ["D01 the card `c0` asks the same question"]
    assert messages(decks(cards(*asked[1:])), "D02") == [
        "D02 `front` is easily mixed up with the card `c0`: “Which name does this rare thing have? …”"
    ]


def test_code_that_a_question_shows_is_no_answer(decks: Callable[..., Path]) -> None:
    assert messages(decks(cards({"front": "What does `len` do in `len([])`?", "back": "`len`"})), "S11") == [
        "S11 `front` gives away “`len`”"
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{{c1::`std::vector`}} grows, as `std::vector` does", ["`std::vector` also appears outside of its gap"]),
        ("{{c1::`vector`}} grows, as a vector does", []),
        ("{{c1::$x^2$}} is $x^2$", ["$x^2$ also appears outside of its gap"]),
        ("The square is $a^{{c1::2}}$, 2 of them", []),
    ],
)
def test_gaps_with_code_and_formulas_are_compared_as_a_whole(
    text: str, wrong: list[str], decks: Callable[..., Path]
) -> None:
    card = {"id": "a", "kind": "cloze", "text": text}
    files = {"demo/one.yaml": f"title: One\ncards: {json.dumps([card])}\n"}
    assert messages(decks(files), "S11") == [f"S11 {message}" for message in wrong]


@pytest.mark.parametrize(
    ("code", "text", "wrong"),
    [
        ("S08", f"Write {{{{c1::{CODE}}}}} to get so many words", []),
        ("S09", "{{c1::Force and mass}}: $F = ma$", []),
        ("S09", "{{c1::$E = mc^2$ and more}} is", ["3 of 4 words are hidden at once"]),
        ("S10", "{{c1::Force}} is `x`", []),
        ("S10", "{{c1::`x`}}", ["0 words around the gap, fewer than 5"]),
        ("S18", "In {{c1::`set`::`Setting`}} it is", []),
    ],
)
def test_gaps_see_code_and_formulas_apart(code: str, text: str, wrong: list[str], decks: Callable[..., Path]) -> None:
    card = {"id": "a", "kind": "cloze", "text": text}
    files = {"demo/one.yaml": f"title: One\ncards: {json.dumps([card])}\n"}
    assert messages(decks(files), code) == [f"{code} {message}" for message in wrong]


def test_a_word_is_found_beside_the_same_word_in_code(decks: Callable[..., Path]) -> None:
    text = "title: One\ncards:\n  - {id: a, kind: basic, front: '`latest` $latest$ is the latest tag?', back: A}\n"
    (only,) = found(decks({"demo/one.yaml": text}), "P05")
    assert only.place is not None
    assert (only.place.line, only.place.column, only.place.width) == (
        3,
        text.splitlines()[2].index("latest tag") + 1,
        6,
    )


def test_patterns_of_a_collection_look_for_words(decks: Callable[..., Path]) -> None:
    own = {
        "collection.yaml": "lint: lint.yaml\n",
        "lint.yaml": "patterns:\n  - {id: own, message: do not say so, match: visa, unless: waltz}\n",
    }
    texts = [{"front": "`visa` $visa$"}, {"front": "A visa"}, {"front": "A visa", "back": "`waltz`"}]
    assert [len(found(decks(cards(one) | own), "own")) for one in texts] == [0, 1, 0]


def test_the_parts_of_a_text() -> None:
    tree = parse("One `two` $three$ ![four](a.png)\n\n```\nfive\nsix\n```\n\n- seven")
    assert prose(tree) == "One \ufffc \ufffc \ufffc\n\ufffc\nseven"
    assert prose_and_objects(tree) == "One two three \ufffc\nfive\nsix\nseven"
    assert [str(found) for found in objects(tree)] == ["`two`", "$three$", "![](a.png)", "`five\nsix`"]
    assert count_words(prose(tree)) == 2
