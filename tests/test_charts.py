"""Charts: what they draw, that nothing of it lies outside, and that it is all there in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cardgen.charts import Bars, Chart, Lines, Span, Timeline, as_rows, described, named
from cardgen.charts.lettering import Box, Lettering
from cardgen.charts.plot import Plot, plot
from cardgen.charts.schedule import schedule
from cardgen.charts.svg import to_svg
from cardgen.words import catalogue_of

if TYPE_CHECKING:
    from cardgen.charts.figures import FigureAt

RATES = Bars("percent", (("US MD seniors", Decimal("93.5")), ("Non-US IMGs", Decimal("56.4"))), (1,))
YEARS = Lines(
    "percent",
    (
        ("Non-US IMGs", (("2024", Decimal("58.5")), ("2026", Decimal("56.4")))),
        ("US IMGs", (("2024", Decimal("67.0")), ("2025", Decimal("67.8")), ("2026", 70))),
    ),
)
STEPS = Timeline(
    (
        Span(1, "Sign.", date(2027, 3, 22), date(2027, 4, 5), "2027-03-22/2027-04-05"),
        Span(3, "Apply.", date(2027, 5, 1), date(2027, 5, 31), "2027-05"),
    ),
    (("Match Day", date(2027, 3, 19)),),
)


def words(svg: str) -> list[tuple[str, str]]:
    """Return the role and the words of each text of a drawing."""
    return [(found["role"], found["words"]) for found in TEXT.finditer(svg)]


TEXT = re.compile(r'<text class="(?P<role>[^"]*)" x="(?P<x>[^"]*)" y="(?P<y>[^"]*)"[^>]*>(?P<words>[^<]*)</text>')


def test_bars_are_drawn_like_this() -> None:
    assert to_svg(RATES) == (
        '<svg xmlns="http://www.w3.org/2000/svg" class="bars" viewBox="0 0 360 60" role="img"'
        ' aria-labelledby="cg4667f9c821t cg4667f9c821d" fill="currentColor" font-size="13">'
        '<title id="cg4667f9c821t">Bar chart, percent</title>'
        '<desc id="cg4667f9c821d">US MD seniors 93.5, Non-US IMGs 56.4</desc>'
        '<text class="label" x="0" y="13">US MD seniors</text>'
        '<text class="value" x="360" y="13" text-anchor="end">93.5</text>'
        '<rect class="bar" x="0" y="17" width="360" height="6"/>'
        '<text class="label chosen" x="0" y="48">Non-US IMGs</text>'
        '<text class="value chosen" x="360" y="48" text-anchor="end">56.4</text>'
        '<rect class="bar chosen" x="0" y="52" width="217.2" height="6"/>'
        "</svg>"
    )


def test_bars_below_zero_reach_to_the_other_side_of_it() -> None:
    svg = to_svg(Bars("", (("Up", 30), ("Down", -10), ("None", 0))))
    assert re.findall(r'<rect class="bar" x="([^"]*)" y="[^"]*" width="([^"]*)"', svg) == [
        ("90", "270"),
        ("0", "90"),
        ("90", "1"),
    ]


def test_a_long_label_is_broken_and_stays_clear_of_its_figure() -> None:
    svg = to_svg(Bars("", (("Prior-year graduates of schools of osteopathic medicine in the US", 43), ("B", 1))))
    assert words(svg) == [
        ("label", "Prior-year graduates of schools of"),
        ("value", "43"),
        ("label", "osteopathic medicine in the US"),
        ("label", "B"),
        ("value", "1"),
    ]


LETTERS = Lettering(1.0, 0.6)


def laid(chart: Lines) -> Plot:
    return plot(chart, 30.0, 10.0, LETTERS)


def test_lines_carry_a_figure_at_each_point_the_lower_one_under_it() -> None:
    assert words(to_svg(YEARS)) == [
        ("label line-0", "Non-US IMGs"),
        ("label line-1", "US IMGs"),
        ("point", "55"),
        ("point", "2024"),
        ("point", "2025"),
        ("point", "2026"),
        ("value line-0", "58.5"),
        ("value line-0", "56.4"),
        ("value line-1", "67.0"),
        ("value line-1", "67.8"),
        ("value line-1", "70"),
    ]
    ((lower,), _), ((upper, *_),) = laid(YEARS).runs
    heights = {figure.words: figure.y for figure in laid(YEARS).figures}
    assert heights["58.5"] > lower.y > upper.y > heights["67.0"]


def test_lines_differ_without_their_colour() -> None:
    samples = re.findall(
        r'<path class="stroke line-(\d)" d="M0[^"]*"[^>]*?(?: stroke-dasharray="([^"]*)")?/>', to_svg(YEARS)
    )
    assert samples == [("0", ""), ("1", "6 3")]


def test_years_that_are_missing_are_a_gap_in_the_line_as_wide_as_they_are() -> None:
    points = (("2015", 1), ("2016", 2), ("2024", 3), ("2025", 4), ("2026", 5))
    ((before, after),) = laid(Lines("", (("A", points),))).runs
    assert [len(before), len(after)] == [2, 3]
    assert (after[0].x - before[1].x) / (before[1].x - before[0].x) == pytest.approx(8)
    # Nothing is drawn between 2016 and 2024.
    strokes = re.findall(r'<path class="stroke line-0" d="M([^"]*)"', to_svg(Lines("", (("A", points),))))
    assert [stroke.count("L") for stroke in strokes] == [1, 2]


def test_the_usual_step_is_no_gap() -> None:
    surveys = (("2014/15", 1), ("2016/17", 2), ("2018/19", 3), ("2024/25", 4))
    (runs,) = laid(Lines("", (("A", surveys),))).runs
    assert [len(run) for run in runs] == [3, 1]


def test_a_point_that_one_of_two_lines_lacks_is_a_gap_in_it() -> None:
    other = (("a", 1), ("b", 2), ("c", 3))
    assert [len(runs) for runs in laid(Lines("", (("A", other), ("B", other[::2])))).runs] == [1, 2]


def test_two_points_are_a_slope_with_both_figures_beside_it_over_less_than_the_height() -> None:
    slope = laid(Lines("", (("A", (("2024", 3), ("2026", 9))),)))
    (((first, last),),) = slope.runs
    assert [(figure.words, figure.anchor, figure.y) for figure in slope.figures] == [
        ("3", "end", first.y),
        ("9", "start", last.y),
    ]
    assert (slope.low, slope.cut) == ("0", False)
    assert first.y - last.y == pytest.approx((slope.base - 1.5) / 2)


def test_a_small_rise_is_not_drawn_as_a_cliff() -> None:
    two = laid(Lines("", (("A", (("2024", Decimal("25.1")), ("2026", Decimal("25.3")))),)))
    more = laid(Lines("", (("A", (("2024", Decimal("25.1")), ("2025", Decimal("25.2")), ("2026", Decimal("25.3")))),)))
    rises = [plotted.runs[0][0][0].y - plotted.runs[0][0][-1].y for plotted in (two, more)]
    assert [rise < 0.1 * 10 for rise in rises] == [True, True]


@pytest.mark.parametrize(
    ("figures", "low", "cut"),
    [
        ((52, 60, 70), "50", True),
        ((10, 60, 70), "0", False),
        ((-5, 60, 70), "-5", False),
        ((31_757, 40_000, 44_344), "30,000", True),
        ((0, 0, 0), "0", False),
    ],
)
def test_lines_say_where_their_axis_begins_and_show_where_it_is_cut(
    figures: tuple[int, ...], low: str, cut: bool
) -> None:
    chart = Lines("", (("A", tuple((str(2020 + year), figure) for year, figure in enumerate(figures))),), ",")
    svg = to_svg(chart)
    assert ((laid(chart).low, laid(chart).cut), words(svg)[0], svg.count('class="cut"')) == (
        (low, cut),
        ("point", low),
        cut,
    )


def test_bars_that_would_look_alike_are_points_on_a_cut_axis() -> None:
    svg = to_svg(Bars("", (("Surgery", 253), ("Medicine", 249), ("Family", 231)), (1,)))
    assert words(svg)[-2:] == [("label", "225"), ("value", "255")]
    points = [(role, float(x)) for role, x in re.findall(r'<circle class="([^"]*)" cx="([^"]*)"', svg)]
    assert [role for role, _ in points] == ["bar", "bar chosen", "bar"]
    surgery, medicine, family = (x for _, x in points)
    assert (surgery - family) / (surgery - medicine) == pytest.approx(22 / 4, rel=0.01)
    assert (svg.count('d="M5 '), "<rect" in svg) == (3, False)


@pytest.mark.parametrize("figures", [(98, 93, 70), (5, 5), (-99, 98), (0, 0)])
def test_other_bars_begin_at_zero(figures: tuple[int, ...]) -> None:
    svg = to_svg(Bars("", tuple((f"Bar {index}", figure) for index, figure in enumerate(figures))))
    assert (svg.count("<rect"), "<circle" in svg) == (len(figures), False)


def test_many_lines_carry_figures_at_their_ends_only() -> None:
    points = tuple((str(year), year % 7) for year in range(2015, 2027))
    svg = to_svg(Lines("", tuple((f"Line {name}", points) for name in "ABC")))
    assert sum(role.startswith("value") for role, _ in words(svg)) == 6


def test_a_timeline_shows_steps_marks_and_months() -> None:
    assert words(to_svg(STEPS)) == [
        ("label", "Match Day, 19 Mar"),
        ("point", "Mar 2027"),
        ("point", "Apr"),
        ("point", "May"),
        ("label", "1"),
        ("point", "22 Mar\N{EN DASH}5 Apr"),
        ("label", "3"),
        ("point", "May"),
    ]


def test_a_timeline_of_several_years_names_the_years() -> None:
    span = Span(1, "Train.", date(2027, 7, 1), date(2032, 6, 30), "2027-07-01/2032-06-30")
    assert [name for role, name in words(to_svg(Timeline((span,)))) if role == "point"] == [
        "2027",
        "2029",
        "2030",
        "2031",
        "2032",
        "1 Jul 2027\N{EN DASH}30 Jun 2032",
    ]


@pytest.mark.parametrize(
    ("chart", "name", "description"),
    [
        (RATES, "Bar chart, percent", "US MD seniors 93.5, Non-US IMGs 56.4"),
        (
            YEARS,
            "Line chart, percent",
            "Non-US IMGs: 2024 58.5, 2026 56.4; US IMGs: 2024 67.0, 2025 67.8, 2026 70",
        ),
        (
            STEPS,
            "Timeline",
            "1. Sign.: 22 March 2027 \N{EN DASH} 5 April 2027; 3. Apply.: May 2027; Match Day: 19 March 2027",
        ),
    ],
    ids=["bars", "lines", "timeline"],
)
def test_a_chart_is_told_in_words(chart: Chart, name: str, description: str) -> None:
    assert (named(chart), described(chart)) == (name, description)
    svg = ET.fromstring(to_svg(chart))
    spoken = [child.text for child in svg if child.get("id") in (svg.get("aria-labelledby") or "").split()]
    assert spoken == [name, description]


def test_a_timeline_as_a_table_is_in_the_order_of_days() -> None:
    assert as_rows(STEPS) == (
        (),
        (
            ("Match Day", "19 March 2027"),
            ("1. Sign.", "22 March 2027 \N{EN DASH} 5 April 2027"),
            ("3. Apply.", "May 2027"),
        ),
    )


LABELS = st.text(min_size=1, max_size=60).filter(str.strip)
FIGURES = st.one_of(
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=2),
)
POINTS = st.one_of(st.integers(1900, 2100).map(str), st.text("abc0123- ", min_size=1, max_size=12))
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    return Span(draw(st.integers(1, 40)), draw(LABELS), start, end, f"{start}/{end}")


TIMELINES: st.SearchStrategy[Timeline] = st.tuples(
    st.lists(spans(), min_size=1, max_size=10).map(tuple),
    st.lists(st.tuples(st.text("Aa ", min_size=1, max_size=20), DAYS), max_size=4).map(tuple),
).map(lambda parts: Timeline(*parts))
CHARTS: st.SearchStrategy[Chart] = st.one_of(
    st.tuples(st.text(max_size=20), st.lists(st.tuples(LABELS, FIGURES), min_size=2, max_size=12).map(tuple)).map(
        lambda parts: Bars(*parts)
    ),
    st.tuples(
        st.text(max_size=20),
        st.lists(
            st.tuples(
                LABELS, st.dictionaries(POINTS, FIGURES, min_size=2, max_size=14).map(lambda d: tuple(d.items()))
            ),
            min_size=1,
            max_size=8,
        ).map(tuple),
    ).map(lambda parts: Lines(*parts)),
    TIMELINES,
)


@given(CHARTS)
def test_any_chart_is_well_formed_and_lies_inside_its_drawing(chart: Chart) -> None:
    # What XML cannot hold, the reader of deck files has refused before; here it may come.
    svg = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", to_svg(chart))
    root = ET.fromstring(svg)
    height = float(root.get("viewBox", "").split()[3])
    for shape in root.iter():
        x, y = float(shape.get("x", shape.get("cx", "0"))), float(shape.get("y", shape.get("cy", "0")))
        width, tall = float(shape.get("width", "0")), float(shape.get("height", "0"))
        assert -0.1 <= x <= x + width <= 360.1
        assert 0 <= y <= y + tall <= height + 0.1


def box(figure: FigureAt) -> Box:
    width = LETTERS.width(figure.words)
    left = figure.x - {"start": 0, "middle": width / 2, "end": width}[figure.anchor]
    return Box(left, figure.y - 0.4, left + width, figure.y + 0.4)


SERIES = st.dictionaries(st.integers(2000, 2030).map(str), st.integers(-50, 900), min_size=2, max_size=14)


@given(st.lists(SERIES, min_size=1, max_size=2))
def test_figures_between_the_ends_stand_on_no_line_and_on_no_other_figure(series: list[dict[str, int]]) -> None:
    chart = Lines("", tuple((f"Line {row}", tuple(figures.items())) for row, figures in enumerate(series)))
    plotted = laid(chart)
    ends = {(row, figures[end]) for row, figures in enumerate(map(sorted_figures, series)) for end in (0, -1)}
    between = [figure for figure in plotted.figures if (figure.row, figure.words) not in ends]
    for figure in between:
        others = [box(other) for other in plotted.figures if other != figure]
        assert [other for other in others if other.overlaps(box(figure))] == []
        crossed = [
            (a, b)
            for runs in plotted.runs
            for run in runs
            for a, b in pairwise(run)
            for step in range(21)
            if box(figure).overlaps(
                Box(*(point := (a.x + (b.x - a.x) * step / 20, a.y + (b.y - a.y) * step / 20)), *point)
            )
        ]
        assert crossed == []


def sorted_figures(series: dict[str, int]) -> list[str]:
    return [str(figure) for _, figure in sorted(series.items())]


@given(TIMELINES, st.floats(20, 60))
def test_no_two_names_of_months_and_no_two_labels_of_marks_run_into_each_other(chart: Timeline, width: float) -> None:
    planned = schedule(chart, width, 2.0, LETTERS, LETTERS)
    named = [(tick.x, tick.x + LETTERS.width(tick.words)) for tick in planned.ticks if tick.words]
    assert [(a, b) for a, b in pairwise(named) if a[1] > b[0]] == []
    marks = sorted((mark.level, mark.left, mark.right) for mark in planned.marks)
    assert [(a, b) for a, b in pairwise(marks) if a[0] == b[0] and a[2] > b[1]] == []
    assert len(planned.steps) == len(chart.spans)
    assert all(step.left >= 0 and step.right <= width + 1e-6 for step in planned.steps)


def test_the_line_of_a_mark_does_not_run_through_words() -> None:
    spans = (Span(1, "Before.", date(2027, 3, 1), date(2027, 3, 10), "2027-03-01/2027-03-10"), *STEPS.spans)
    (line,) = re.findall(r'<path class="mark" d="([^"]*)"', to_svg(Timeline(spans, STEPS.marks)))
    # From the label at 17 to the rows at 21; interrupted at the first, where the time of its step stands.
    assert re.findall(r"M[0-9.]+ ([0-9.]+)V([0-9.]+)", line) == [("17", "21"), ("43", "87")]


@given(CHARTS)
def test_the_same_chart_is_the_same_text(chart: Chart) -> None:
    assert to_svg(chart) == to_svg(chart)


@pytest.mark.parametrize(
    ("separator", "shown"),
    [("", ["9999", "48\N{NARROW NO-BREAK SPACE}050", "-12.5"]), (",", ["9,999", "48,050", "-12.5"])],
)
def test_thousands_are_set_apart_as_the_author_does_it(separator: str, shown: list[str]) -> None:
    bars = (("A", 9999), ("B", 48050), ("C", Decimal("-12.5")))
    assert [text for role, text in words(to_svg(Bars("", bars, (), separator))) if role == "value"] == shown


def points_of(chart: Timeline) -> list[str]:
    return [name for role, name in words(to_svg(chart)) if role == "point"]


def test_days_of_a_timeline_of_several_years_are_told_with_their_years() -> None:
    chart = Timeline(
        (
            Span(1, "Begin.", date(2027, 1, 1), date(2027, 1, 31), "2027-01"),
            Span(2, "End.", date(2031, 3, 2), date(2031, 3, 2), "2031-03-02"),
        ),
        (("Between", date(2029, 5, 9)),),
    )
    assert [name for _, name in words(to_svg(chart)) if " " in name] == [
        "Between, 9 May 2029",
        "Jan 2027",
        "2 Mar 2031",
    ]


def test_a_timeline_reaches_to_the_end_of_the_calendar() -> None:
    month = Span(1, "End.", date(9999, 12, 1), date(9999, 12, 31), "9999-12")
    assert points_of(Timeline((month,))) == ["Dec 9999", "Dec"]
    years = Span(1, "End.", date(9996, 1, 1), date(9999, 12, 31), "9996/9999")
    assert points_of(Timeline((years,))) == ["9996", "9997", "9998", "9999", "9996\N{EN DASH}9999"]


def test_a_timeline_of_centuries_has_as_many_lines_as_can_be_told_apart() -> None:
    span = Span(1, "Last.", date(1, 1, 1), date(1999, 12, 31), "0001/1999")
    svg = to_svg(Timeline((span,)))
    assert svg.count('<path class="axis"') == 1 + 19
    assert points_of(Timeline((span,)))[:3] == ["100", "300", "500"]


def test_a_small_figure_is_shown_as_it_was_typed() -> None:
    bars = Bars("", (("A", Decimal("0.0000001")), ("B", Decimal("12345.60"))))
    assert described(bars) == "A 0.0000001, B 12345.60"
    assert [text for role, text in words(to_svg(bars)) if role == "value"] == ["0.0000001", "12\u202f345.60"]


def test_a_label_of_wide_characters_is_broken_where_its_figure_begins() -> None:
    svg = to_svg(Bars("", (("日本語の長いラベル" * 4, 8), ("B", 1))))
    labels = [text for role, text in words(svg) if role == "label"]
    assert labels == ["日本語の長いラベル日本語の長いラベル日本語の長", "いラベル日本語の長いラベル", "B"]


def test_a_long_label_of_a_line_is_broken() -> None:
    label = "Graduates of medical schools outside of the country, of all earlier years"
    svg = to_svg(Lines("", (("A", (("1", 1), ("2", 2))), (label, (("1", 2), ("2", 3))))))
    assert [(role, text) for role, text in words(svg) if role.startswith("label")] == [
        ("label line-0", "A"),
        ("label line-1", "Graduates of medical schools outside of the"),
        ("label line-1", "country, of all earlier years"),
    ]


def test_where_points_stand_close_only_the_ends_have_dots() -> None:
    line = tuple((str(year), year % 7) for year in range(1960, 2020))
    assert to_svg(Lines("", (("A", line), ("B", line)))).count("<circle") == 4


def test_a_timeline_is_drawn_and_told_in_the_words_of_its_language() -> None:
    french = catalogue_of("fr")
    assert french is not None
    chart = replace(STEPS, words=french)
    drawn = re.findall(r">([^<>]+)</(?:title|desc|text)>", to_svg(chart))
    assert [words for words in drawn if re.search(r"Timeline|Mar\b|May|March", words)] == []
    assert (named(chart), described(chart)) == (
        "Chronologie",
        "1. Sign.: 22 mars 2027 \N{EN DASH} 5 avril 2027; 3. Apply.: mai 2027; Match Day: 19 mars 2027",
    )
