"""Note types that are kept: kinds of one's own with the ids, fields, templates and style sheet that learners have."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from cardgen.anki.note_types import LATEX_POST, LATEX_PRE, part_id
from cardgen.bring.media import without_digest
from cardgen.bring.names import Names, id_of
from cardgen.bring.notes import named
from cardgen.bring.templates import sides
from cardgen.bring.yaml import kind_file
from cardgen.check import kinds
from cardgen.check.schemas import fields_of_all
from cardgen.errors import CardgenError
from cardgen.read import as_anki_compares, nfc
from cardgen.read.files import MIB
from cardgen.read.kinds import BACK, FRONT, MAX_ASSET, MAX_STYLE, MAX_TEMPLATE, STYLE_FILE
from cardgen.read.names import trouble_on_windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cardgen.anki.reading import FoundNote, FoundNoteType
    from cardgen.bring.field_types import Typed
    from cardgen.bring.kinds_there import KindThere
    from cardgen.bring.media import Media
    from cardgen.bring.source import Source

_LONGEST_STEM: Final = 27
"""Letters of a name of a kind, field or template: the schema takes 40, and ``template-`` and a number may come."""
_LONGEST_TITLE: Final = 100
"""Letters of a title: the schema takes 120, and a deck's name may come behind it."""
_MOST_SORTS: Final = 100
"""How many sets of filled fields are looked at, the commonest first, to find out which template makes most cards."""
_ASSET: Final = re.compile(r"(?<![\w/-])_[A-Za-z0-9._-]+\.[A-Za-z0-9]{1,5}(?![\w.-])")
"""What may be the name of a file in templates and style sheets; Anki imports those that begin with a low line."""
_NAMED: Final = re.compile(r"""(?:["']|\burl\(\s*)(_[^"'()<>{}\n]{1,200}\.[A-Za-z0-9]{1,5})(?:["']|\s*\))""")
"""What certainly is one, with any letters in it."""
_EASY_NAME: Final = "a name of letters from a to z, digits, full stops, hyphens and low lines"
_IMAGE_OCCLUSION: Final = 6
"""The stock kind of Anki's image occlusion (OriginalStockKind in proto/anki/notetypes.proto)."""


class Kept(Struct, frozen=True):
    """A kind that a note type became.

    Attributes:
        id: The kind's name.
        found: The note type.
        fields: The names of its fields, in order.
        notes: The beginnings of its notes.
        data: What its file says.
        files: The content of the files in its folder, by their names.
        not_held: What the note type has that the kind does not.
    """

    id: str
    found: FoundNoteType
    fields: tuple[str, ...]
    notes: tuple[str, ...]
    data: Mapping[str, Any]
    files: Mapping[str, bytes]
    not_held: tuple[str, ...]

    @property
    def too_large(self) -> str:
        """The first of its files that is larger than a kind's may be; empty if none is."""
        limits = {FRONT: MAX_TEMPLATE, BACK: MAX_TEMPLATE, STYLE_FILE: MAX_STYLE}
        return next(
            (
                name
                for name, content in self.files.items()
                for end, limit in limits.items()
                if name.endswith(end) and len(content) > limit
            ),
            "",
        )

    @property
    def text(self) -> str:
        """Its file."""
        return kind_file(self.data)


class Around(NamedTuple):
    """What a kind comes to.

    Attributes:
        deck: The name of the deck that it comes with.
        facets: Names of the collection's facets, which no field can have.
        titles: The titles of other kinds.
        room: Whether it gets spare places beyond those that its note type has.
    """

    deck: str
    facets: Sequence[str]
    titles: Sequence[str]
    room: bool = False


def kept_kind(
    found: FoundNoteType,
    typed: Sequence[Typed],
    notes: Sequence[FoundNote],
    kind_id: str,
    source: Source,
    around: Around,
) -> Kept:
    """Make a kind of a note type.

    Args:
        found: The note type.
        typed: Its fields with their types.
        notes: Its notes.
        kind_id: The kind's name.
        source: What the file holds.
        around: What is there.
    """
    fields = tuple(_ids(found.fields, "field", ("id", "kind", *fields_of_all(), *around.facets)))
    templates = tuple(_ids([template.name for template in found.templates], "template", ()))
    assets, left_out = _assets(found, source.media)
    names = {packed: name for packed, (name, _) in assets.items()}
    files = dict(assets.values())
    spare_fields, spare_templates = _spare(found, typed, is_known_by_id=source.has_type_ids)
    own_fields = len(found.fields) - spare_fields - spare_templates
    own_templates = dict(zip(templates, found.templates[: len(found.templates) - spare_templates], strict=False))
    for template_id, template in own_templates.items():
        files[f"{template_id}{FRONT}"] = _renamed(template.front, names).encode()
        files[f"{template_id}{BACK}"] = _renamed(template.back, names).encode()
    files[STYLE_FILE] = _renamed(found.css, names).encode()
    data: dict[str, Any] = {"id": kind_id, "title": _title(found, around, is_known_by_id=source.has_type_ids)}
    if found.is_cloze:
        data["cloze"] = True
    data["fields"] = {
        field_id: _field(name, field, is_first=not index)
        for index, (field_id, name, field) in enumerate(zip(fields, found.fields[:own_fields], typed, strict=False))
    }
    if has_our_ids(found) or spare_fields or spare_templates or not around.room:
        data["spare"] = {"fields": spare_fields, "templates": spare_templates}
    data["cards"] = {template_id: {"title": nfc(template.name)} for template_id, template in own_templates.items()}
    if 0 < found.sort_field < own_fields:
        data["sort"] = fields[found.sort_field]
    if shown := _shown(found, fields, typed):
        data["print"] = shown
    data["anki"] = _known_by(found, fields, templates) if source.has_type_ids else {"adopt": True}
    not_held = (*_not_held(found), *left_out)
    return Kept(kind_id, found, fields[:own_fields], tuple(map(named, notes)), data, files, not_held)


