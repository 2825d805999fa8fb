"""The one list of print options: what is made from it, and what it takes to add an option."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import REPOSITORY, Ran, card_file
from extended import copy_of_the_project, run, write_decks

from cardgen.model import Printing
from cardgen.model.printing import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

sys.path.insert(0, str(REPOSITORY / "docs"))
from make_print_options import files


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_schemas_and_docs_say_what_the_list_says(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == files()[file]


def test_every_option_is_one_of_the_command_line(cardgen: Callable[..., Ran]) -> None:
    shown = cardgen("build", "--help").out
    assert [option.name for option in OPTIONS if f"--{option.name.replace('_', '-')} " not in shown] == []


def test_what_is_asked_for_wins_and_the_rest_is_left_to_others() -> None:
    asked = Printing(paper="letter").over(Printing(paper="a4", flip="fold", grey=None))
    assert asked == Printing(paper="letter", flip="fold")
    assert asked.values() == {
        "layout": "sheet",
        "paper": "letter",
        "fold": "",
        "columns": "1",
        "card": "a7",
        "flip": "fold",
        "back_offset": (0.0, 0.0),
        "rows": "card",
        "offset": (0.0, 0.0),
        "ruler": False,
        "grey": False,
        "font_dir": "",
    }


def test_an_option_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^printing has no option colour, size$"):
        Printing(colour="red", layout="sheet", size=3)


NEW_OPTION = """\
    PrintOption(
        "stamp",
        "Stamp",
        Choice(("draft", "final")),
        "",
        "pdf: a word in the corner of each page.",
        "A word in the corner of each page.",
        "draft",
    ),
"""


def test_a_new_option_takes_an_entry_in_the_list_and_its_use_in_a_template(tmp_path: Path) -> None:
    home = copy_of_the_project(tmp_path, fonts=True)
    listed = home / "cardgen/model/printing.py"
    listed.write_text(listed.read_text().replace("OPTIONS: Final = (\n", f"OPTIONS: Final = (\n{NEW_OPTION}"))
    template = home / "cardgen/print/templates/sheet.typ"
    template.write_text(f"{template.read_text()}\n#O.stamp\n")
    deck = "id: demo\ntitle: Demo\nsections: [one]\nprint: {stamp: draft}\n"
    card = {"id": "a", "kind": "basic", "front": "Q", "back": "A"}
    write_decks(home, {"demo/deck.yaml": deck, "demo/one.yaml": card_file("One", [card])})
    build = ("-m", "cardgen", "build", "--format", "pdf", "--out")
    for words in (["docs/make_print_options.py"], [*build, "by-file"], [*build, "by-command", "--stamp", "final"]):
        done = run(home, *words)
        assert (done.code, done.err) == (0, "")
    for out, word in (("by-file", "draft"), ("by-command", "final")):
        shown = subprocess.run(["pdftotext", f"{out}/demo.pdf", "-"], cwd=home, capture_output=True, check=True)
        assert word in shown.stdout.decode().split()
