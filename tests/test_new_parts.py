"""To add a lint rule takes one file; to add an output, a module and an entry in the list of formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from extended import copy_of_the_project, run, write_decks

if TYPE_CHECKING:
    from pathlib import Path

RULE = '''
"""S90: questions that shout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Check that no question ends with an exclamation mark."""
    for text in card.prompts:
        if text.plain.endswith("!"):
            yield text.finding("the question shouts", (len(text.plain) - 1, len(text.plain)))


RULE = Rule(
    code="S90",
    name="shouting",
    severity=Severity.WARNING,
    finds="A question shouts.",
    why="Nobody learns better for it.",
    way_out="End it with a question mark.",
    references=(),
    bad="- {id: a, kind: basic, front: What is it⟦!⟧, back: A river}",
    good="- {id: a, kind: basic, front: What is it?, back: A river}",
    card=check,
)
'''

OUTPUT = '''
"""`titles`: what decks are called, and how many notes they have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cardgen.export import whole

if TYPE_CHECKING:
    from cardgen.export import Bundle, Exported

SUFFIX = ".titles.json"


def export(bundle: Bundle) -> Exported:
    """Return titles and counts as JSON."""
    counts = {edition.deck.title: len(edition.notes) for edition in bundle.editions}
    return whole(bundle, SUFFIX, json.dumps(counts).encode())
'''

DECKS = {
    "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n",
    "demo/one.yaml": "title: One\ncards:\n  - {id: a, kind: basic, front: What is the Danube!, back: A river}\n",
}


def test_a_rule_is_found_by_lying_among_the_rules(tmp_path: Path) -> None:
    home = copy_of_the_project(tmp_path)
    (home / "cardgen/lint/rules/shouting.py").write_text(RULE.lstrip(), encoding="utf-8")
    write_decks(home, DECKS)
    found = run(home, "-m", "cardgen", "check", "--rule", "shouting")
    assert (found.code, found.err.splitlines()[:2]) == (
        0,
        ["warning[S90]: the question shouts", "  --> decks/demo/one.yaml:3:51"],
    )
    explained = run(home, "-m", "cardgen", "explain", "S90")
    assert (explained.code, "Nobody learns better for it." in explained.out) == (0, True)
    write_decks(home, {"collection.yaml": "lint: lint.yaml\n", "lint.yaml": "rules: {shouting: off}\n"})
    assert "S90" not in run(home, "-m", "cardgen", "check").err


def test_an_output_is_a_module_and_an_entry_in_the_list(tmp_path: Path) -> None:
    home = copy_of_the_project(tmp_path)
    (home / "cardgen/tables/titles.py").write_text(OUTPUT.lstrip(), encoding="utf-8")
    formats = home / "cardgen/build/formats.py"
    entry = 'FORMATS: Final = {\n    "titles": "cardgen.tables.titles",\n'
    formats.write_text(formats.read_text(encoding="utf-8").replace("FORMATS: Final = {\n", entry), encoding="utf-8")
    write_decks(home, DECKS)
    built = run(home, "-m", "cardgen", "build", "--format", "titles")
    assert (built.code, built.err) == (0, "")
    assert json.loads((home / "dist/demo.titles.json").read_text(encoding="utf-8")) == {"Demo": 1}
    (artefact,) = json.loads((home / "dist/manifest.json").read_text(encoding="utf-8"))["artefacts"]
    assert (artefact["file"], artefact["format"], artefact["notes"]) == ("demo.titles.json", "titles", 1)
    assert "titles" in run(home, "-m", "cardgen", "build", "--help").out
