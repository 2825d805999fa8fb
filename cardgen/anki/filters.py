"""The filters that fields go through in templates, as Anki applies them (rslib/src/template_filters.rs)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.anki.cloze import filled, only
from cardgen.anki.stripped import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.templates import Replacement

Step = Callable[[str, int, bool], str]
"""Takes a field's HTML, the number of the card's gap, and whether it is the front; returns HTML."""

_RUN: Final = re.compile(r"[^ >]+")


def steps_of(node: Replacement) -> tuple[Step, ...]:
    """Return what the text of a field goes through.

    What Anki does not know ends it, since it leaves that, and all after it, to add-ons.
    """
    if node.filters in (("type", "cloze"), ("type", "nc")):
        return (partial(_typed, f"{node.filters[1]}:{node.field}"),)
    if node.filters[:1] == ("type",):
        return (partial(_typed, node.field),)
    steps: list[Step] = []
    for name in reversed(node.filters):
        step = _step(name, node.field)
        if step is not None:
            steps.append(step)
        elif name:
            break
    return tuple(steps)


def _step(name: str, field: str) -> Step | None:
    if name.startswith("tts "):
        return partial(_spoken, name.removeprefix("tts "))
    if name == "hint":
        return partial(_hidden, field)
    if name == "type":
        return partial(_typed, field)
    return _PLAIN.get(name)


def _typed(what: str, _html: str, _number: int, _asked: bool) -> str:
    return f"[[type:{what}]]"


def _spoken(options: str, html: str, _number: int, _asked: bool) -> str:
    return f"[anki:tts lang={options}]{html}[/anki:tts]"


def _hidden(field: str, html: str, _number: int, _asked: bool) -> str:
    """Return a field behind its name, which shows it when tapped; Anki computes its id by another hash."""
    if not html.strip():
        return html
    name = hashlib.blake2b(f"{html}{field}".encode(), digest_size=8).hexdigest()
    return f"""
<a class=hint href="#"
onclick="this.style.display='none';
document.getElementById('hint{name}').style.display='block';
return false;" draggable=false>
{field}</a>
<div id="hint{name}" class=hint style="display: none">{html}</div>
"""


class _Reading(NamedTuple):
    """Where a word with its reading stands, ``漢字[かんじ]``, with a space before it."""

    start: int
    end: int
    word: str
    reading: str


def _readings(text: str) -> Iterator[_Reading]:
    r"""Yield what the expression `` ?([^ >]+?)\[(.+?)\]`` finds, in time that grows as the text's length."""
    start = 0
    while (run := _RUN.search(text, start)) is not None:
        start, end = run.span()
        while start < end:
            opening, close = _brackets(text, start, end)
            if close < 0:
                start = end
            else:
                space = text[start - 1 : start] == " "
                yield _Reading(start - space, close + 1, text[start:opening], text[opening + 1 : close])
                start = close + 1


def _brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the first reading behind a word in a part of a text is, by its brackets; -1 if there is none."""
    opening = start
    while (opening := text.find("[", opening + 1, end)) >= 0:
        close = text.find("]", opening + 2)
        if close < 0:
            break
        if text.find("\n", opening + 1, close) < 0:
            return opening, close
    return -1, -1


def _with_readings(form: str, html: str, _number: int, _asked: bool) -> str:
    text = html.replace("&nbsp;", " ")
    written: list[str] = []
    position = 0
    for start, end, word, reading in _readings(text):
        written.append(text[position:start])
        is_sound = reading.startswith("sound:")
        written.append(text[start:end] if is_sound else form.format(word=word, reading=reading))
        position = end
    return "".join((*written, text[position:]))


_PLAIN: Final[dict[str, Step]] = {
    "text": lambda html, _number, _asked: as_text(html),
    "furigana": partial(_with_readings, "<ruby><rb>{word}</rb><rt>{reading}</rt></ruby>"),
    "kana": partial(_with_readings, "{reading}"),
    "kanji": partial(_with_readings, "{word}"),
    "cloze": lambda html, number, asked: filled(html, number, asked=asked),
    "cloze-only": lambda html, number, asked: only(html, number, asked=asked),
}
