"""Pages of print end where they may: no label without its text, no value without its chart, no line alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pdfplumber
import pytest
import typst
from conftest import REPOSITORY, artefacts, card_file, written
from measuring import unmeasured
from paging import parted
from printed import MM, Printed

from cardgen.model import Printing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHOLE: dict[str, list[str]] = {"labels": [], "figures": [], "lines": []}


def test_no_page_of_large_print_parts_what_belongs_together(tmp_path: Path) -> None:
    printing = Printing(layout="large")
    files = artefacts(REPOSITORY / "decks", tmp_path, "pdf", locked=True, names=("visa",), printing=printing)
    assert [parted(file) for file in files.values()] == [WHOLE]


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(
    "asked", [{"layout": "sheet"}, {"layout": "test"}, {"layout": "test", "columns": "2"}, {"layout": "large"}]
)
def test_no_page_of_the_shipped_decks_parts_what_belongs_together(
    asked: dict[str, str], paper: str, tmp_path: Path
) -> None:
    files = artefacts(REPOSITORY / "decks", tmp_path, "pdf", locked=True, printing=Printing(paper=paper, **asked))
    assert len(files) == 4
    assert {name: parted(file) for name, file in files.items()} == dict.fromkeys(files, WHOLE)


FAULTY = """
#set document(title: "-", date: datetime(year: 2026, month: 1, day: 1))
#set page(height: 60mm)
= A heading
#par(strong[A label])
#pagebreak()
Text under it.
#text[A value.]
#pagebreak()
#figure(alt: "A chart", box[70])
One line.
#pagebreak()
Left over.
= Next
"""


def test_what_is_parted_is_found(tmp_path: Path) -> None:
    file = tmp_path / "faulty.pdf"
    file.write_bytes(typst.compile(FAULTY.encode(), pdf_standards=["a-2a", "ua-1"]))
    assert parted(file) == {
        "labels": ["1: A label"],
        "figures": ["3: Text under it. A value."],
        "lines": ["4: Left over."],
    }


LONG = {
    "id": "long",
    "kind": "process",
    "title": "The long way to a visa",
    "steps": [
        {"id": f"s{n}", "do": f"Do thing {n:02} of many.", "who": f"Clerk {n:02}", "when": "Soon"} for n in range(1, 31)
    ],
}
SHORT = {"id": "short", "kind": "basic", "front": "Short?", "back": "Yes."}
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><rect width="60" height="40"/></svg>'
PICTURE = {"id": "picture", "kind": "basic", "front": "![A box](media/box.svg) What is it?", "back": "A box."}


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., Printed]:
    def build(*cards: object, layout: str) -> Printed:
        files = {
            "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n",
            "demo/one.yaml": card_file("One", list(cards)),
            "demo/media/box.svg": SQUARE,
        }
        root = written(tmp_path / "decks", files)
        (file,) = artefacts(root, tmp_path / "dist", "pdf", printing=Printing(layout=layout)).values()
        return Printed(file)

    return build


@pytest.mark.parametrize("layout", ["sheet", "large"])
def test_a_card_that_goes_on_on_the_next_page_says_so(layout: str, printed: Callable[..., Printed]) -> None:
    found = printed(SHORT, LONG, SHORT | {"id": "last"}, layout=layout)
    pages = {box.page for step in range(1, 31) for box in found.find(f"Do thing {step:02} of many.")}
    again = found.find("continued: The long way to")
    assert len(pages) > 1
    assert {box.page for box in again} == pages - {min(pages)}
    assert {box.page for box in found.find("Do thing 30 of many.")} == {max(pages)}


def test_a_question_that_goes_on_stands_alone_in_its_column(printed: Callable[..., Printed]) -> None:
    asked = "Which of these?\n\n" + "\n".join(f"- Thing {n:02} of many." for n in range(1, 81))
    answered = "\n".join(f"- Thing {n:02} is one." for n in range(1, 181))
    found = printed({"id": "asks", "kind": "basic", "front": asked, "back": answered}, layout="sheet")
    asking = {box.page for n in range(1, 81) for box in found.find(f"Thing {n:02} of many.")}
    answering = {box.page for n in range(1, 181) for box in found.find(f"Thing {n:02} is one.")}
    assert asking == {1, 2}
    assert answering == {1, 2, 3, 4}
    assert [box.page for box in found.find("continued: Which of these?")] == [3, 4]


@pytest.mark.parametrize("layout", ["sheet", "large"])
def test_no_step_is_parted(layout: str, printed: Callable[..., Printed]) -> None:
    found = printed(LONG, layout=layout)
    pages = [
        ({box.page for words in (f"Do thing {n:02} of many.", f"Who Clerk {n:02}") for box in found.find(words)})
        for n in range(1, 31)
    ]
    assert [len(on) for on in pages] == [1] * 30


def test_a_picture_of_large_print_is_as_wide_as_the_column_and_under_the_number(
    printed: Callable[..., Printed],
) -> None:
    found = printed(PICTURE, layout="large")
    (number,) = found.find("1. What is it?")
    with unmeasured(), pdfplumber.open(found.file) as pdf:
        width = pdf.pages[0].width / MM - 2 * 25.4
        (box,) = [shape for shape in pdf.pages[0].rects if shape["height"] > 20 * MM]
    assert box["top"] / MM > number.bottom
    assert (box["x1"] - box["x0"]) / MM == pytest.approx(width, abs=1)
