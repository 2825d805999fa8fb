"""Measures `cardgen import` beside Python's html.parser alone over the same fields: see README.md."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from bench import table
from measure import Contender, in_turn, twice

_HERE: Final = Path(__file__).parent

_PLAIN: Final = (
    "The river that rises in the Black Forest and flows through ten countries",
    "Which of the two comes first, and what follows from it?",
    "About 80 % of all cases, most of them in the first year",
)
_MARKED: Final = (
    "<div>The <b>first</b> of them,</div><div>and what <i>follows</i> from it.</div>",
    "<ul><li>one of the <b>three</b></li><li>another one</li><li>and the last, H<sub>2</sub>O</li></ul>",
    "A line,<br>a second one &amp; a <i>third</i>:<br><br>the end &nbsp;of it.",
    '<span style="font-weight: 600">In bold</span> by a style, 10<sup>9</sup> of them, <u>not more</u>.',
    "<table><tr><th>name</th><th>value</th></tr><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>",
)
_MODEL: Final = {
    "crowdanki_uuid": "m", "name": "Basic", "type": 0, "css": "",
    "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
    "tmpls": [{"name": "1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}{{Back}}"}],
}  # fmt: skip


def main() -> None:
    """Measure what the command line asks for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000, help="size of the decks")
    parser.add_argument("--runs", type=int, default=3, help="how often each runs")
    parser.add_argument("--before", type=Path, help="another checkout, which is measured in turn")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cardgen-bench-") as folder:
        for name, backs in (("five backs of twelve marked up", _as_found()), ("all backs marked up", _MARKED)):
            deck = Path(folder) / name.replace(" ", "-") / "deck.json"
            deck.parent.mkdir()
            deck.write_text(json.dumps(_deck(arguments.notes, backs)), encoding="utf-8")
            alone = Contender(
                "html.parser alone", (sys.executable, str(_HERE / "markup.py"), str(deck)), "notes", arguments.runs
            )
            command = (sys.executable, "-m", "cardgen", "import", str(deck), "--dry-run", "--into", f"{folder}/new")
            ours = Contender("cardgen import", command, f"{arguments.notes:,} notes", arguments.runs)
            first, *others = in_turn((alone, *twice((ours,), arguments.before)), Path(folder))
            rows = (
                (result.name, str(len(result.runs)), f"{result.processor:.2f}",
                 f"{result.processor / first.processor:.1f}", f"{result.peak / 1_000_000:.0f}")
                for result in (first, *others)
            )  # fmt: skip
            print(f"{arguments.notes:,} notes, {name}")
            print(table(("contender", "runs", "CPU seconds", "x alone", "peak MB"), rows))


def _as_found() -> tuple[str, ...]:
    """Return backs of which 58 % have no tag, as in six public decks of 9,549 fields."""
    return (*islice(cycle(_PLAIN), 7), *_MARKED)


def _deck(count: int, backs: tuple[str, ...]) -> dict[str, object]:
    """Return a deck of CrowdAnki's in which no two notes are alike."""
    notes = [
        {
            "guid": str(number),
            "note_model_uuid": "m",
            "fields": [f"Question {number}: {_PLAIN[number % 3]}", back.replace("the", f"the {number}th", 1)],
            "tags": [],
        }
        for number, back in zip(range(count), cycle(backs), strict=False)
    ]
    return {"__type__": "Deck", "name": "Deck", "note_models": [_MODEL], "notes": notes, "children": []}


if __name__ == "__main__":
    main()
