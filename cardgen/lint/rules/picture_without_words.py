"""S21: pictures without words for those who cannot see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.kinds import pictures_of
from cardgen.lint.base import Finding, Rule, Severity
from cardgen.lint.literature import ALTERNATIVES
from cardgen.richtext import Image, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView

_WORDLESS: Final = re.compile(r"!\[\s*\](?=\()")


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find the first such picture of each text, and those that a field names by itself."""
    for picture in pictures_of(card.card.kind, card.card.content):
        if picture.words is not None and not picture.words.strip():
            hint = "Give the card an `alt` or a `title` that says what it shows, but not the answer."
            yield Finding(f"nothing says what `{picture.file}` shows", picture.path, hint=hint)
    for text in card.texts:
        if text.literal or "![" not in text.written:
            continue
        shown = (node for node in nodes(text.tree) if isinstance(node, Image))
        wordless = next((image for image in shown if not image.alternative.strip()), None)
        place = _WORDLESS.search(text.written)
        if wordless is not None and place is not None:
            yield text.written_finding(f"nothing says what `{wordless.path}` shows", place.span())


RULE = Rule(
    code="S21",
    name="picture-without-words",
    severity=Severity.WARNING,
    finds="A picture has no words for those who cannot see it.",
    why="Screen readers have nothing to say, tables and paper that cannot show the picture have its file name instead.",
    way_out="Say what it shows between the brackets, but not the answer: ![a river on a map](media/danube.png).",
    references=(ALTERNATIVES,),
    bad="""\
- id: danube
  kind: basic
  front: Which river is this? ⟦![]⟧(media/danube.png)
  back: The Danube
""",
    good="""\
- id: danube
  kind: basic
  front: Which river is this? ![a river from the Black Forest to the Black Sea](media/danube.png)
  back: The Danube
""",
    card=check,
)
