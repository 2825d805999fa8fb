"""The formats of a plan's files, and the modules that write them.

This module is light: the command line takes the names from it, and `--help` imports it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from cardgen.export import Content
    from cardgen.plan.bundle import PlanBundle

FORMATS: Final = {
    "apkg": "cardgen.plan.as_package",
    "ics": "cardgen.plan.as_calendar",
    "pdf": "cardgen.plan.as_page",
}
"""Names of the formats, as ``--format`` takes them, and their modules, of which only those asked for are imported."""


class PlanFormat(Protocol):
    """What each module of a format offers."""

    @property
    def SUFFIX(self) -> str:  # noqa: N802 - it is a constant of the module
        """What the names of its files end with, with the dot."""

    def content(self, bundle: PlanBundle) -> Content:
        """Return what the file holds; the same bundle gives the same bytes.

        Raises:
            PrintingError: If it cannot be printed.
        """


def format_named(name: str) -> PlanFormat:
    """Return the module of a format."""
    return cast("PlanFormat", import_module(FORMATS[name]))
