"""S22: masks that do not say what they hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.diagnostics import quoted
from cardgen.kinds.occlusion import Occlusion
from cardgen.lint.base import Finding, Rule, Severity
from cardgen.lint.literature import ANKI_EDITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find masks without words; those of a layer, which all stand in one place, are named together."""
    content = card.card.content
    if not isinstance(content, Occlusion):
        return
    nameless = [mask for mask in content.masks if not mask.hides]
    for mask in nameless:
        if mask.given:
            yield Finding(f"nothing says what the mask `{mask.id}` hides", mask.path)
    drawn = quoted(mask.id for mask in nameless if not mask.given)
    if drawn:
        yield Finding(f"nothing says what these masks of the layer hide: {drawn}", ("masks", "layer"))


RULE = Rule(
    code="S22",
    name="nameless-mask",
    severity=Severity.WARNING,
    finds="A mask does not say in words what it hides.",
    why="The key on paper and the answers in tables are empty there, and learners must read the answer off the "
    "picture, which screen readers cannot.",
    way_out="Give the mask `hides`, or the shape of a drawing a title.",
    references=(ANKI_EDITING,),
    bad="""\
- id: lock
  kind: occlusion
  image: media/lock.svg
  title: The gates of a lock
  masks:
    upper: ⟦{⟧rect: [0, 20, 10, 60]}
    lower: {rect: [90, 20, 10, 60], hides: The lower gate}
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
    card=check,
)
