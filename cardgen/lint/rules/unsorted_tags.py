"""D05: unsorted tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Change, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings, WrittenCard
    from cardgen.lint.view import CardView


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Check the order of a card's own tags; those of the file's defaults are not among them."""
    tags = card.own_tags
    if len(tags) > 1 and list(tags) != sorted(tags):
        yield Finding("the tags are not sorted", ("tags",))


def fix(card: WrittenCard) -> Iterator[Change]:
    """Yield the changes that sort the tags; quotes stay where they are."""
    tags = card.fields.get("tags")
    if isinstance(tags, list) and all(isinstance(tag, str) for tag in tags):
        for index, (has, should) in enumerate(zip(tags, sorted(tags), strict=True)):
            if has != should:
                yield Change(("tags", index), 0, len(has), should)


RULE = Rule(
    code="D05",
    name="unsorted-tags",
    severity=Severity.INFO,
    finds="The tags of a card are not in alphabetical order.",
    why="Sorted tags can be read at a glance, and adding one changes fewer lines.",
    way_out="`cardgen check --fix` sorts them.",
    references=(),
    bad="""\
- id: soar-o
  kind: basic
  front: What is the O in SOAR?
  back: Obstacle
  tags: ⟦[topic::soar, letters]⟧
""",
    good="""\
- id: soar-o
  kind: basic
  front: What is the O in SOAR?
  back: Obstacle
  tags: [letters, topic::soar]
""",
    card=check,
    fix=fix,
)
