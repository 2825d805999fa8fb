"""Finds formulas that Anki's MathJax cannot set, and those that only it can, at the part that is to blame."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cardgen.kinds import CardText, Problem, Role
from cardgen.richtext import Code, Gap, Math, Preformatted, nodes, parse
from cardgen.richtext.parse import broken_gap, gap_spans
from cardgen.richtext.tree import tex_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cardgen.formulas import NotSetError


def formula_problems(text: CardText) -> Iterator[Problem]:
    """Yield what keeps formulas of a text from being set; nothing for a text with broken gaps."""
    has_gaps = text.role is Role.GAPS
    written, positions = (text.text, range(len(text.text))) if not has_gaps else _without_gaps(text.text)
    cursor = 0
    for node in nodes(parse(text.text, gaps=has_gaps)):
        if isinstance(node, Code | Preformatted):
            cursor = max(cursor, written.find(node.text, cursor) + len(node.text))
        if not isinstance(node, Math):
            continue
        dollars = r"\$\$" if node.display else r"\$"
        place = re.compile(rf"{dollars}\s*({re.escape(node.tex)})\s*{dollars}").search(written, cursor)
        cursor = place.end() if place else cursor
        found = _problem(node)
        if found is None:
            continue
        if has_gaps and broken_gap(text.text):
            return
        code, message, hint, start, end = found
        first = place.start(1) if place else 0
        span = (positions[first + start], positions[first + end - 1] + 1) if place else None
        yield Problem(code, message, text.path, hint, text.text, span)


def _problem(formula: Math) -> tuple[str, str, str, int, int] | None:
    """Return what is wrong with a formula: code, message, hint, and start and end in its TeX, gaps filled."""
    # The table of commands is large, and most decks have no formula.
    from cardgen.richtext.tex import tex_problem

    if problem := tex_problem(formula.tex):
        return "CG411", problem.message, problem.hint, problem.start, problem.end
    if failure := _failure(formula):
        message = f"`{failure.what}` is set by Anki alone; print and preview show the formula's TeX"
        return "CG412", message, "", failure.start, failure.end
    return None


def _failure(formula: Math) -> NotSetError | None:
    """Return why print or preview cannot set a formula; print sets it with blanks, and what they hide by itself."""
    from cardgen.formulas import NotSetError, mathml, with_holes

    tex = formula.tex
    try:
        mathml(tex, display=formula.display)
    except NotSetError as failure:
        return failure
    gaps = [part for part in formula.parts if isinstance(part, Gap)]
    try:
        if gaps:
            mathml(with_holes(formula.parts), holes=len(gaps))
        for gap in gaps:
            mathml(tex_of(gap.children))
    except NotSetError as failure:
        return NotSetError(failure.what, 0, len(tex))
    return None


def _without_gaps(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without the notation and the hints of its gaps, and the positions of what is left."""
    marks = set[int]()
    for gap in gap_spans(text):
        marks.update(range(gap.start, gap.hidden), range(*(gap.hint or (0, 0))), range(gap.close, gap.end))
    positions = [position for position in range(len(text)) if position not in marks]
    return "".join(text[position] for position in positions), positions
