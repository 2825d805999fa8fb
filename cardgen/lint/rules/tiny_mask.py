"""S24: masks that hide hardly anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds.occlusion import Occlusion
from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import ANKI_EDITING
from cardgen.masks import area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Compare the area of each mask with that of the picture."""
    content = card.card.content
    if not isinstance(content, Occlusion):
        return
    for mask in content.masks:
        size = area(mask.shapes)
        if 10 * size < settings["permille"]:
            yield Finding(f"the mask `{mask.id}` covers {size:.2g} % of the picture", mask.path)


RULE = Rule(
    code="S24",
    name="tiny-mask",
    severity=Severity.WARNING,
    finds="A mask covers less than a hundredth of its picture.",
    why="On a phone it is a dot that one looks for, and what it should hide may show beside it.",
    way_out="Make it larger, or cut the picture to the part that matters.",
    references=(ANKI_EDITING,),
    bad="""\
- id: lock
  kind: occlusion
  image: media/lock.svg
  title: The gates of a lock
  masks:
    upper: ⟦{⟧rect: [0, 20, 1, 60], hides: The upper gate}
""",
    good="""\
- id: lock
  kind: occlusion
  image: media/lock.svg
  title: The gates of a lock
  masks:
    upper: {rect: [0, 20, 10, 60], hides: The upper gate}
""",
    settings=(Setting("permille", 10, "Smallest part of the picture, in thousandths. A value of our own."),),
    card=check,
)
