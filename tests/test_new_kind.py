"""To add a kind takes its block in the schema of cards and one module: everything else learns of it from these."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import imported
from extended import copy_of_the_project, run, write_decks

if TYPE_CHECKING:
    from pathlib import Path

    from anki.collection import Collection

MODULE = '''
"""`riddle`: a question in several lines, and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cardgen.kinds.base import CardText, Form, Part, Role
from cardgen.richtext import literal, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cardgen.kinds.base import Problem
    from cardgen.words import Words

LITERAL = frozenset({("word",)})


class Riddle(Struct, frozen=True):
    """Markdown of the lines, and the word that they mean."""

    lines: tuple[str, ...]
    word: str


def read(fields: Mapping[str, Any]) -> Riddle:
    """Take over the fields."""
    return Riddle(tuple(fields["lines"]), fields["word"])


def check(_content: Riddle) -> Iterable[Problem]:
    """Find nothing: the schema says it all."""
    return ()


def compose(content: Riddle, _words: Words) -> Iterator[Part]:
    """Ask for the word."""
    front = tuple(block for line in content.lines for block in parse(line))
    yield Part("", Form.TYPED, front, literal(content.word))


def texts(content: Riddle) -> Iterator[CardText]:
    """Yield the lines and the word."""
    for index, line in enumerate(content.lines):
        yield CardText(Role.PROMPT, ("lines", index), line)
    yield CardText(Role.ANSWER, ("word",), content.word, literal=True)
'''

DECK = """
id: demo
title: Demo
sections: [one]
variants: {riddles: {where: {kind: riddle}}}
"""
LINT = """
patterns:
  - {id: no-day, message: It names one, match: horses|day, where: {kind: riddle}}
"""
CARDS = """
title: One
cards:
  - {id: teeth, kind: riddle, lines: [Thirty white horses on a **red** hill], word: "*Teeth*"}
  - {id: plain, kind: basic, front: Which day is it?, back: Monday}
"""


def add_kind(schema: dict[str, Any]) -> None:
    """Put the block of the kind `riddle` into the schema of cards."""
    definitions = schema["$defs"]
    definitions["kind"]["enum"].append("riddle")
    definitions["card"]["allOf"].append(
        {"if": {"required": ["kind"], "properties": {"kind": {"const": "riddle"}}}, "then": {"$ref": "#/$defs/riddle"}}
    )
    shared = {
        name: part
        for name, part in definitions["basic"]["properties"].items()
        if name not in definitions["basic"]["required"] or name in {"id", "kind"}
    }
    definitions["riddle"] = definitions["basic"] | {
        "required": ["id", "kind", "lines", "word"],
        "properties": shared
        | {
            "lines": {
                "examples": [["Thirty white horses"]],
                "type": "array",
                "minItems": 1,
                "items": {"$ref": "#/$defs/line"},
            },
            "word": {"$ref": "#/$defs/line"},
        },
    }


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with a tenth kind, and decks that use it."""
    home = copy_of_the_project(tmp_path_factory.mktemp("extended"))
    (home / "cardgen/kinds/riddle.py").write_text(MODULE, encoding="utf-8")
    file = home / "schema/cards.schema.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    add_kind(schema)
    file.write_text(json.dumps(schema), encoding="utf-8")
    files = {"collection.yaml": "lint: lint.yaml\n", "lint.yaml": LINT, "demo/deck.yaml": DECK, "demo/one.yaml": CARDS}
    write_decks(home, files)
    return home


def test_its_cards_are_built_into_tables_and_packages(extended: Path, anki: Collection) -> None:
    built = run(extended, "-m", "cardgen", "build", "--format", "apkg", "--format", "csv", "--variant", "riddles")
    assert (built.code, built.err) == (0, "")
    rows = list(csv.reader((extended / "dist/demo-riddles.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row for row in rows if any("horses" in cell for cell in row) and any("Teeth" in cell for cell in row)]
    assert len(rows) == 2
    assert imported(anki, extended / "dist/demo-riddles.apkg") == {"new": 1}
    (note,) = anki.find_notes("")
    fields = dict(anki.get_note(note).items())
    assert (fields["Front"], fields["Back"]) == ("Thirty white horses on a <strong>red</strong> hill", "*Teeth*")


def test_the_command_line_selects_by_it(extended: Path) -> None:
    found = run(extended, "-m", "cardgen", "stats", "--where", "kind=riddle")
    assert found.code == 0
    assert "riddle" in found.out
    assert "basic" not in found.out


def test_lint_knows_its_texts_and_selects_by_it(extended: Path) -> None:
    found = run(extended, "-m", "cardgen", "check", "--rule", "no-day")
    heads = [line for line in found.err.splitlines() if line.startswith(("error", "warning", "  -->"))]
    assert (found.code, heads) == (0, ["warning[no-day]: It names one: “horses”", "  --> decks/demo/one.yaml:3:52"])


def test_editors_write_one_and_say_what_it_is(extended: Path) -> None:
    written = run(extended, "-m", "cardgen", "schema", "--editor")
    assert written.code == 0
    schema = json.loads((extended / "decks/.cardgen/schema/cards.schema.json").read_text(encoding="utf-8"))
    snippets = schema["$defs"]["card"]["allOf"][1]["else"]["defaultSnippets"]
    assert snippets[-1]["label"] == "riddle card"
    assert snippets[-1]["body"] == {
        "id": "${1:danube-mouth}",
        "kind": "riddle",
        "lines": ["${2:Thirty white horses}"],
        "word": "${3:The Danube}",
    }
    assert schema["$defs"]["kind"]["anyOf"][-1]["const"] == "riddle"


def test_a_flaw_in_one_is_told_as_in_others(extended: Path) -> None:
    file = extended / "decks/demo/one.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("word:", "wrod:"), encoding="utf-8")
    try:
        found = run(extended, "-m", "cardgen", "check", "--rule", "no-day")
    finally:
        file.write_text(good, encoding="utf-8")
    assert found.err.splitlines()[0] == "error[CG201]: unknown field `wrod` in card `teeth` of kind riddle"
