"""A study plan on a page to tick off: what it says comes as texts, and how it looks is in its template."""

from __future__ import annotations

from calendar import timegm
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from cardgen.model import direction_of
from cardgen.print.compiler import MissingGlyphsError
from cardgen.print.exporter import typeset_readably
from cardgen.print.text import language, printable
from cardgen.print.workers import PrintingError, Workers

if TYPE_CHECKING:
    from datetime import date

    from cardgen.model import Printing
    from cardgen.print import data
    from cardgen.words import Words

_LAYOUT: Final = "plan"
"""Name of its template."""


class PlanDay(Struct, frozen=True):
    """A day of the calendar.

    Attributes:
        date: Its number in the month, with the month where that is not clear.
        amount: How much there is to do; empty where there is nothing to tick off.
        tasks: What happens on it.
        mark: Whether it stands out, or steps back.
    """

    date: str
    amount: str = ""
    tasks: tuple[str, ...] = ()
    mark: Literal["", "interview", "rest"] = ""


class PlanSheet(Struct, frozen=True):
    """What the page says.

    Attributes:
        title: What the plan is for.
        subtitle: On one line below it.
        figures: The numbers that matter, each with a line of explanation.
        heading: Above the calendar.
        weekdays: Seven names.
        weeks: The days of each week, as many as there are names; None for days outside of the plan.
        steps_heading: Above the steps.
        steps: What to do, each as texts with their looks: ``plain``, ``strong`` or ``code``.
        imprint: At the foot.
        day: The date of the document.
        language: BCP 47.
        words: Those of the language.
    """

    title: str
    subtitle: str
    figures: tuple[tuple[str, str], ...]
    heading: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[PlanDay | None, ...], ...]
    steps_heading: str
    steps: tuple[tuple[tuple[str, str], ...], ...]
    imprint: str
    day: date
    language: str
    words: Words


def set_plan(sheet: PlanSheet, printing: Printing) -> bytes:
    """Return the page as PDF.

    Args:
        sheet: What it says.
        printing: Of its options, the paper, grey and the folder of fonts count.

    Raises:
        PrintingError: If Typst fails.
    """
    page: data.PlanPage = _page(sheet, printing)
    fonts = [printing["font_dir"]] if printing["font_dir"] else []
    with Workers() as workers:
        try:
            return typeset_readably(workers, page, {}, fonts, set()).content
        except MissingGlyphsError as error:
            raise PrintingError("no font has some characters of the plan") from error


def _page(sheet: PlanSheet, printing: Printing) -> data.PlanPage:
    lang, region = language(sheet.language)
    return {
        "layout": _LAYOUT,
        "title": printable(sheet.title),
        "subtitle": printable(sheet.subtitle),
        "figures": [{"value": printable(value), "note": printable(note)} for value, note in sheet.figures],
        "heading": printable(sheet.heading),
        "weekdays": [printable(name) for name in sheet.weekdays],
        "weeks": [[_day(day) for day in week] for week in sheet.weeks],
        "steps_heading": printable(sheet.steps_heading),
        "steps": [[{"text": printable(text), "look": look} for text, look in step] for step in sheet.steps],
        "build": sheet.imprint,
        "date": [sheet.day.year, sheet.day.month, sheet.day.day],
        "time": timegm(sheet.day.timetuple()),
        "lang": lang,
        "region": region,
        "dir": direction_of(sheet.language),
        "words": {key: printable(text) for key, text in sheet.words.entries().items()},
        "words_lang": language(sheet.words.language)[0],
        "options": {name: value for name, value in printing.values().items() if name != "font_dir"},
        "above": "",
        "edition": "",
        "count": 0,
        "count_sections": 0,
        "description": [],
        "parts": 1,
        "part": 1,
        "sections": [],
        "sources": [],
    }


def _day(day: PlanDay | None) -> data.PlanDate | None:
    if day is None:
        return None
    tasks = [printable(task) for task in day.tasks]
    return {"date": day.date, "amount": printable(day.amount), "tasks": tasks, "mark": day.mark}
