"""Formulas that Anki cannot set are an error of the card, and those that only Anki can a warning, at their part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_DECK

from cardgen.load import load_decks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cardgen.diagnostics import Diagnostic


def checked(decks: Callable[..., Path], fields: str) -> tuple[list[str], list[tuple[int, int, int]]]:
    """Return the messages for a card, and their lines, columns and widths; and the places marked in its fields."""
    loaded = load_decks(decks({"demo/one.yaml": f"title: One\ncards:\n  - {fields}\n"}))
    found: tuple[Diagnostic, ...] = loaded.diagnostics
    return (
        [f"{one.code} {one.message}" for one in found],
        [(one.place.line, one.place.column, one.place.width) for one in found if one.place],
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param(
            r"{id: a, kind: basic, front: Q, back: 'One $x$, $⟦\foo⟧{x}$'}",
            r"`\foo` is no command of MathJax",
            id="line",
        ),
        pytest.param(
            r"{id: a, kind: basic, front: Q, back: '$$ a⟦}⟧ $$'}", "`}` closes nothing", id="on a line of its own"
        ),
        pytest.param(
            '{id: a, kind: basic, front: Q, back: "`$\\\\foo$` and $⟦\\\\foo⟧$"}',
            r"`\foo` is no command of MathJax",
            id="double quotes, and code before",
        ),
        pytest.param(
            "id: a\n    kind: basic\n    front: Q\n    back: |\n      - $$\n        x ⟦\\foo⟧ y\n        $$\n",
            r"`\foo` is no command of MathJax",
            id="lines in a list",
        ),
        pytest.param(
            r"{id: a, kind: process, title: T, steps: [{id: b, do: '$x$'}, {id: c, do: '$⟦\foo⟧$'}]}",
            r"`\foo` is no command of MathJax",
            id="a step",
        ),
        pytest.param(
            r"{id: a, kind: cloze, text: '{{c1::A::$y$}} $\frac{{{c2::1::one}}}{⟦\foo⟧}$'}",
            r"`\foo` is no command of MathJax",
            id="behind gaps",
        ),
        pytest.param(
            r"{id: a, kind: cloze, text: 'A $x + {{c1::⟦\foo⟧ y}}$'}", r"`\foo` is no command of MathJax", id="in a gap"
        ),
        pytest.param(r"{id: a, kind: basic, front: Q, back: A, note: '$⟦{⟧x$'}", "`{` is not closed", id="the note"),
    ],
)
def test_a_formula_that_cannot_be_set_is_an_error_where_it_fails(
    fields: str, message: str, decks: Callable[..., Path]
) -> None:
    (marked,) = (
        (number, line.index("⟦") + 1, line.index("⟧") - line.index("⟦") - 1)
        for number, line in enumerate(f"title: One\ncards:\n  - {fields}".splitlines(), 1)
        if "⟦" in line
    )
    assert checked(decks, fields.replace("⟦", "").replace("⟧", "")) == ([f"CG411 {message}"], [marked])


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        pytest.param(r"{id: a, kind: basic, front: Q, back: 'One $x$, $a⟦\bbox⟧{x}$'}", r"\bbox", id="line"),
        pytest.param(r"{id: a, kind: basic, front: Q, back: '$$\ce{A ⟦\bond⟧{~} B}$$'}", r"\bond", id="chemistry"),
        pytest.param(r"{id: a, kind: cloze, text: 'A $x + {{c1::⟦\bbox⟧{y}}}$'}", r"\bbox", id="in a gap"),
        pytest.param(
            r"{id: a, kind: cloze, text: 'A $⟦\begin{cases} {{c1::x & y}} \end{cases}⟧$'}",
            "&",
            id="a gap that is no formula by itself",
        ),
        pytest.param("{id: a, kind: basic, front: Q, back: A, note: '$⟦\\href⟧{a}{x}$'}", r"\href", id="the note"),
    ],
)
def test_a_formula_that_only_anki_can_set_is_a_warning_where_it_begins(
    fields: str, what: str, decks: Callable[..., Path]
) -> None:
    line = f"  - {fields}"
    marked = (3, line.index("⟦") + 1, line.index("⟧") - line.index("⟦") - 1)
    message = f"CG412 `{what}` is set by Anki alone; print and preview show the formula's TeX"
    assert checked(decks, fields.replace("⟦", "").replace("⟧", "")) == ([message], [marked])


def test_a_formula_in_a_decks_description_is_checked(decks: Callable[..., Path]) -> None:
    loaded = load_decks(decks({"demo/deck.yaml": MINIMAL_DECK + "description: From $\\foo$ on\n"}))
    assert [(one.code, one.place and one.place.file[-9:]) for one in loaded.diagnostics] == [("CG411", "deck.yaml")]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(r"{id: a, kind: basic, front: Q, back: '$\frac{a}{b}$, $$\ce{H2O}$$'}", id="good"),
        pytest.param(r"{id: a, kind: basic, front: Q, back: '`$\foo$`, \$\foo\$'}", id="no formulas"),
        pytest.param(r"{id: a, kind: typed, front: Q, back: '$\foo$'}", id="an answer that is typed"),
        pytest.param(r"{id: a, kind: cloze, text: '$\frac{{{c1::a}}}{ {{c2::b}} }$ is it'}", id="gaps in arguments"),
        pytest.param(r"{id: a, kind: cloze, text: '$x^{{c1::2}}$ is it'}", id="a gap for an argument"),
    ],
)
def test_a_formula_that_can_be_set_is_fine(fields: str, decks: Callable[..., Path]) -> None:
    assert checked(decks, fields) == ([], [])


def test_a_broken_gap_is_found_once(decks: Callable[..., Path]) -> None:
    codes = [
        message[:5] for message in checked(decks, r"{id: a, kind: cloze, text: '$x {{c1::\foo$ and {{c1::b}}'}")[0]
    ]
    assert codes == ["CG402"]
