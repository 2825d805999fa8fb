"""P02: sources that cannot be found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Finding, Rule, Severity
from cardgen.lint.literature import SHORT_LIST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.model import Source


def check(source: Source, _settings: Settings) -> Iterator[Finding]:
    """Find sources without a publisher, author, site or journal."""
    if not source.publisher.strip():
        yield Finding(f"the source `{source.id}` has no publisher, author or container-title")


RULE = Rule(
    code="P02",
    name="source-incomplete",
    severity=Severity.WARNING,
    finds="A source has no publisher, author or container-title.",
    why="Links break; a title and a name make it possible to search again.",
    way_out="Add `publisher`.",
    references=(SHORT_LIST,),
    bad="""\
- ⟦id: handbook⟧
  type: webpage
  title: Handbook for applicants
  URL: https://example.org/handbook
""",
    good="""\
- id: handbook
  type: webpage
  title: Handbook for applicants
  publisher: Board of Examples
  URL: https://example.org/handbook
""",
    source=check,
)