def kind_ids(found: Sequence[FoundNoteType], deck: str, there: Mapping[str, KindThere]) -> Iterator[str]:
    """Yield names for the kinds of note types; one that is there already keeps its name.

    Args:
        found: The note types.
        deck: The deck's name, which tells a type that is called as a kind of cardgen's from that.
        there: The kinds that are there.
    """
    names = Names(*kinds(), *there)
    known = {kind.anki_id: name for name, kind in there.items() if kind.anki_id}
    for kind in found:
        if kind.id in known:
            yield known[kind.id]
            continue
        stem = id_of(kind.name, _LONGEST_STEM) or "notes"
        if stem in kinds() or not stem[0].isalpha() or trouble_on_windows(stem):
            stem = id_of(f"{deck}-{stem}", _LONGEST_STEM)
        yield names.free(stem if stem[0].isalpha() else id_of(f"kind-{stem}", _LONGEST_STEM))


def has_our_ids(found: FoundNoteType) -> bool:
    """Return whether fields and templates have the ids that packages of cardgen give them."""
    ids = {
        "field": [settings.id for settings in found.field_settings],
        "template": [settings.id for settings in found.template_settings],
    }
    return bool(ids["field"]) and all(
        part_id(found.id, what, index) == wanted
        for what, of_parts in ids.items()
        for index, wanted in enumerate(of_parts)
    )


def _ids(titles: Sequence[str], what: str, taken: Sequence[str]) -> Iterator[str]:
    """Yield names for fields or templates, made of their titles."""
    names = Names(*taken)
    for number, title in enumerate(titles, start=1):
        stem = id_of(title, _LONGEST_STEM) or f"{what}-{number}"
        if not stem[0].isalpha():
            stem = f"{what}-{stem}"
        yield names.free(f"{stem}-{what}" if stem in taken or trouble_on_windows(stem) else stem)


def _title(found: FoundNoteType, around: Around, *, is_known_by_id: bool) -> str:
    """Return a title: that of the note type, unless a kind cannot have it, or another has it."""
    if not is_known_by_id:
        return nfc(found.name)
    title = " ".join(nfc(found.name).replace('"', "'").split())[:_LONGEST_TITLE].strip() or around.deck
    taken = {as_anki_compares(other) for other in around.titles}
    return f"{title} ({around.deck})" if as_anki_compares(title) in taken else title


def _known_by(found: FoundNoteType, fields: Sequence[str], templates: Sequence[str]) -> dict[str, Any]:
    """Return by what learners' Anki knows a note type and its parts: ids, or else names."""
    data: dict[str, Any] = {"id": found.id}
    if has_our_ids(found):
        return data
    ids = _part_ids(found)
    if ids is None:
        return data | {"adopt": True}
    return data | {
        "fields": dict(zip(fields, ids[0], strict=True)),
        "templates": dict(zip(templates, ids[1], strict=True)),
    }


def _part_ids(found: FoundNoteType) -> tuple[list[int], list[int]] | None:
    """Return the ids of fields and of templates; None where Anki finds them by their names."""
    field_ids = [settings.id for settings in found.field_settings if settings.id]
    template_ids = [settings.id for settings in found.template_settings if settings.id]
    if len(set(field_ids)) < len(found.fields) or len(set(template_ids)) < len(found.templates):
        return None
    return field_ids, template_ids


def _field(name: str, field: Typed, *, is_first: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"title": nfc(name), "type": str(field.type)}
    if is_first and all(field.values):
        data["required"] = True
    return data


