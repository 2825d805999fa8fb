"""`statistic`: a figure with its unit, period and population, beside other figures where the author gives them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cardgen.charts import Bars, Figure, Lines
from cardgen.kinds.base import CardText, Form, Part, Problem, Role, present
from cardgen.richtext import Drawing, Group, GroupRole, Inline, Paragraph, RichText, Styled, parse, parse_line, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cardgen.words import Words

Figures = tuple[tuple[str, Figure], ...]


class Statistic(Struct, frozen=True, gc=False):
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


def compose(content: Statistic, words: Words) -> Iterator[Part]:
    """Ask for the figure; a chart under it shows the others."""
    figure = parse_line(content.value)
    if content.unit:
        figure = (Styled("strong", figure), " ", *parse_line(content.unit))
    answer: RichText = (Group(GroupRole.FIGURE, (Paragraph(figure),)),)
    scope = [parse_line(text) for text in (content.period, content.population) if text]
    if scope:
        joined: tuple[Inline, ...] = scope[0]
        for line in scope[1:]:
            joined = (*joined, " · ", *line)
        answer = (*answer, Group(GroupRole.SCOPE, (Paragraph(joined),)))
    yield Part("", Form.BASIC, parse(content.question), answer, tuple(_charts(content, words)))


def _charts(content: Statistic, words: Words) -> Iterator[Group]:
    if not (content.compare or content.series):
        return
    unit, value = to_plain(parse(content.unit)), to_plain(parse(content.value))
    separator = _separator(value)
    if content.compare:
        chosen = tuple(index for index, (_, figure) in enumerate(content.compare) if _same(figure, value))
        yield Group(GroupRole.DATA, (Drawing(Bars(unit, content.compare, chosen, separator, words)),))
    if content.series:
        yield Group(GroupRole.DATA, (Drawing(Lines(unit, content.series, separator, words)),))


def _separator(written: str) -> str:
    """Return what a text sets between thousands, so that a chart does as its author does."""
    grouped = re.fullmatch(r"[1-9]\d{0,2}([,'\u2019\u202f\u00a0 ])\d{3}(?:\1\d{3})*", written)
    return grouped[1] if grouped else ""


def _same(figure: Figure, written: str) -> bool:
    """Return whether a figure is the one that a text writes, with or without commas between thousands."""
    try:
        return Decimal(written.replace(",", "")) == figure
    except InvalidOperation:
        return False


def texts(content: Statistic) -> Iterator[CardText]:
    """Yield question and figure, and for what time and whom it holds; the labels of other figures are no sentences."""
    return present(
        CardText(Role.PROMPT, ("question",), content.question),
        CardText(Role.ANSWER, ("value",), content.value),
        CardText(Role.MORE, ("unit",), content.unit),
        CardText(Role.MORE, ("period",), content.period),
        CardText(Role.MORE, ("population",), content.population),
    )
