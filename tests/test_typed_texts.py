"""Any text, typed into any field in any of YAML's five styles, arrives as typed, or is refused or warned of."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conftest import MINIMAL_DECK, written
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cardgen.anki.html import to_html
from cardgen.load import load_decks
from cardgen.richtext import parse

if TYPE_CHECKING:
    from collections.abc import Callable

# The five styles, as authors type them: nobody escapes what does not look as if it had to be.


def plain(text: str, indent: int) -> str:
    return text.replace("\n", "\n" + " " * indent)


def single_quoted(text: str, indent: int) -> str:
    return "'" + plain(text, indent) + "'"


def single_quoted_well(text: str, indent: int) -> str:
    return "'" + plain(text.replace("'", "''"), indent) + "'"


def double_quoted(text: str, indent: int) -> str:
    return '"' + plain(text, indent) + '"'


def double_quoted_well(text: str, _indent: int) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def block(indicator: str) -> Callable[[str, int], str]:
    def style(text: str, indent: int) -> str:
        return indicator + "".join(f"\n{' ' * indent}{line}" if line else "\n" for line in text.split("\n"))

    return style


STYLES: dict[str, Callable[[str, int], str]] = {
    "plain": plain,
    "single quotes": single_quoted,
    "single quotes, apostrophes twice": single_quoted_well,
    "double quotes": double_quoted,
    "double quotes, escaped": double_quoted_well,
    "|": block("|"),
    "|-": block("|-"),
    ">": block(">"),
    ">-": block(">-"),
}

CARDS = {
    "front": ("kind: basic\n    front: {}\n    back: A", 6),
    "back": ("kind: basic\n    back: {}\n    front: Q", 6),
    "term": ("kind: definition\n    term: {}\n    definition: D", 6),
    "definition": ("kind: definition\n    term: T\n    definition: {}", 6),
    "why": ("kind: choice\n    question: Q\n    options: [{{text: a, right: true}}, {{text: b}}]\n    why: {}", 6),
    "option": (
        "kind: choice\n    question: Q\n    options:\n      - right: true\n        text: {}\n      - text: b",
        10,
    ),
    "step": ("kind: process\n    title: T\n    steps:\n      - id: a\n        do: {}\n      - {{id: b, do: c}}", 10),
}
"""Fields, by what is looked for in the loaded card: a card's lines with a gap, and the indentation of a text there."""

FRAGMENTS = st.sampled_from(
    [
        *["one", "two ", "Three", " ", "  ", "\n", "\n\n", "\n\n\n", "\n  ", "\n- ", "\n1. ", "\n2) ", "\n| a | b |"],
        *["\n```\n", "#", " #", " # ", ": ", ":", "- ", "* ", "+ ", "**", "&", "!", "%", "@", "`", "'", '"', "[", "]"],
        *["{", "}", ",", ">", "|", "?", "? ", "~", "---", "...", "//", "5", "12:30", "no", "=", "$", "<b>"],
        *["\t", "\xa0", "\u3000", "\u200b", "é", "😀", "日本", r"$\nu$ ", r"$x\rho y$", r"\alpha ", r"\theta ", r"\("],
        *["{{c1::x}}", "\\", r" C:\temp\new ", r"snake\_case"],
    ]
)  # fmt: skip
"""What is dear to YAML, to Markdown or to TeX, and what is not."""


def shows(text: str) -> str:
    """Return what a learner gets of a text; spaces next to each other are one."""
    return re.sub(r" +", " ", to_html(parse(text.rstrip(" \t\n"))))


def is_exempt(text: str, style: str) -> bool:
    """Return whether YAML changes a text that its author may have meant otherwise: documented, never reported."""
    if style == "double quotes":
        return "\\\n" in text or "\\\\" in text  # the line continues; a backslash, as YAML writes it
    if style[0] in "|>":
        return text.lstrip("\n").startswith(" ")  # that is how deep the text is indented
    if style != "plain":
        return False
    # A comment in a line of its own, behind two spaces or behind the name of a field; a bar or > alone in its line;
    # quotes around it all; a number.
    exempt = (
        r"^ *#",
        r"(?:\n|[ \t]{2,})[ \t]*#",
        r"^[|>][-+\d]*\s*(?:\n|#|$)",
        r"^\s*(['\"]).*\1\s*$",
        r"^ *[\d.:]+ # ",
    )
    return any(re.search(pattern, text, re.DOTALL) for pattern in exempt)


def loaded(field: str, source: str) -> tuple[bool, str]:
    """Load a small deck with a field as written; give whether there is a finding, and the field's text."""
    card, _ = CARDS[field]
    with tempfile.TemporaryDirectory() as folder:
        cards = (
            "title: T\ncards:\n  - id: a\n    "
            + card.format(source)
            + "\n  - id: b\n    kind: basic\n    front: F\n    back: B\n"
        )
        root = written(Path(folder), {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": cards})
        result = load_decks(root)
    if result.diagnostics or result.collection is None:
        return True, ""
    (first, _) = result.collection.decks[0].cards()
    content: Any = first.content
    if field == "option":
        return False, content.options[0].text
    return False, content.steps[0].do if field == "step" else getattr(content, field)


@settings(max_examples=300, derandomize=True)
@given(
    text=st.lists(FRAGMENTS, min_size=1, max_size=7).map("".join) | st.text(max_size=12),
    style=st.sampled_from(sorted(STYLES)),
    field=st.sampled_from(sorted(CARDS)),
)
def test_a_text_arrives_as_typed_or_a_finding_says_that_it_does_not(text: str, style: str, field: str) -> None:
    assume(not is_exempt(text, style))
    source = STYLES[style](text, CARDS[field][1])
    told, received = loaded(field, source)
    assert told or shows(received) == shows(text), source
