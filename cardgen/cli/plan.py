"""The command `plan`."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from cardgen.cli.completion import tiers_offered
from cardgen.cli.options import (
    OneOf,
    deck_names,
    decks_folder,
    decks_option,
    language_option,
    output_option,
    pair,
    variant_option,
    where_option,
)
from cardgen.cli.printing import print_option, printing_from
from cardgen.cli.terminal import say, say_document, show_findings, wrong_usage
from cardgen.plan.formats import FORMATS
from cardgen.plan.season import WEEKDAYS

if TYPE_CHECKING:
    from cardgen.plan.bundle import PlanBundle

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


# Generic since click 8.2 alone.
class _Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A day, as in 2027-01-15."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with a hint."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value) if _DAY.fullmatch(str(value)) else "")
        except ValueError:
            self.fail(f"a day is written as in 2027-01-15, and must exist; not {value!r}", param, ctx)


@click.command()
@deck_names()
@language_option
@click.option(
    "--interview",
    "interviews",
    multiple=True,
    required=True,
    type=_Day(),
    metavar="DATE",
    help="The day of an interview, as in 2027-01-15; repeatable.",
)
@click.option("--minutes", type=int, required=True, metavar="N", help="Minutes a day.")
@click.option("--start", type=_Day(), metavar="DATE", help="The first day. Without it: today.")
@click.option("--rest", multiple=True, type=OneOf(WEEKDAYS), help="A day of the week without study; repeatable.")
@variant_option
@click.option(
    "--tier",
    metavar="NAME",
    default="",
    shell_complete=tiers_offered,
    help="Cards of kinds of your own up to this tier; without it, all.",
)
@click.option("--audience", metavar="NAME", help="The same as --where audience=NAME.")
@where_option
@output_option("text", "json", what="the plan")
@click.option(
    "--format", "formats", multiple=True, type=OneOf(tuple(FORMATS)), help="Write it as a file, too; repeatable."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("dist"),
    metavar="DIR",
    show_default=True,
    help="Where to write files.",
)
@print_option("paper")
@print_option("grey")
@decks_option
def plan(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    interviews: tuple[date, ...],
    minutes: int,
    start: date | None,
    rest: tuple[str, ...],
    variants: tuple[str, ...],
    tier: str,
    audience: str | None,
    where: tuple[str, ...],
    output: str,
    formats: tuple[str, ...],
    out: Path,
    decks: Path | None,
    **wishes: Any,  # noqa: ANN401 - the options of print
) -> None:
    """Plan the days to an interview: which cards fit into so many minutes a day, and how to learn them.

    Cards of the first level come first, then decks in the order in which they are named, then cards as on the sheet.

    \b
    Examples:
      cardgen plan --interview 2027-01-15 --minutes 20
      cardgen plan rivers --interview 2027-01-15 --minutes 30 --variant essentials
      cardgen plan --interview 2027-01-15 --interview 2027-01-28 --minutes 20 --rest sat --rest sun
      cardgen plan --interview 2027-01-15 --minutes 20 --start 2026-12-01 --format apkg --format pdf

    What it expects is what a model of an average learner expects: docs/plan.md says what that is worth.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.build.clock import build_time
    from cardgen.plan.as_json import as_json
    from cardgen.plan.as_text import as_text
    from cardgen.plan.bundle import PlanBundle
    from cardgen.plan.planner import find, make_plan
    from cardgen.plan.request import PlanRequest, season_of

    demands = [pair(text) for text in where]
    if audience is not None:
        demands.append(("audience", audience))
    with wrong_usage():
        season = season_of(start or build_time().date(), interviews, [WEEKDAYS.index(day) for day in rest])
        request = PlanRequest(season, minutes, decks_folder(decks), names, variants, demands, languages, tier)
        pool, findings = find(request)
        show_findings(findings)
        if pool is None:
            sys.exit(1)
        made = make_plan(pool.units, season, minutes, pool.title, pool.edition)
    package = f"{request.stem}.apkg"
    if output == "json":
        say_document(as_json(made, package))
    else:
        say(as_text(made, package))
    if formats:
        printing = printing_from(wishes).over(pool.collection.printing)
        _write(PlanBundle(request.stem, made, pool.collection, pool.decks, printing, tier), formats, out)


def _write(bundle: PlanBundle, formats: tuple[str, ...], out: Path) -> None:
    """Write files, and name them on standard error: what is on standard output is the plan."""
    from cardgen.diagnostics.shown import line
    from cardgen.plan.files import write_files

    artefacts, problems = write_files(bundle, formats, out)
    show_findings(problems)
    if problems:
        sys.exit(1)
    for artefact in artefacts:
        say(f"{line(artefact.path.as_posix())}  ({artefact.bytes:,} bytes)", err=True)
