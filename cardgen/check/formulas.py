"""Finds formulas that Anki's MathJax cannot set, at the part that it stops at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cardgen.kinds import CardText, Problem, Role
from cardgen.richtext import Code, Math, Preformatted, nodes, parse
from cardgen.richtext.parse import broken_gap, gap_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def formulas(text: CardText) -> Iterator[Problem]:
    """Yield what keeps formulas of a text from being set, gaps filled; nothing for a text with broken gaps."""
    # The table of commands is large, and most decks have no formula.
    from cardgen.richtext.tex import tex_problem

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
        problem = tex_problem(node.tex)
        if problem is None:
            continue
        if has_gaps and broken_gap(text.text):
            return
        span = None
        if place:
            start, last = place.start(1) + problem.start, place.start(1) + problem.end - 1
            span = positions[start], positions[last] + 1
        yield Problem("CG411", problem.message, text.path, problem.hint, text.text, span)


def _without_gaps(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without the notation and the hints of its gaps, and the positions of what is left."""
    marks = set[int]()
    for gap in gap_spans(text):
        marks.update(range(gap.start, gap.hidden), range(*(gap.hint or (0, 0))), range(gap.close, gap.end))
    positions = [position for position in range(len(text)) if position not in marks]
    return "".join(text[position] for position in positions), positions
