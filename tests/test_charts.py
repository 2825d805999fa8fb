"""Charts: what they draw, that nothing of it lies outside, and that it is all there in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardgen.charts import Bars, Chart, Lines, Span, Timeline, as_rows, described, named
from cardgen.charts.svg import to_svg
from cardgen.words import catalogue_of

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


def test_lines_carry_a_figure_at_each_point_the_lower_one_under_it() -> None:
    svg = to_svg(YEARS)
    assert words(svg) == [
        ("label line-0", "Non-US IMGs"),
        ("label line-1", "US IMGs"),
        ("point", "2024"),
        ("point", "2025"),
        ("point", "2026"),
        ("value line-0", "58.5"),
        ("value line-0", "56.4"),
        ("value line-1", "67.0"),
        ("value line-1", "67.8"),
        ("value line-1", "70"),
    ]
    places = {found["words"]: float(found["y"]) for found in TEXT.finditer(svg)}
    assert places["58.5"] > places["67.0"]
    # 58.5 stands at 113.6 units from the top and 67.0 at 86.5, or thereabouts: one figure under it, one over it.
    heights = [float(y) for y in re.findall(r'<circle [^>]*cy="([^"]*)"', svg)]
    assert (places["58.5"] - heights[0], places["67.0"] - heights[2]) == pytest.approx((15, -7), abs=0.11)


def test_lines_differ_without_their_colour() -> None:
    strokes = re.findall(
        r'<path class="stroke line-(\d)" d="M[^h"]*"[^>]*?(?: stroke-dasharray="([^"]*)")?/>', to_svg(YEARS)
    )
    assert strokes == [("0", ""), ("1", "6 3")]


def test_years_that_are_missing_leave_a_gap() -> None:
    svg = to_svg(Lines("", (("A", (("2015", 1), ("2025", 2), ("2026", 3))),)))
    left, middle, right = (float(x) for x in re.findall(r'<circle [^>]*cx="([^"]*)"', svg))
    assert (middle - left) / (right - middle) == pytest.approx(10, rel=0.02)


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
        "2027", "2028", "2029", "2030", "2031", "2032",
    ]  # fmt: skip


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


CHARTS: st.SearchStrategy[Chart] = st.one_of(
    st.builds(Bars, st.text(max_size=20), st.lists(st.tuples(LABELS, FIGURES), min_size=2, max_size=12).map(tuple)),
    st.builds(
        Lines,
        st.text(max_size=20),
        st.lists(
            st.tuples(
                LABELS, st.dictionaries(POINTS, FIGURES, min_size=2, max_size=14).map(lambda d: tuple(d.items()))
            ),
            min_size=1,
            max_size=8,
        ).map(tuple),
    ),
    st.builds(
        Timeline,
        st.lists(spans(), min_size=1, max_size=10).map(tuple),
        st.lists(st.tuples(st.text("Aa ", min_size=1, max_size=20), DAYS), max_size=4).map(tuple),
    ),
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


def test_a_small_rise_is_not_drawn_as_a_cliff() -> None:
    svg = to_svg(Lines("", (("A", (("2024", Decimal("25.1")), ("2026", Decimal("25.3")))),)))
    first, last = (float(y) for y in re.findall(r'<circle [^>]*cy="([^"]*)"', svg))
    assert first - last == pytest.approx(120 * 0.2 / 2.53, abs=0.11)


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
    assert points_of(Timeline((month,))) == ["Dec 9999"]
    years = Span(1, "End.", date(9996, 1, 1), date(9999, 12, 31), "9996/9999")
    assert points_of(Timeline((years,))) == ["9996", "9997", "9998", "9999"]


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
