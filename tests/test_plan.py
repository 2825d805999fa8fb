"""What `plan` plans, and what it says of it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING, Any

import pytest
from conftest import REPOSITORY
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from cardgen.anki.search import weak_cards
from cardgen.errors import UsageError
from cardgen.plan.choose import Chooser, new_per_day
from cardgen.plan.planner import find, make_plan
from cardgen.plan.queue import Unit
from cardgen.plan.request import PlanRequest, season_of
from cardgen.plan.simulate import Course, simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Ran

    from cardgen.plan.season import Season
    from cardgen.plan.study_plan import StudyPlan

START = date(2026, 12, 1)  # a Tuesday
NOON = {"SOURCE_DATE_EPOCH": "1796126400"}  # of that day

CARDS = "".join(f"  - {{id: {name}, kind: basic, front: Q {name}, back: A, level: {level}}}\n" for name, level in (
    ("a", "more"), ("b", "core"), ("c", "core"),
))  # fmt: skip
FILES: dict[str, str | bytes | None] = {
    "collection.yaml": "title: Trip\nfacets: {level: [core, more], audience: [x, y]}\n",
    "demo/deck.yaml": "id: demo\ntitle: Trip::Demo\nsections: [one]\nvariants: {essentials: {where: {level: core}}}\n",
    "demo/one.yaml": f"title: One\ndefaults: {{audience: [x, y]}}\ncards:\n{CARDS}",
    "other/deck.yaml": "id: other\ntitle: Trip::Other\nsections: [one]\n",
    "other/one.yaml": """\
title: One
cards:
  - {id: d, kind: reversed, front: Q d, back: A, level: core, audience: x}
  - {id: e, kind: basic, front: Q e, back: A, audience: y}
  - id: f
    kind: framework
    question: Q f?
    asks_for: All.
    moves: [{id: one, cue: One, text: One.}, {id: two, cue: Two, text: Two.}]
    seconds: 45
    level: core
    audience: y