def _spare(found: FoundNoteType, typed: Sequence[Typed], *, is_known_by_id: bool) -> tuple[int, int]:
    """Return how many spare fields and templates a note type has, if cardgen made it for a kind of one's own.

    Those of a note type that was adopted, whose parts have no ids, are told by their names like all of its parts.
    """
    templates = _at_end([template.name for template in found.templates], "Reserved {}")
    asked = _at_end(found.fields, "Reserved card {}")
    fields = _at_end(found.fields[: len(found.fields) - asked], "Reserved {}")
    spare = typed[len(typed) - asked - fields :]
    is_ours = has_our_ids(found) or not is_known_by_id or _part_ids(found) is None
    if not is_ours or templates != asked or any(any(field.values) for field in spare):
        return 0, 0
    return fields, templates


def _at_end(names: Sequence[str], called: str) -> int:
    """Return how many names at the end are called so, counted from 1."""
    counts = range(len(names), 0, -1)
    wanted = [called.format(number) for number in range(1, len(names) + 1)]
    return next((count for count in counts if [*names[-count:]] == wanted[:count]), 0)


def _shown(found: FoundNoteType, fields: Sequence[str], typed: Sequence[Typed]) -> dict[str, list[str]]:
    """Return what paper shows: the fields on both sides of the template that makes most cards."""
    ids = dict(zip(found.fields, fields, strict=True))
    shown = next(sides(_asking_most(found, typed), dict.fromkeys(found.fields, "x"), tagged=True), None)
    if shown is None:
        return {}
    asks = [ids[each.field] for each in shown.front]
    answers = [ids[each.field] for each in shown.back if ids[each.field] not in asks]
    if (asks, answers) == ([fields[0]], [*fields[1:]]) or not asks:
        return {}
    return {"asks": asks, "answers": answers} if answers else {"asks": asks}


def _asking_most(found: FoundNoteType, typed: Sequence[Typed]) -> FoundNoteType:
    """Return a note type with that of its templates alone that makes most cards; of several, with the first."""
    notes = Counter(tuple(map(bool, values)) for values in zip(*(field.values for field in typed), strict=True))
    alone = [replace(found, templates=(template,)) for template in found.templates]

    def cards(kind: FoundNoteType) -> int:
        return sum(
            count
            for filled, count in notes.most_common(_MOST_SORTS)
            if any(
                sides(
                    kind,
                    {name: "x" * is_filled for name, is_filled in zip(kind.fields, filled, strict=True)},
                    tagged=True,
                )
            )
        )

    return max(alone, key=cards) if len(alone) > 1 else found


def _assets(found: FoundNoteType, media: Media | None) -> tuple[dict[str, tuple[str, bytes]], list[str]]:
    """Return the files that templates and style sheet name, and which of them cannot be brought over, and why.

    Returns:
        By the name that a file has there, the name that it gets with its content.
    """
    sources = [found.css, *(side for template in found.templates for side in (template.front, template.back))]
    names = Names()
    assets: dict[str, tuple[str, bytes]] = {}
    left_out: list[str] = []
    for name in dict.fromkeys(name for source in sources for name in _ASSET.findall(source)):
        if media is None or not media.has(name):
            continue
        try:
            content = media.read(name, MAX_ASSET)
        except CardgenError:
            left_out.append(f"the file {name} is left out: it cannot be read, or has more than {MAX_ASSET // MIB} MiB")
            continue
        stem, _, suffix = name.rpartition(".")
        assets[name] = (names.free(without_digest(stem, content), f".{suffix}"), content)
    for name in dict.fromkeys(name for source in sources for name in _NAMED.findall(source)):
        if media is None or not media.has(name):
            left_out.append(
                f"the file {name} is named by templates or style sheet and was not found: put it beside them"
            )
        elif not _ASSET.fullmatch(name):
            left_out.append(
                f"the file {name} is left out: put it beside the templates under {_EASY_NAME}, and name it so"
            )
    return assets, left_out


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return _ASSET.sub(lambda match: names.get(match[0], match[0]), text)


def _not_held(found: FoundNoteType) -> Iterator[str]:
    """Say what the note type has that a kind does not, and what can be done about it."""
    if found.stock == _IMAGE_OCCLUSION:
        yield "it is Anki's own for image occlusion: once you change it, its mask editor no longer opens the notes"
    if any(found.latex) and [*map(str.split, found.latex)] != [LATEX_PRE.split(), LATEX_POST.split()]:
        yield (
            "it has a header or footer of its own for LaTeX, and gets Anki's: write what needs it as formulas for "
            "MathJax, with `macros` in collection.yaml"
        )
    for name, settings in zip(found.fields, found.field_settings, strict=False):
        if settings.is_rtl:
            yield f"the field {name} is written from right to left, which deck.yaml says with dir: rtl"
    for template, settings_of in zip(found.templates, found.template_settings, strict=False):
        if settings_of.in_browser:
            yield f"the template {template.name} shows something else in Anki's browser, which will show its sides"
        if settings_of.has_deck:
            yield f"cards of the template {template.name} go into a deck of their own; new ones will go into the note's"
