"""Paper of a language that is written from the right: questions stand right, answers left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pdfplumber
from conftest import artefacts, written
from measuring import unmeasured

from cardgen.model import Printing

if TYPE_CHECKING:
    from pathlib import Path

CARDS = """
title: قسم
cards:
  - {id: a, kind: basic, front: "سؤال؟", back: Z}
  - {id: b, kind: process, title: "سؤال؟", steps: [{id: a, do: Z}, {id: b, do: Z}], drill: false}
"""
DECK = "id: demo\ntitle: عنوان\nlanguage: ar\nsections: [one]\n"


def first_page(tmp_path: Path, layout: str) -> Any:
    decks = written(tmp_path / "decks", {"demo/deck.yaml": DECK, "demo/one.yaml": CARDS})
    (file,) = artefacts(decks, tmp_path / "dist", "pdf", printing=Printing(layout=layout)).values()
    with unmeasured(), pdfplumber.open(file) as pdf:
        page = pdf.pages[0]
        assert page.chars
        return page


def letters(page: Any, letter: str) -> list[dict[str, Any]]:
    return [char for char in page.chars if letter in char["text"]]


def test_the_cover_line_stands_between_questions_and_answers(tmp_path: Path) -> None:
    page = first_page(tmp_path, "sheet")
    (cover,) = [line for line in page.lines if line["height"] > page.height / 2]
    questions, answers = letters(page, "؟"), letters(page, "Z")
    assert (len(questions), len(answers)) == (2, 3)
    assert min(char["x0"] for char in questions) > cover["x0"] > max(char["x1"] for char in answers)


def test_the_line_from_a_step_to_the_next_joins_their_numbers(tmp_path: Path) -> None:
    page = first_page(tmp_path, "sheet")
    (joint,) = [shape for shape in page.rects if shape["width"] < 1]
    circles = [shape for shape in page.curves if shape["width"] > 10]
    middles = {round((shape["x0"] + shape["x1"]) / 2) for shape in (*circles, joint)}
    assert (len(circles), len(middles)) == (2, 1)
    assert min(shape["x0"] for shape in circles) > letters(page, "Z")[-1]["x1"]


def test_lines_to_write_on_stay_on_the_page(tmp_path: Path) -> None:
    page = first_page(tmp_path, "test")
    wide = [line for line in page.lines if line["width"] > page.width / 2]
    right = max(char["x1"] for char in letters(page, "ق"))
    assert len(wide) > 2
    assert max(line["x1"] for line in wide) <= right + 1