""",
}


def season(days: int, rest: Sequence[int] = ()) -> Season:
    return season_of(START, [START + timedelta(days=days)], rest)


@cache
def some_card() -> Unit:
    return found(PlanRequest(season(9), 20, REPOSITORY / "decks", ("visa",)))[0]


def units(count: int, aloud: int = 0) -> tuple[Unit, ...]:
    """Make cards; what a plan asks of them is how many there are, and how long each is spoken aloud."""
    unit = some_card()
    return tuple(Unit(unit.deck, "", unit.notes, (aloud,)) for _ in range(count))


def found(request: PlanRequest) -> tuple[Unit, ...]:
    pool, findings = find(request)
    assert pool is not None, findings
    return pool.units


def plan(count: int, days: int, minutes: int) -> StudyPlan:
    return make_plan(units(count), season(days), minutes)


# ---- the days


@pytest.mark.parametrize(
    ("days", "with_new", "topped_up"),
    [(1, 1, 0), (6, 6, 0), (7, 6, 1), (8, 6, 2), (14, 10, 5), (21, 16, 5), (28, 22, 5), (29, 22, 5), (42, 35, 5)],
)
def test_the_last_days_bring_no_new_cards_and_weak_ones_again(days: int, with_new: int, topped_up: int) -> None:
    assert (len(season(days).days_with_new), len(season(days).days_of_top_up)) == (with_new, topped_up)


@given(st.integers(1, 365))
def test_a_longer_plan_has_no_fewer_days_with_new_cards(days: int) -> None:
    assert len(season(days).days_with_new) <= len(season(days + 1).days_with_new)


@given(st.integers(1, 60), st.sets(st.integers(0, 6), max_size=6))
def test_nobody_studies_on_days_of_rest_or_of_interviews(days: int, rest: set[int]) -> None:
    interviews = [START + timedelta(days=days + more) for more in (0, 3)]
    weekdays = {(START + timedelta(days=day)).weekday() for day in range(days)}
    if weekdays <= rest:
        with pytest.raises(UsageError, match="one of rest"):
            season_of(START, interviews, list(rest))
        return
    planned = season_of(START, interviews, list(rest))
    study = [planned.date_of(day) for day in planned.study_days(planned.end)]
    assert {day.weekday() for day in study}.isdisjoint(rest)
    assert set(study).isdisjoint(interviews)
    assert set(planned.days_with_new) | set(planned.days_of_top_up) <= set(planned.study_days(planned.goal))


# ---- what may be chosen


def order(request: PlanRequest) -> list[str]:
    return [f"{unit.deck.id}/{unit.card.id}" for unit in found(request)]


@pytest.mark.parametrize(
    ("names", "where", "expected"),
    [
        ((), (), ["demo/b", "demo/c", "other/d", "other/f", "demo/a", "other/e"]),
        (("other", "demo"), (), ["other/d", "other/f", "demo/b", "demo/c", "demo/a", "other/e"]),
        ((), (("audience", "y"),), ["demo/b", "demo/c", "other/f", "demo/a", "other/e"]),
    ],
)
def test_levels_come_before_decks_and_decks_before_cards(
    names: tuple[str, ...],
    where: tuple[tuple[str, str], ...],
    expected: list[str],
    decks: Callable[..., Path],
) -> None:
    assert order(PlanRequest(season(9), 20, decks(FILES), names, (), where)) == expected


def test_a_card_of_two_variants_is_there_once(decks: Callable[..., Path]) -> None:
    variants = "variants: {essentials: {where: {level: core}}, ys: {where: {audience: y}}}\n"
    deck = f"id: demo\ntitle: Trip::Demo\nsections: [one]\n{variants}"
    request = PlanRequest(season(9), 20, decks({**FILES, "demo/deck.yaml": deck}), (), ("ys", "essentials"))
    assert order(request) == ["demo/b", "demo/c", "demo/a"]


def test_thousands_of_cards_are_not_all_studied_to_see_that_they_are_too_many() -> None:
    chooser = Chooser(units(3000), 14)
    assert 0 < chooser.choose(season(14), 10) < 200
    assert len(chooser._courses) < 3000  # noqa: SLF001 - the work that was done; to study all takes three runs each


def test_a_card_counts_as_all_that_anki_makes_of_it_with_the_seconds_to_speak(decks: Callable[..., Path]) -> None:
    by_id = {unit.card.id: unit.aloud for unit in found(PlanRequest(season(9), 20, decks(FILES)))}
    assert by_id == {"b": (0,), "c": (0,), "d": (0, 0), "f": (45,), "a": (0,), "e": (0,)}


# ---- what is chosen


@settings(max_examples=15)
@given(st.integers(10, 400), st.integers(1, 60), st.integers(5, 40))
def test_more_minutes_never_give_fewer_cards(cards: int, days: int, minutes: int) -> None:
    chooser = Chooser(units(cards), days)
    chosen = [chooser.choose(season(days), more) for more in (minutes, minutes + 1, minutes + 10)]
    assert chosen == sorted(chosen)


@settings(max_examples=15)
@given(st.integers(100, 400), st.integers(3, 60), st.integers(5, 40))
def test_more_days_give_no_fewer_cards(cards: int, days: int, minutes: int) -> None:
    """But for what chance does: another week never costs more than one in fifty."""
    chooser = Chooser(units(cards), days + 7)
    fewer, more = chooser.choose(season(days), minutes), chooser.choose(season(days + 7), minutes)
    assert more >= 0.98 * fewer


@settings(max_examples=5)
@given(st.integers(50, 400), st.sampled_from([5, 10, 14, 28, 60]), st.sampled_from([10, 20, 40]))
def test_the_busiest_week_is_within_the_minutes(cards: int, days: int, minutes: int) -> None:
    """On average of twenty runs that have nothing to do with those by which it was chosen, to a tenth."""
    made = plan(cards, days, minutes)
    course = course_of(made)
    weeks = []
    for seed in range(100, 120):
        run = simulate([0] * made.cards, course, seed)
        load = [worked.seconds / 60 for worked in run.days]
        length = min(7, len(load))
        weeks.append(max(fmean(load[first : first + length]) for first in range(len(load) - length + 1)))
    assert fmean(weeks) <= 1.1 * minutes


def course_of(made: StudyPlan) -> Course:
    days = made.season
    new = [day.new for day in made.days if day.new]
    return Course(
        study=days.study_days(days.end),
        new=tuple(new),
        retention=made.retention,
        goals=(days.goal,),
        top_up=frozenset(days.days_of_top_up),
        top_up_limit=made.top_up.limit if made.top_up else 0,
        seconds=60.0 * made.minutes,
    )


def test_all_that_is_chosen_is_taken_up_in_time() -> None:
    made = plan(400, 30, 20)
    assert sum(day.new for day in made.days) == made.cards < made.available == 400
    assert made.new_days[1] <= made.season.date_of(max(made.season.days_with_new))
    assert made.new_per_day == new_per_day(made.cards, made.season) == made.days[0].new


def test_the_same_plan_comes_of_the_same_request() -> None:
    one, other = plan(150, 21, 15), plan(150, 21, 15)
    assert (one.days, one.expected, one.with_minutes) == (other.days, other.expected, other.with_minutes)


def test_cards_to_speak_aloud_take_their_time() -> None:
    silent, aloud = (make_plan(units(300, seconds), season(28), 20) for seconds in (0, 60))
    assert aloud.cards < silent.cards / 2


def test_few_cards_are_learnt_better() -> None:
    assert [plan(cards, 28, 60).retention for cards in (59, 60)] == [0.90, 0.85]


def test_a_second_interview_is_told_of_what_is_remembered_then() -> None:
    interviews = [START + timedelta(days=days) for days in (28, 49)]
    made = make_plan(units(150), season_of(START, interviews), 20)
    assert [expected.day for expected in made.expected] == interviews
    assert made.expected[1].recall > 0.9
    assert made.later.day == interviews[1] + timedelta(days=30)
    assert len(made.days) == 48  # both of the interviews are no days to study


def test_a_card_is_answered_alike_in_any_plan_that_takes_it_up_on_the_same_day() -> None:
    course = Course(tuple(range(20)), (10,) * 5, 0.85, (20,), frozenset(), 0, 6e3)
    one, other = (simulate([0] * count, course, 1) for count in (50, 40))
    assert [day.due for day in one.days[:5]] == [day.due for day in other.days[:5]]


def test_a_shorter_plan_is_one_of_cramming() -> None:
    """What is learnt in five days is there on the day, and much of it is gone a month later."""
    crammed, spread = plan(100, 5, 60), plan(100, 42, 60)
    assert crammed.expected[0].recall > 0.9
    assert crammed.later.recall < spread.later.recall - 0.1


# ---- what is said

TEXT = """\
Trip: 28 days to the interview on Tue 29 December 2026, 20 minutes a day

  chosen      7 of 7 cards
    core      demo 2 of 2, other 3 of 3
    more      demo 1 of 1
    other     other 1 of 1
  new cards   1 a day, Tue 1 December 2026 to Mon 7 December 2026
  minutes     1 a day on average, 1 in the busiest week (from Wed 2 December 2026), 2 on the busiest
              day (Thu 24 December 2026)
  on the day  96.1% of them remembered, if the model fits you; fewer than 1 with a chance below 80%
  30 days on  84.7% of them, if you stop studying

