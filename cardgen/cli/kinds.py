"""The command `kinds`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from cardgen.cli.options import decks_folder, decks_option, output_option
from cardgen.cli.terminal import say, say_document, show_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cardgen.load.own_kinds import OwnKindUse
    from cardgen.model import OwnField

JSON_VERSION: Final = 1
"""Version of the JSON form; it grows when a field changes its meaning or goes away."""


@click.command()
@output_option("text", "json", what="the list")
@decks_option
def kinds(output: str, decks: Path | None) -> None:
    """Show the kinds of card of your own: fields, templates, what is spare, languages, and which decks use them.

    \b
    Examples:
      cardgen kinds
      cardgen kinds --output json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.load import load_decks

    loaded = load_decks(decks_folder(decks))
    show_findings(loaded.diagnostics)
    if loaded.collection is None:
        sys.exit(1)
    used = loaded.own.uses(loaded.collection.decks) if loaded.own is not None else ()
    if output == "json":
        say_document(as_json(used))
    else:
        say(as_text(used))


def as_text(kinds_used: Sequence[OwnKindUse]) -> str:
    """Write a block for each kind; where there is none, how to begin one."""
    from cardgen.diagnostics.shown import line

    if not kinds_used:
        return "no kinds of your own; docs/own-kinds.md says how to write one"
    return "\n\n".join("\n".join(map(line, _kind(use))) for use in kinds_used)


def _kind(use: OwnKindUse) -> Iterator[str]:
    from cardgen.diagnostics import counted

    kind = use.kind
    spare = [sum(slot.use == "spare" for slot in slots) for slots in (kind.field_slots, kind.template_slots)]
    yield f"{kind.id}  {kind.title}"
    yield f"  fields:    {', '.join(map(_field, kind.fields))}"
    yield f"  templates: {', '.join(f'{one.id} ({one.tier})' if one.tier else one.id for one in kind.templates)}"
    if kind.tiers:
        yield f"  tiers:     {', '.join(kind.tiers)}"
    yield f"  spare:     {counted(spare[0], 'field')}, {counted(spare[1], 'template')}"
    yield f"  languages: {', '.join(use.languages) or 'none'}"
    yield f"  decks:     {', '.join(f'{deck} ({cards:,})' for deck, cards in use.decks) or 'none'}"


def _field(field: OwnField) -> str:
    said = [field.type.value] if field.type != "text" else []
    said += ["required"] if field.required else []
    return f"{field.id} ({', '.join(said)})" if said else field.id


def as_json(kinds_used: Sequence[OwnKindUse]) -> str:
    """Write ``{"version": 1, "kinds": [...]}`` with the same facts."""
    from cardgen.diagnostics.shown import json_document

    return json_document({"version": JSON_VERSION, "kinds": [_as_data(use) for use in kinds_used]})


def _as_data(use: OwnKindUse) -> dict[str, Any]:
    kind = use.kind
    return {
        "id": kind.id,
        "title": kind.title,
        "cloze": kind.is_cloze,
        "fields": [
            {"id": field.id, "title": field.title, "type": field.type.value, "required": field.required}
            for field in kind.fields
        ],
        "templates": [
            {"id": template.id, "title": template.title, "tier": template.tier or None} for template in kind.templates
        ],
        "tiers": list(kind.tiers),
        "spare_fields": sum(slot.use == "spare" for slot in kind.field_slots),
        "spare_templates": sum(slot.use == "spare" for slot in kind.template_slots),
        "languages": list(use.languages),
        "decks": [{"name": deck, "cards": cards} for deck, cards in use.decks],
    }
