"""What a command loads: of a format its room alone, and of what few decks have nothing where a deck has none of it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_DECK, REPOSITORY, card_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# A process of its own: in this one everything may be loaded already.
BUILD = """
import json, sys
from pathlib import Path
from cardgen.build.builder import build_decks
from cardgen.build.request import Request

built = build_decks(Request(decks=Path("decks"), out=Path("dist"), formats=(sys.argv[1],)))
assert built.artefacts, built.diagnostics
rooms = [f"cardgen.{name}" for name in ("anki", "print", "tables", "texts", "diff", "preview", "lint", "formulas")]
libraries = ("genanki", "typst", "sqlite3", "backports.zstd", "xlsxwriter", "math_core")
print(json.dumps(sorted(name for name in (*rooms, *libraries) if name in sys.modules)))
print(json.dumps("cardgen.anki.fields" in sys.modules))
"""


def build(name: str, folder: Path) -> tuple[list[str], bool]:
    """Build the decks of a folder in a format; return what was loaded, and whether fields were rendered for Anki."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, name],
        cwd=folder,
        env={"PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    modules, rendered = map(json.loads, done.stdout.splitlines())
    return modules, rendered


@pytest.mark.parametrize(
    ("name", "loaded", "renders_for_anki"),
    [
        ("apkg", ["cardgen.anki", "sqlite3"], True),
        ("anki-csv", ["cardgen.anki"], True),
        # They know Anki's search syntax alone, for the advice on retired notes; Typst works in a process of its own.
        ("csv", ["cardgen.anki", "cardgen.tables"], False),
        ("xlsx", ["cardgen.anki", "cardgen.tables", "xlsxwriter"], False),
        ("md", ["cardgen.anki", "cardgen.texts"], False),
        ("pairs", ["cardgen.anki", "cardgen.texts"], False),
        ("pdf", ["cardgen.anki", "cardgen.print"], False),
        ("story-sheet", ["cardgen.anki", "cardgen.print", "cardgen.tables"], False),
    ],
)
def test_a_build_loads_what_its_format_needs(
    decks: Callable[..., Path], tmp_path: Path, name: str, loaded: list[str], renders_for_anki: bool
) -> None:
    moves = [{"id": "a", "cue": "A", "text": "B"}, {"id": "c", "cue": "C", "text": "D"}]
    plan = {"id": "a", "kind": "framework", "question": "Q", "asks_for": "A", "moves": moves}
    decks({"demo/one.yaml": card_file("One", [plan])})
    assert build(name, tmp_path) == (loaded, renders_for_anki)


def test_a_deck_with_a_formula_loads_what_sets_it(decks: Callable[..., Path], tmp_path: Path) -> None:
    decks({"demo/one.yaml": card_file("One", [{"id": "a", "kind": "basic", "front": "Q", "back": "$x$"}])})
    loaded, _ = build("csv", tmp_path)
    assert loaded == ["cardgen.anki", "cardgen.formulas", "cardgen.tables", "math_core"]


SELDOM = (
    "yaml", "markdown_it", "jsonschema", "difflib", "cardgen.anki.occlusion", "cardgen.charts.svg.elements",
    "cardgen.diff", "cardgen.editor.schemas", "cardgen.formulas", "cardgen.lint.fix", "cardgen.load.languages",
    "cardgen.load.own_kinds", "cardgen.masks.drawing", "cardgen.read.places",
    "cardgen.read.unprintable", "cardgen.read.yaml_events", "cardgen.richtext.code", "cardgen.richtext.spoken",
    "cardgen.richtext.tex", "cardgen.templates",
)  # fmt: skip
"""What takes time to import, and is for what few decks have, or for findings."""

COMMAND = """
import atexit, json, sys
from cardgen.__main__ import main

seldom = json.loads(sys.argv.pop(1))
atexit.register(lambda: print(json.dumps([name for name in seldom if name in sys.modules]), file=sys.stderr))
main()
"""


@pytest.mark.parametrize("arguments", ["build --format apkg", "check", "list"])
def test_a_command_loads_nothing_that_its_decks_do_not_have(
    decks: Callable[..., Path], tmp_path: Path, arguments: str
) -> None:
    pattern = "  - id: no-x\n    message: No\n    match: ['\\bx\\b']\n    bad: [An x., 'x: y']\n    good: A y.\n"
    variants = 'variants:\n  core: {title: "A, b", where: {level: [core, more]}}\n'
    card = "  - id: a\n    kind: basic\n    front: Q of **A**?\n    back: A b.\n    level: core\n"
    decks(
        {
            "collection.yaml": "lint: lint.yaml\nfacets:\n  level:\n    [core, more]\n",
            "lint.yaml": f"patterns:\n{pattern}",
            "demo/deck.yaml": MINIMAL_DECK + variants,
            "demo/one.yaml": f"title: One\ncards:\n{card}",
        }
    )
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, json.dumps(SELDOM), *arguments.split()],
        cwd=tmp_path,
        env={"PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stderr.splitlines()[-1]) == []
