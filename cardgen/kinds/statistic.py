"""`statistic`: a figure with its unit, period and population, beside other figures where the author gives them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cardgen.kinds.base import Form, Part, Problem, Role, Side, present
from cardgen.richtext import Alignment, Group, Inline, Paragraph, RichText, Styled, Table, parse, parse_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Figure = Decimal | int
Figures = tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure.

    Attributes:
        question: Markdown.
        value, unit, period, population: Lines of Markdown; all but the value may be empty.
        compare: Labels and figures of the same unit.
        series: Labels of lines, each with its points (usually years) and their figures.
    """

    question: str
    value: str
    unit: str
    period: str
    population: str
    compare: Figures
    series: tuple[tuple[str, Figures], ...]


def read(fields: Mapping[str, Any]) -> Statistic:
    """Take over the fields."""
    return Statistic(
        question=fields["question"],
        value=fields["value"],
        unit=fields.get("unit", ""),
        period=fields.get("period", ""),
        population=fields.get("population", ""),
        compare=tuple(fields.get("compare", {}).items()),
        series=tuple((label, tuple(points.items())) for label, points in fields.get("series", {}).items()),
    )


def check(_content: Statistic) -> Iterable[Problem]:
    """Find nothing: the schema says it all."""
    return ()


def compose(content: Statistic) -> Iterator[Part]:
    """Ask for the figure; the others stand under it as tables."""
    figure = parse_line(content.value)
    if content.unit:
        figure = (Styled("strong", figure), " ", *parse_line(content.unit))
    answer: RichText = (Group("figure", (Paragraph(figure),)),)
    scope = [parse_line(text) for text in (content.period, content.population) if text]
    if scope:
        joined: tuple[Inline, ...] = scope[0]
        for line in scope[1:]:
            joined = (*joined, " · ", *line)
        answer = (*answer, Group("scope", (Paragraph(joined),)))
    tables = [_comparison(content.compare)] if content.compare else []
    if content.series:
        tables.append(_over_time(content.series))
    yield Part("", Form.BASIC, parse(content.question), answer, tuple(Group("data", (table,)) for table in tables))


def _comparison(figures: Figures) -> Table:
    rows = tuple(((label,), (str(figure),)) for label, figure in figures)
    return Table(("start", "right"), ((), ()), rows)


def _over_time(series: tuple[tuple[str, Figures], ...]) -> Table:
    """Put the points into rows, in the order in which they first come, and each line into a column."""
    points = dict.fromkeys(point for _, figures in series for point, _ in figures)
    columns = [dict(figures) for _, figures in series]
    rows = tuple(
        ((point,), *((str(column.get(point, "")),) if point in column else () for column in columns))
        for point in points
    )
    header: tuple[tuple[Inline, ...], ...] = ((), *((label,) for label, _ in series))
    columns_end: list[Alignment] = ["right"] * len(series)
    return Table(("start", *columns_end), header, rows)


def sides(content: Statistic) -> Iterator[Side]:
    """Give question and figure, and for what time and whom it holds; the labels of other figures are no sentences."""
    return present(
        Side(Role.PROMPT, ("question",), content.question),
        Side(Role.ANSWER, ("value",), content.value),
        Side(Role.MORE, ("unit",), content.unit),
        Side(Role.MORE, ("period",), content.period),
        Side(Role.MORE, ("population",), content.population),
    )
