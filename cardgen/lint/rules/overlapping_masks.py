"""S23: masks that lie on each other."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from cardgen.kinds.occlusion import Occlusion
from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import ANKI_EDITING
from cardgen.masks import covered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Find masks of which another one covers a large part, each pair once."""
    content = card.card.content
    if not isinstance(content, Occlusion):
        return
    told: set[tuple[str, str]] = set()
    for mask, other in permutations(content.masks, 2):
        if (other.id, mask.id) in told:
            continue
        share = 100 * covered(mask.shapes, other.shapes)
        if share > settings["percent"]:
            told.add((mask.id, other.id))
            yield Finding(f"the mask `{other.id}` covers {share:.0f} % of the mask `{mask.id}`", mask.path)


RULE = Rule(
    code="S23",
    name="overlapping-masks",
    severity=Severity.WARNING,
    finds="A mask covers much of another.",
    why="What the one hides is part of what the other asks for, and with `hide: all` it stays hidden on that card's "
    "answer, too.",
    way_out="Make one of them smaller, or both one mask with `rects`.",
    references=(ANKI_EDITING,),
    bad="""\
- id: lock
  kind: occlusion
  image: media/lock.svg
  title: The gates of a lock
  masks:
    upper: ⟦{⟧rect: [0, 20, 10, 60], hides: The upper gate}
    lower: {rect: [4, 20, 10, 60], hides: The lower gate}
""",
    good="""\
- id: lock
  kind: occlusion
  image: media/lock.svg
  title: The gates of a lock
  masks:
    upper: {rect: [0, 20, 10, 60], hides: The upper gate}
    lower: {rect: [90, 20, 10, 60], hides: The lower gate}
""",
    settings=(Setting("percent", 50, "Largest percentage that another mask may cover. A value of our own."),),
    card=check,
)
