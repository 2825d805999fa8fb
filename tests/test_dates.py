"""Dates of facts: what authors may write, how it is compared, and the words that learners read everywhere."""

from __future__ import annotations

import csv
import io
from inspect import cleandoc
from typing import TYPE_CHECKING

import pytest
from conftest import Ran, artefacts
from findings import Files, found_in, section
from linted import found
from printed import Printed

from cardgen.anki.fields import rendered_notes
from cardgen.load import load_decks
from cardgen.notes import compose
from cardgen.notes.dates import dated
from cardgen.words import ENGLISH, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CARD = "id: a, kind: basic, front: Who pays the canal's toll?, back: The skipper"
SOURCES: Files = {
    "sources.yaml": "references:\n"
    "  - {id: blog, type: webpage, title: Tolls, publisher: B, issued: 2026-05-09, URL: 'https://example.org/b'}\n"
    "  - {id: law, type: legislation, title: The Toll Act, publisher: G, issued: 2019-07}\n"
}


@pytest.mark.parametrize(
    ("as_of", "checked", "line"),
    [
        ("", "", ""),
        ("2026", "", "As of 2026"),
        ("2026-06", "", "As of June 2026"),
        ("2026-06-30", "", "As of 30 June 2026"),
        ("2026 Match", "", "As of the 2026 Match"),
        ("ERAS 2027 season", "", "As of the ERAS 2027 season"),
        ("2026/27 season", "", "As of the 2026/27 season"),
        ("Match 2026", "", "As of Match 2026"),
        ("", "2026-11-29", "Source read in November 2026"),
        ("", "2026", "Source read in 2026"),
        ("2021 match", "2026-11", "As of the 2021 match · source read in November 2026"),
        ("2026", "2027 season", "As of 2026 · source read in the 2027 season"),
    ],
)
def test_dates_are_one_line_in_words(as_of: str, checked: str, line: str) -> None:
    assert dated(as_of, checked, ENGLISH) == line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ar", "التاريخ المرجعي: 2026 Match · تاريخ قراءة المصدر: نوفمبر 2026"),
        ("de", "Stand: 2026 Match · Quelle gelesen: November 2026"),
        ("es", "Fecha de referencia: 2026 Match · fuente consultada: noviembre de 2026"),
        ("fr", "Date de référence\u00a0: 2026 Match · source consultée\u00a0: novembre 2026"),
    ],
)
def test_dates_are_in_the_language_of_the_deck(language: str, line: str) -> None:
    words = catalogue_of(language)
    assert words is not None
    assert dated("2026 Match", "2026-11-29", words) == line


def test_the_line_is_the_same_in_anki_tables_and_print(decks: Callable[..., Path], tmp_path: Path) -> None:
    dates = "as_of: 2026 Match, checked: 2026-11-29, source: law, stale_after: 2099-12-31"
    root = decks(section(f"{CARD}, {dates}") | SOURCES)
    loaded = load_decks(root)
    assert loaded.collection is not None, loaded.diagnostics
    deck = loaded.collection.decks[0]
    (note,) = rendered_notes(deck, compose(deck, loaded.collection.sources), {})
    line = "As of the 2026 Match · source read in November 2026"
    built = artefacts(root, tmp_path / "dist", "csv", "pdf")
    rows = list(csv.reader(io.StringIO(built["demo.csv"].read_bytes().decode("utf-8-sig"))))
    printed = Printed(built["demo.pdf"]).text()
    assert note.fields[6] == line
    assert rows[1][4:6] == ["G: The Toll Act (July 2019)", f"{line}\nCheck again after December 2099."]
    assert line.replace(" ", "") in printed
    assert "2019-07" not in printed


def test_where_to_check_a_fact_is_shown_before_its_sources(decks: Callable[..., Path], tmp_path: Path) -> None:
    fields = "source: blog, see: {id: law, locator: § 3}, confidence: secondary, checked: 2026-11"
    (table,) = artefacts(decks(section(f"{CARD}, {fields}") | SOURCES), tmp_path / "dist", "csv").values()
    rows = list(csv.reader(io.StringIO(table.read_bytes().decode("utf-8-sig"))))
    assert rows[1][4:6] == [
        "• Check at: G: The Toll Act (July 2019, § 3)\n• B: Tolls (9 May 2026)\n"
        "Secondary source: check the official table.",
        "Source read in November 2026",
    ]


