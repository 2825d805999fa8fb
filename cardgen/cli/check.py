"""The command `check`."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from cardgen._version import __version__
from cardgen.cli.completion import decks_or_files_offered, rules_offered
from cardgen.cli.editor import refresh_schemas
from cardgen.cli.options import OneOf, deck_names, decks_option, language_option, output_option, with_option
from cardgen.cli.terminal import say, say_document, say_patch, show_findings, wrong_usage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cardgen.diagnostics import Diagnostic
    from cardgen.lint.run import CheckRequest, CheckResult

_SEVERITIES: Final = ("error", "warning", "info")


@click.command()
@deck_names("[NAME|FILE]...", decks_or_files_offered)
@language_option
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="RULE",
    shell_complete=rules_offered,
    help="Run only this lint rule; repeatable.",
)
@click.option(
    "--severity",
    type=OneOf(_SEVERITIES),
    default="warning",
    show_default=True,
    help="The lowest severity to report, count and fix.",
)
@click.option("--strict", is_flag=True, help="Warnings, too, make it end with 1.")
@click.option("--fix", is_flag=True, help="Show as a diff what can be fixed without asking; write nothing.")
@click.option("--write", is_flag=True, help="With --fix: write it, then check.")
@output_option("text", "json", "github", "sarif", what="findings")
@decks_option
@with_option
def check(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    rules: tuple[str, ...],
    severity: str,
    strict: bool,
    fix: bool,
    write: bool,
    output: str,
    decks: Path | None,
    beside: Path | None,
) -> None:
    """Look for mistakes in decks and for cards that are bad to learn from, and say where they are.

    \b
    Examples:
      cardgen check rivers
      cardgen check decks/rivers/europe.yaml    what is wrong in this file alone
      cardgen check --rule answer-too-long --rule yes-no
      cardgen check --strict               warnings count, too
      cardgen check --with ../img-decks/decks    stories against the decks that they answer
      cardgen check --fix                  show fixes as a diff
      cardgen check --fix --write          write them
      cardgen check --output json          for programs
      cardgen check --output github        annotations in a pull request

    Findings go to standard error as text, to standard output in the other forms.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.diagnostics import Severity
    from cardgen.lint.run import CheckRequest
    from cardgen.lint.run import check as run

    if write and not fix:
        raise click.UsageError("--write goes with --fix")
    request = CheckRequest(decks, names, rules, Severity(severity), beside, languages)
    with wrong_usage():
        if fix and not _fixed(request, write=write):
            return
        checked = run(request)
    refresh_schemas(checked.folder)
    _show(checked, output)
    sys.exit(1 if checked.fails(strict=strict) else 0)


def _fixed(request: CheckRequest, *, write: bool) -> bool:
    """Mend files, or show what would be; say whether there is something new to check."""
    from cardgen.diagnostics import counted
    from cardgen.diagnostics.shown import line
    from cardgen.lint.run import planned_fixes, write_fixes

    planned = planned_fixes(request)
    if not write:
        for file in planned:
            say_patch(file.diff())
        total = counted(sum(file.count for file in planned), "change")
        say(f"{total} in {counted(len(planned), 'file')}; --fix --write writes them" if planned else "nothing to fix")
        return False
    write_fixes(planned)
    for file in planned:
        say(f"{line(file.label)}  ({counted(file.count, 'change')})", err=True)
    return True


def _show(checked: CheckResult, output: str) -> None:
    from cardgen.diagnostics import as_json, as_sarif, counted, summary

    found = checked.diagnostics
    if output == "json":
        say_document(as_json(found))
    elif output == "sarif":
        say_document(as_sarif(found, __version__))
    elif output == "github":
        show_findings(found, annotated=True)
    else:
        show_findings(found)
        what = counted(checked.files, "file") if checked.files else counted(checked.decks, "deck")
        if checked.elsewhere:
            errors = counted(checked.elsewhere, "error")
            say(f"{what}: {summary(found)}; {errors} in other files of the decks may hide more")
        elif checked.cards is not None:
            say(f"{what}, {counted(checked.cards, 'card')}: {summary(found)}")
            for counted_rule in _by_rule(found):
                say(counted_rule)


def _by_rule(found: Sequence[Diagnostic]) -> list[str]:
    """Count findings by rule, where there are several."""
    counts = Counter((diagnostic.code, diagnostic.name) for diagnostic in found)
    if len(found) <= 1:
        return []
    width = max(len(name if name == code else f"{code} {name}") for code, name in counts)
    return [
        f"  {name if name == code else f'{code} {name}':{width}}  {count:,}"
        for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
