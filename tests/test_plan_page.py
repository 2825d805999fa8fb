"""The page of a plan, read back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import outloud
import pdfplumber
import pdfua
import pytest
from measuring import unmeasured
from printed import Printed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

NOON = {"SOURCE_DATE_EPOCH": "1796126400"}  # of 1 December 2026, a Tuesday
CARDS = "title: One\ncards:\n" + "".join(
    f"  - {{id: c{number}, kind: basic, front: Q{number}, back: A}}\n" for number in range(40)
)


@pytest.fixture
def printed(decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path) -> Callable[..., Path]:
    """Print a plan that starts on the day, of a deck in a language."""

    def plan(interview: str, *more: str, language: str = "en", title: str = "Trip::Demo") -> Path:
        deck = f'id: demo\ntitle: "{title}"\nlanguage: {language}\nsections: [one]\n'
        decks({"demo/deck.yaml": deck, "demo/one.yaml": CARDS})
        ran = cardgen("plan", "--interview", interview, "--minutes", "20", "--format", "pdf", *more, env=NOON)
        assert ran.code == 0, ran.err
        return tmp_path / f"dist/plan-{interview}.pdf"

    return plan


def words_of(file: Path) -> str:
    """Return the words of all pages, lines joined by spaces."""
    with unmeasured(), pdfplumber.open(file) as pdf:
        return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def test_a_page_says_what_the_plan_says(printed: Callable[..., Path]) -> None:
    words = words_of(printed("2026-12-20", "--rest", "sun"))
    for said in (
        "Study plan · Demo",
        "Interview: Sun 20 December 2026",
        "40 of 40 cards",
        "if the model",
        "Mon Tue Wed Thu Fri Sat Sun",
        "first day",
        "last new cards",
        "mock interview",
        "In Anki",
        "open plan-2026-12-20.apkg, with Import any deck presets ticked.",
        'Search deck:"Trip::Demo" is:review -is:due, Limit to 8',
    ):
        assert said in words


def test_every_day_of_the_plan_has_its_place(printed: Callable[..., Path]) -> None:
    """Under the name of its day of the week: the first on a Tuesday, the interview on a Friday."""
    page = Printed(printed("2027-01-08"))
    (top,) = {box.top for box in page.find("MonTueWedThuFriSatSun")}
    heads = {name: box.left for name in ("Tue", "Fri") for box in page.find(name) if box.top == top}
    first, second, meeting = (page.find(words)[-1].left for words in ("1Dec", "1Jan", "Interview"))
    # Behind a box to tick, but for the interview.
    assert (round(first - heads["Tue"]), round(second - heads["Fri"]), round(meeting - heads["Fri"])) == (4, 4, 0)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("interview", ["2026-12-02", "2027-01-29"])
def test_two_months_fit_on_a_page(paper: str, interview: str, printed: Callable[..., Path]) -> None:
    page = Printed(printed(interview, "--paper", paper))
    expected = {"a4": (210, 297), "letter": (216, 279)}[paper]
    assert [(round(width), round(height)) for width, height in page.sizes] == [expected]


def test_a_year_takes_more_pages_and_loses_no_day(printed: Callable[..., Path]) -> None:
    page = Printed(printed("2027-11-30"))
    assert 2 <= len(page.sizes) <= 4
    assert len(page.find("1min")) + len(page.find("2min")) + len(page.find("3min")) >= 300


def test_tasks_stay_inside_their_days(printed: Callable[..., Path]) -> None:
    """Rows grow with what is in them: long words of German are parted, and nothing lies on the day below."""
    page = Printed(printed("2027-02-20", "--interview", "2027-02-28", language="de"))
    (eve,) = page.find("lautAntworten") or page.find("Antwortenlaut")[:1]
    below = [box for box in page.find("26") if box.top > 100]
    assert eve.bottom < min(box.top for box in below if box.top > eve.top)


def test_the_same_plan_is_the_same_page(printed: Callable[..., Path]) -> None:
    first, again = (printed("2026-12-20").read_bytes() for _ in range(2))
    assert first == again


@pytest.mark.parametrize(("language", "title"), [("en", "Trip::Demo"), ("ar", "رحلة::أنهار"), ("fr", "Fleuves")])
def test_a_page_can_be_listened_to(language: str, title: str, printed: Callable[..., Path]) -> None:
    file = printed("2027-01-08", language=language, title=title)
    with unmeasured():
        assert pdfua.validate(str(file)).findings == ()
    # It does not find the table of the calendar, since that names no page, which it need not.
    found = {finding.rule: finding.message for finding in outloud.check(str(file)).findings}
    assert found.keys() <= {"TBL-014"}


def test_text_is_text(printed: Callable[..., Path]) -> None:
    words = words_of(printed("2026-12-20", title="#eval *b* $x$ [y]"))
    assert "Study plan · #eval *b* $x$ [y]" in words
    assert "On each day, study #eval *b* $x$ [y] to the end" in words
    assert not re.search(r"\bnone\b", words)
