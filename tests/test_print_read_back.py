"""Texts of many scripts, with signs that look like markup, are read back out of a printed file as they were typed."""

from __future__ import annotations

import re
import shutil
import subprocess
from string import punctuation
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_DECK, artefacts, card_file, written

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = (
    "Plain words", "Größe, façade, naïve, øre", "Ελληνικά με τόνους", "Русский текст", "Українська ґ", "עברית",
    "שלום עולם", "العربية", "فارسی می‌خواهم", "اردو ٹیکسٹ", "हिन्दी क्ष", "Tiếng Việt", "İıẞß", "ﬁ ﬂ office",
    "“curly” ‘single’ „low“ «guillemets»", "it's \"straight\"", "a — b – c … d", "<b>bold</b> <!-- x -->",
    "&amp; &#65; &", "{{c1::x}} {{Front}}", '#panic("x") @ref', "$5 and $6", "*not bold*", "_under_ __score__",
    "`code` ```", "# heading", "- item", "1. item", "[link](x)", "![x](y.png)", "\\backslash\\n", "=1+1",
    "@SUM(A1)", "50 % of 10⁹", "H₂O and CO₂", "≤ ≥ ≠ ± × ÷ ∞", "→ ← ↑ ↓ ⇒", "α β γ μ Ω", "€ £ ¥ ₹",
    "👩🏽‍⚕️ doctor", "🫀 heart", "⚠️ careful", "🇨🇦 and 🇺🇸", "e\u0301 decomposed",
    "https://example.org/a/long/path?x=1&y=2", "~~x~~ ~a~ ^b^", "| a | b |", "zero\u200bwidth",
    "// comment /* x */ %x", "½ ¼ ¾ ™ © ® § ¶",
)  # fmt: skip

IGNORED = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0f]")
"""Spaces and characters without a glyph; programs that read PDF put in and leave out some of both."""


def seen(text: str) -> str:
    """Return what can be seen of a text."""
    return IGNORED.sub("", text)


def escaped(text: str) -> str:
    """Write text so that Markdown takes none of it for markup."""
    return "".join(f"\\{char}" if char in punctuation else char for char in text)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
def test_fifty_texts_are_read_back_as_they_were_typed(tmp_path: Path) -> None:
    cards = [
        {"id": f"c{number}", "kind": "basic", "front": f"Q{number}", "back": escaped(text)}
        for number, text in enumerate(TEXTS, 1)
    ]
    decks = written(tmp_path / "decks", {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": card_file("One", cards)})
    file = artefacts(decks, tmp_path, "pdf")["demo.pdf"]
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    rows = dict(re.findall(r"^ *[0-9]+ +Q([0-9]+) +(.*)$", read, re.MULTILINE))
    assert len(TEXTS) == 50
    assert {number: seen(row) for number, row in rows.items()} == {
        str(number): seen(text).replace("e\u0301", "\u00e9") for number, text in enumerate(TEXTS, 1)
    }
