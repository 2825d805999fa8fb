"""The command `explain`."""

from __future__ import annotations

import click

from cardgen.cli.completion import codes_offered
from cardgen.cli.terminal import say


@click.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...", shell_complete=codes_offered)
def explain(codes: tuple[str, ...]) -> None:
    """Say what a finding means, what to do about it, and what a bad and a good sample look like.

    CODE is the code or the name of a finding; without any, all are listed.

    \b
    Examples:
      cardgen explain                    all codes
      cardgen explain CG106              what stands in brackets: error[CG106]
      cardgen explain answer-too-long    a rule of good cards
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.diagnostics import did_you_mean
    from cardgen.diagnostics.page import as_text, pages
    from cardgen.lint.page import pages as pages_of_rules

    found = (*pages(), *pages_of_rules())
    if not codes:
        width = max(len(page.name) for page in found)
        say("\n".join(f"{page.code:5}  {page.severity:7}  {page.name:{width}}  {page.about}" for page in found))
        return
    known = {word.lower(): page for page in found for word in (page.code, page.name)}
    words = [word for page in found for word in (page.code, page.name)]
    for code in codes:
        if code.lower() not in known:
            hint = did_you_mean(code, words) or "`cardgen explain` lists those there are."
            raise click.UsageError(f"there is no finding `{code}`. {hint}")
    say("\n\n\n".join(as_text(known[code.lower()]) for code in codes))
