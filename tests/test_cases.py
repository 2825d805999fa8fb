"""Every code of the catalogue: what a finding looks like, in full."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import TYPE_CHECKING

import cases_building
import cases_cards
import cases_kinds
import cases_languages
import cases_reading
import cases_schema
import pytest
from conftest import Ran

from cardgen.diagnostics import (
    CATALOGUE,
    Severity,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CASES = (
    cases_reading.CASES
    | cases_schema.CASES
    | cases_kinds.CASES
    | cases_languages.CASES
    | cases_cards.CASES
    | cases_building.CASES
)
"""Cases of all codes but some: CG520 needs a preview that fails, CG605 a folder that cannot be written, CG801 a machine
without Typst, and CG808 a Typst that fails; they have tests of their own."""


def test_every_code_has_a_case() -> None:
    assert set(CASES) | {"CG520", "CG605", "CG801", "CG808"} == set(CATALOGUE)


@pytest.mark.parametrize("code", CASES)
def test_a_case_shows_its_own_code_and_no_other(code: str) -> None:
    assert re.findall(r"^ *(error|warning|info)\[(\w+)\]", CASES[code].shown, re.MULTILINE) == [
        (CATALOGUE[code].severity.value, code)
    ]


@pytest.mark.parametrize("code", CASES)
def test_a_finding_is_shown_with_its_place_and_a_way_out(
    code: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    case = CASES[code]
    decks(case.files)
    for folder in case.folders:
        (tmp_path / folder).mkdir(parents=True)
    for link, target in case.links.items():
        (tmp_path / link).symlink_to(target)
    found = cardgen(*case.arguments)
    shown = cleandoc(case.shown).replace("ROOT", tmp_path.resolve().as_posix()) + "\n"
    if CATALOGUE[code].severity is Severity.ERROR:
        assert found == Ran(1, "", shown)
    else:
        assert Ran(found.code, re.sub(r"[\d,]+ bytes", "N bytes", found.out), found.err) == Ran(0, case.out, shown)