@pytest.mark.parametrize(
    ("fields", "findings"),
    [
        pytest.param("as_of: 2027 season, stale_after: 2027-01-31", [], id="a season is compared by its year"),
        pytest.param(
            "as_of: 2027 season, stale_after: 2026-12-31",
            [("CG307", "demo/one.yaml:3:113", "stale after 2026-12-31, but as of 2027 season")],
            id="a season after the day",
        ),
        pytest.param(
            "checked: 2026-02-30",
            [("CG308", "demo/one.yaml:3:89", "there is no day 2026-02-30")],
            id="a day that does not exist",
        ),
        pytest.param(
            "as_of: 0000 season",
            [("CG308", "demo/one.yaml:3:87", "there is no day 0000 season")],
            id="a year that no calendar has",
        ),
        pytest.param(
            "as_of: 30 June 2026",
            [("CG205", "demo/one.yaml:3:87", "`as_of`: `30 June 2026` does not have the right form")],
            id="a day in words",
        ),
        pytest.param(
            "checked: last year",
            [("CG205", "demo/one.yaml:3:89", "`checked`: `last year` does not have the right form")],
            id="no year",
        ),
        pytest.param(
            "see: lwa, confidence: secondary",
            [("CG302", "demo/one.yaml:3:85", "no source `lwa` in sources.yaml")],
            id="an unknown source to check at",
        ),
    ],
)
def test_dates_that_make_no_sense_are_named_at_their_place(
    fields: str, findings: list[tuple[str, str, str]], decks: Callable[..., Path]
) -> None:
    assert found_in(decks(section(f"{CARD}, {fields}") | SOURCES)) == findings


def test_a_date_of_the_wrong_form_is_answered_with_the_forms(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(section("id: a, kind: basic, front: Q, back: A, as_of: 06/2026"))
    shown = """
        error[CG205]: `as_of`: `06/2026` does not have the right form
          --> decks/demo/one.yaml:3:52
          3 |   - {id: a, kind: basic, front: Q, back: A, as_of: 06/2026}
            |                                                    ^^^^^^^
          hint: When the fact was true, no later than its source supports: YYYY, YYYY-MM, YYYY-MM-DD, or a year with words, as in 2026 season. Example: 2026-06

        1 error
        """  # noqa: E501 - a hint stands on one line
    assert cardgen("check") == Ran(1, "", f"{cleandoc(shown)}\n")


def test_see_may_lean_on_the_files_defaults(decks: Callable[..., Path]) -> None:
    cards = f"title: One\ndefaults: {{confidence: secondary}}\ncards:\n  - {{{CARD}, source: blog, see: law}}\n"
    assert found_in(decks({"demo/one.yaml": cards} | SOURCES)) == []


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        ("source: law", ["the card has neither `as_of` nor `checked`"]),
        ("source: law, as_of: 2026", []),
        ("source: law, checked: 2026-11", []),
    ],
)
def test_a_fact_whose_source_was_read_has_a_date(fields: str, messages: list[str], decks: Callable[..., Path]) -> None:
    files = section(f"{CARD}, {fields}") | SOURCES
    assert [finding.message for finding in found(decks(files), "P03")] == messages


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        ("as_of: 2027 season", []),
        ("as_of: 2027", ["`as_of` is 2027, which is in the future"]),
        ("checked: 2026-11-23", ["`checked` is 2026-11-23, which is in the future"]),
        ("as_of: 2025 season", ["the fact is from 2025 season, more than 90 days old"]),
        ("as_of: 2026 season", []),
        ("checked: 2026-06", ["the fact is from 2026-06, more than 90 days old"]),
        ("as_of: 2026-11, checked: 2020", []),
    ],
)
def test_a_named_season_is_never_in_the_future_and_ages_from_the_end_of_its_year(
    fields: str, messages: list[str], decks: Callable[..., Path]
) -> None:
    settings = {"collection.yaml": "lint: lint.yaml\n", "lint.yaml": "rules: {stale-fact: {days: {toll: 90}}}\n"}
    files = section(f"{CARD}, tags: toll, {fields}") | settings
    assert [finding.message for finding in found(decks(files), "P04")] == messages
