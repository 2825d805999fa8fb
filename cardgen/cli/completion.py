"""What a shell offers when somebody presses Tab: names of decks, variants, rules and codes.

A shell asks at every press of the key, so each function reads as little as it can. What is wrong with decks is no
matter here: then less is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem

Completion = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]
"""What click asks for completion: it gets the word so far, and returns how it may go on."""


def decks_offered(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the decks that are not yet named."""
    named = _named(context)
    return _items({name: "" for name in _decks(context) if name not in named}, incomplete)


def decks_or_files_offered(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer decks, and files where what was typed is the beginning of no deck's name."""
    from click.shell_completion import CompletionItem

    return decks_offered(context, parameter, incomplete) or [CompletionItem(incomplete, type="file")]


def variants_offered(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the variants of the decks that are named, of all decks if none is."""
    from cardgen.read.listing import variants_of

    named = _named(context)
    folders = (folder for name, folder in _decks(context).items() if not named or name in named)
    offered: dict[str, str] = {}
    for folder in folders:
        for name, title in variants_of(folder).items():
            offered.setdefault(name, title)
    return _items(offered, incomplete)


def languages_offered(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the languages into which decks are translated."""
    from cardgen.read.listing import translations_of

    found = (one.language for name, folder in _folders(context).items() for one in translations_of(name, folder))
    return _items(dict.fromkeys(sorted(found), ""), incomplete)


def tiers_offered(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the tiers of kinds of one's own."""
    from cardgen.read import UnreadableFileError, decks_at_hand
    from cardgen.read.kinds import tiers_of_kinds

    try:
        offered = tiers_of_kinds(decks_at_hand(context.params.get("decks")))
    except UnreadableFileError:
        return []
    return _items(dict.fromkeys(offered, ""), incomplete)


def rules_offered(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the lint rules, with those of the collection."""
    from cardgen.errors import UsageError
    from cardgen.lint.run import rules_at_hand
    from cardgen.read import UnreadableFileError

    try:
        offered = rules_at_hand(context.params.get("decks"))
    except (UnreadableFileError, UsageError):
        return []
    return _items(offered, incomplete)


def codes_offered(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the codes of all findings; their names, once a word begins like one."""
    from cardgen.diagnostics.page import pages
    from cardgen.lint.page import pages as pages_of_rules

    found = (*pages(), *pages_of_rules())
    by_code = _items({page.code: page.name for page in found}, incomplete.upper())
    return by_code or _items({page.name: page.about for page in found}, incomplete)


def _named(context: click.Context) -> set[str]:
    """Return the decks that are named so far; where an option still lacks its value, click has not sorted the rest."""
    return {*context.args, *(context.params.get("names") or ()), *(context.params.get("named") or ())}


def _decks(context: click.Context) -> Mapping[str, Path]:
    """Return the folders of decks by the names of these and of their translations."""
    from cardgen.read.listing import with_translations

    return with_translations(_folders(context))


def _folders(context: click.Context) -> Mapping[str, Path]:
    from cardgen.read import UnreadableFileError, decks_at_hand
    from cardgen.read.listing import deck_folders

    try:
        return deck_folders(decks_at_hand(context.params.get("decks")))
    except UnreadableFileError:
        return {}


def _items(offered: Mapping[str, str], incomplete: str) -> list[CompletionItem]:
    """Return what begins like the word so far, each with what it means, and nothing that a terminal would obey."""
    from click.shell_completion import CompletionItem

    from cardgen.diagnostics.shown import line

    begun: Iterable[tuple[str, str]] = (pair for pair in offered.items() if pair[0].startswith(incomplete))
    return [CompletionItem(word, help=line(about) or None) for word, about in begun if word == line(word)]