In Anki:
  1. The gear beside any deck, Options: turn FSRS on. Without it the retention has no effect and the
     last days’ search fails.
  2. File > Import: open plan-2026-12-29.apkg, with Import any deck presets ticked.
  3. In the Options of Trip, check: New cards/day 1, Maximum reviews/day 9999, Desired retention
     90\N{NO-BREAK SPACE}%, New card gather order Ascending position. Then Save to All Subdecks, in the menu beside
     Save.
  4. On each day, study Trip to the end; speak your answers aloud.
  5. From Thu 24 December 2026 on, when the day’s cards are done: Tools > Create Filtered Deck,
     Search deck:"Trip" is:review -is:due, Limit to 2 cards selected by Ascending retrievability,
     with Reschedule cards based on my answers in this deck ticked. On the days after: Rebuild. Stop
     when your minutes are over.
  6. Delete the filtered deck after the interview: its cards go back to their decks.
"""


def test_a_plan_reads(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(FILES)
    planned = cardgen("plan", "--interview", "2026-12-29", "--minutes", "20", env=NOON)
    assert (planned.code, planned.out, planned.err) == (0, TEXT, "")


def test_what_is_left_out_is_told_and_what_more_time_would_buy(cardgen: Callable[..., Ran]) -> None:
    planned = cardgen("plan", "--interview", "2026-12-06", "--minutes", "20", "--audience", "carms", env=NOON)
    lines = {line[:14].strip(): line[14:].strip() for line in planned.out.splitlines() if line.startswith("  ")}
    assert lines["late start"].startswith("in fewer than 7 days new cards come to the end")
    assert lines["left out"].endswith(" on")
    fit = [int(lines[key].split()[0]) for key in ("chosen", "+10 minutes", "+14 days")]
    assert fit == sorted(fit)


def test_a_plan_for_programs(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(FILES)
    interviews = ("--interview", "2027-01-10", "--interview", "2026-12-20")
    planned = cardgen("plan", "other", *interviews, "--minutes", "20", "--rest", "sun", "--output", "json", env=NOON)
    data = json.loads(planned.out)
    assert (planned.code, planned.err) == (0, "")
    assert [*data] == [
        "version",
        "title",
        "edition",
        "start",
        "interviews",
        "rest",
        "minutes",
        "cards",
        "available",
        "shares",
        "new",
        "desired_retention",
        "top_up",
        "search",
        "mean_minutes",
        "busiest_week",
        "busiest_day",
        "expected",
        "later",
        "with_minutes",
        "with_days",
        "steps",
        "days",
        "chosen",
    ]
    assert (data["interviews"], data["rest"]) == (["2026-12-20", "2027-01-10"], ["sun"])
    assert (data["title"], data["search"]) == ("Trip::Other", 'deck:"Trip::Other" is:review -is:due')
    assert data["chosen"] == ["other/d", "other/f", "other/e"]
    assert data["new"] == {"per_day": 1, "first": "2026-12-01", "last": "2026-12-04"}
    assert len(data["days"]) == 35  # 40, of which five are Sundays, the first interview's among them


def test_the_same_request_gives_the_same_words(cardgen: Callable[..., Ran]) -> None:
    arguments = ("plan", "--interview", "2026-12-20", "--minutes", "10", "--output", "json")
    one = cardgen(*arguments, env={**NOON, "PYTHONHASHSEED": "1"})
    other = cardgen(*arguments, env={**NOON, "PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"})
    assert one.out == other.out


# ---- calendars


def events_of(calendar: bytes) -> list[Any]:
    """Read a calendar back; properties are of many types, of which only days have a `dt`."""
    return list(Calendar.from_ical(calendar).walk("VEVENT"))


def test_a_calendar_has_the_days_that_are_not_like_the_others(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks(FILES)
    interviews = ("--interview", "2026-12-29", "--interview", "2027-01-05")
    planned = cardgen("plan", *interviews, "--minutes", "20", "--format", "ics", env=NOON)
    assert (planned.code, planned.err.split("  ")[0]) == (0, "dist/plan-2026-12-29.ics")
    written = (tmp_path / "dist/plan-2026-12-29.ics").read_bytes()
    events = events_of(written)
    assert [(str(event["DTSTART"].dt), str(event["SUMMARY"])) for event in events] == [
        ("2026-12-01", "Study plan: first day"),
        ("2026-12-07", "Study plan: last new cards"),
        ("2026-12-19", "Study plan: mock interview"),
        ("2026-12-24", "Study plan: weak cards again"),
        ("2026-12-25", "Study plan: mock interview"),
        ("2026-12-25", "Study plan: weak cards again"),
        ("2026-12-26", "Study plan: weak cards again"),
        ("2026-12-27", "Study plan: weak cards again"),
        ("2026-12-28", "Study plan: weak cards again"),
        ("2026-12-28", "Study plan: ten cards, three answers aloud"),
        ("2026-12-29", "Interview"),
        ("2027-01-04", "Study plan: ten cards, three answers aloud"),
        ("2027-01-05", "Interview"),
    ]
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert 'deck:"Trip" is:review -is:due' in str(events[3]["DESCRIPTION"])
    assert {str(event["DTSTAMP"].dt) for event in events} == {"2026-12-01 00:00:00+00:00"}
    assert {event["DTEND"].dt - event["DTSTART"].dt for event in events} == {timedelta(days=1)}


def test_a_calendar_is_written_as_programs_want_it_and_in_the_language_of_the_decks(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks({"demo/deck.yaml": 'id: demo\ntitle: "Übung, eins; zwei"\nlanguage: de\nsections: [one]\n'})
    arguments = ("plan", "--interview", "2026-12-29", "--minutes", "20", "--format", "ics")
    file = tmp_path / "dist/plan-2026-12-29.ics"
    contents = [
        (cardgen(*arguments, env={**NOON, **more}), file.read_bytes())[1] for more in ({}, {"TZ": "Asia/Tokyo"})
    ]
    assert contents[0] == contents[1]
    lines = contents[0].decode().split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any("\n" in line or "\r" in line for line in lines)
    events = events_of(contents[0])
    assert (str(events[0]["SUMMARY"]), str(events[-1]["SUMMARY"])) == ("Lernplan: erster Tag", "Vorstellungsgespräch")
    assert "*" not in str(events[0]["DESCRIPTION"])
    assert "In den Einstellungen von Übung, eins; zwei prüfen:" in str(events[0]["DESCRIPTION"])


def test_a_file_that_somebody_else_made_is_left_alone(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    file = tmp_path / "dist/plan-2026-12-29.ics"
    file.parent.mkdir()
    file.write_text("mine", encoding="utf-8")
    arguments = ("plan", "--interview", "2026-12-29", "--minutes", "20", "--format", "ics", "--format", "apkg")
    planned = cardgen(*arguments, env=NOON)
    assert (planned.code, file.read_text(encoding="utf-8"), [*file.parent.iterdir()]) == (1, "mine", [file])
    assert "error[CG507]" in planned.err
    file.unlink()
    assert [cardgen(*arguments, env=NOON).code for _ in range(2)] == [0, 0]
    manifest = json.loads((tmp_path / "dist/manifest.json").read_text(encoding="utf-8"))
    assert [(entry["file"], entry["format"], entry["deck"]) for entry in manifest["artefacts"]] == [
        ("plan-2026-12-29.apkg", "plan-apkg", "demo"),
        ("plan-2026-12-29.ics", "plan-ics", "demo"),
    ]


# ---- what makes no sense


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--interview 2026-11-01 --minutes 20", "--interview 2026-11-01: the plan starts later, on 2026-12-01; name"),
        ("--interview 2026-12-01 --minutes 20", "--interview 2026-12-01: it is the first day itself; name a later day"),
        (
            "--interview 2028-12-01 --minutes 20",
            "it is 731 days after the start, 2026-12-01, and a plan has at most 366",
        ),
        ("--interview 1.12.2026 --minutes 20", "a day is written as in 2027-01-15, and must exist; not '1.12.2026'"),
        ("--interview 2026-02-30 --minutes 20", "a day is written as in 2027-01-15, and must exist; not '2026-02-30'"),
        ("--interview 20270115 --minutes 20", "a day is written as in 2027-01-15, and must exist; not '20270115'"),
        ("--interview 2027-01-15 --minutes 0", "--minutes 0: a day has from 5 to 480 of them to plan with"),
        ("--interview 2027-01-15 --minutes 900", "--minutes 900: a day has from 5 to 480 of them to plan with"),
        ("--interview 2027-01-15 --minutes 20 --start 2027-01-20", "the plan starts later, on 2027-01-20"),
        ("--interview 2027-01-15 --minutes 20 --rest sund", "Did you mean `sun`?"),
        ("--interview 2026-12-02 --minutes 20 --rest tue", "--rest: every day before 2026-12-02 is one of rest"),
        ("--interview 2027-01-15 --minutes 20 --where depth=deep", "cards are not selected by `depth`"),
        ("--minutes 20", "Missing option '--interview'"),
        ("--interview 2027-01-15", "Missing option '--minutes'"),
    ],
)
def test_wrong_usage_says_why_and_what_to_do(
    arguments: str, said: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(FILES)
    planned = cardgen("plan", *arguments.split(), env=NOON)
    assert (planned.code, planned.out) == (2, "")
    assert said in " ".join(planned.err.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--audience z", "error[CG506]: `audience` has no value `z`"),
        ("--variant essential", "Did you mean `essentials`?"),
        ("nowhere", "error[CG501]"),
    ],
)
def test_what_the_decks_do_not_have_is_a_finding(
    arguments: str, said: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(FILES)
    planned = cardgen("plan", *arguments.split(), "--interview", "2027-01-15", "--minutes", "20", env=NOON)
    assert (planned.code, planned.out) == (1, "")
    assert said in planned.err


def test_minutes_in_which_nothing_fits_are_refused() -> None:
    with pytest.raises(UsageError, match="--minutes 5: not even the first card fits"):
        make_plan(units(3, aloud=600), season(1), 5)


# ---- what the documentation says


def test_six_weeks_are_what_the_page_on_them_says() -> None:
    """Its table is what 42 days with 20 minutes come to; whoever changes the decks takes the new rows over."""
    page = (REPOSITORY / "docs/six-weeks.md").read_text(encoding="utf-8")
    rows = []
    for variant in ("us-img", "green-card", "non-us-img", "canada-img", "carms"):
        name = f"{variant}-essentials"
        made = make_plan(found(PlanRequest(season(42), 20, REPOSITORY / "decks", (), (name,))), season(42), 20)
        assert not made.left_out
        minutes = f"{made.mean_minutes:.0f}, {made.busiest_week[1]:.0f}"
        recall = f"{made.expected[0].recall:.0%}".replace("%", " %")
        rows.append(f"| `{name}` | {made.cards} | {made.new_per_day} | {minutes} | {recall} |")
    assert [line for line in page.splitlines() if "-essentials` |" in line] == rows
    assert f"`{weak_cards(['IMG Interview Prep'])}`" in page
