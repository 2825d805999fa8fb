"""WCAG's contrast of what cards show on a ground of its own, by day and by night."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from cardgen.anki.note_types import style
from cardgen.kinds import Form
from cardgen.richtext.code import Look

AA = 4.5
"""What text needs: https://www.w3.org/TR/WCAG22/#contrast-minimum."""


def colours(*, night: bool) -> dict[str, str]:
    """Return the colours that the style sheet names, without the hyphens before them."""
    day, dark = re.findall(r"\.card(?:, \.night_mode \.card)? \{([^}]*)\}", style(Form.BASIC))[:2]
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", day + dark if night else day))


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("ground", ["paper", "marked"])
@pytest.mark.parametrize("text", ["ink", "soft", "accent"])
def test_text_stands_out_from_its_ground(text: str, ground: str, night: bool) -> None:
    named = colours(night=night)
    assert contrast(named[text], named[ground]) >= AA


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("look", get_args(Look)[1:])
def test_the_parts_of_code_stand_out(look: str, night: bool) -> None:
    named = colours(night=night)
    colour = re.search(rf"\.cg pre \.{look} {{ color: var\(--([a-z]+)\)", style(Form.BASIC))
    assert colour is not None
    assert contrast(named[colour[1]], named["paper"]) >= AA


def test_the_night_has_colours_of_its_own() -> None:
    day, night = colours(night=False), colours(night=True)
    assert {name for name in day if day[name] == night[name]} == set()
