"""The filters that Anki knows (``apply_filter`` in rslib/src/template_filters.rs, and qt/aqt/tts.py)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import did_you_mean, shortened
from cardgen.templates.nodes import Flaw, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.templates.nodes import Replacement

VOICES: Final = "tts-voices"
"""Lists the voices of the learner's machine, and so needs no field."""

GAPS: Final = frozenset({"cloze", "cloze-only"})
"""What shows gaps."""

_TYPED: Final = {("type", "cloze"), ("type", "nc")}
"""What Anki takes for one filter: an answer is typed to a gap, or compared without its accents."""

_FILTERS: Final = ("text", "furigana", "kana", "kanji", "hint", "type", *sorted(GAPS), VOICES)

_SPEECH: Final = re.compile(r"tts [A-Za-z]+(_[A-Za-z0-9]+)*( .*)?", re.DOTALL)
"""A language as Anki names them, and options: ``tts en_US voices=Bob speed=0.8``."""


def check_filters(node: Replacement) -> Iterator[Problem]:
    """Yield what is wrong with the filters of a replacement."""
    if node.filters in _TYPED:
        return
    for name in node.filters:
        # Anki passes over one without a name, which two colons make.
        if not name or name in _FILTERS or _SPEECH.fullmatch(name):
            continue
        if name.startswith("tts"):
            message = f"`{shortened(name)}` names no language"
            yield Problem(
                Flaw.SPEECH, message, node.span, f"Write a language as Anki does: `{{{{tts en_US:{node.field}}}}}`."
            )
        elif name.strip() in _FILTERS:
            message = f"`{name}` is no filter: it has a space beside the colon"
            yield Problem(Flaw.UNKNOWN_FILTER, message, node.span, "Take the space out.")
        else:
            yield Problem(
                Flaw.UNKNOWN_FILTER,
                f"Anki has no filter `{shortened(name)}`, and shows the field as it is",
                node.span,
                did_you_mean(name, (*_FILTERS, "tts en_US")),
            )
