"""An own kind as its author wrote it: what is declared, and the texts of templates and style sheet."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct

from cardgen.check import fitting
from cardgen.ledger.kinds_lock import Declared
from cardgen.load.values import fields_of
from cardgen.model import FieldType, OwnField
from cardgen.model.own_kind import gate_of
from cardgen.read.kinds import BACK, FRONT, STYLE_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.diagnostics import Diagnostic
    from cardgen.load.values import Fields, Findings
    from cardgen.read import Document, KeyPath
    from cardgen.read.kinds import KindFolder, TextFile

SPARE_FIELDS: Final = 4
SPARE_TEMPLATES: Final = 2
"""How many places are kept for later where a kind does not say it."""

GAPPED: Final = (FieldType.GAPS, FieldType.HTML)
"""Types of fields that may hold gaps."""


class Sides(NamedTuple):
    """The files of a template."""

    front: TextFile
    back: TextFile


class Written(Struct, frozen=True, dict=True):
    """What an author wrote of a kind; what does not fit the schema is left out.

    Attributes:
        files: The files.
        fits: What fits, and which fields do not.
        fields: The kind's fields; of one that does not fit, the name alone is known.
    """

    files: KindFolder
    fits: Fields
    fields: tuple[OwnField, ...]

    @property
    def name(self) -> str:
        """The name of the kind's file."""
        return self.files.name

    @property
    def document(self) -> Document:
        """The kind's file."""
        return self.files.document

    @property
    def values(self) -> Mapping[str, Any]:
        """The fields of that file that fit."""
        return self.fits.values

    @property
    def is_cloze(self) -> bool:
        """Whether its cards come from gaps."""
        return bool(self.values.get("cloze", False))

    @property
    def tiers(self) -> tuple[str, ...]:
        """Its tiers, the smallest first."""
        return tuple(self.values.get("tiers", ()))

    @property
    def gates(self) -> tuple[str, ...]:
        """The tiers that need a field which opens their cards."""
        return self.tiers[1:]

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """For each word the texts, by languages in small letters."""
        written: Mapping[str, Mapping[str, str]] = self.values.get("words", {})
        return {name: {language.lower(): text for language, text in texts.items()} for name, texts in written.items()}

    @property
    def template_names(self) -> tuple[str, ...]:
        """The names of its templates, also of those that do not fit."""
        return tuple(_mapping(self.document, "cards"))

    @property
    def templates(self) -> Mapping[str, Mapping[str, str]]:
        """Its templates by their names; none where one does not fit."""
        fitting_ones: Mapping[str, Mapping[str, str]] = self.values.get("cards", {})
        return fitting_ones

    @cached_property
    def sides(self) -> Mapping[str, Sides]:
        """The files of the templates of which both are there."""
        found: dict[str, Sides] = {}
        for name in self.template_names:
            front, back = (self.files.texts.get(file) for file in template_files(name))
            if front is not None and back is not None:
                found[name] = Sides(front, back)
        return found

    @property
    def style(self) -> TextFile | None:
        """The style sheet."""
        return self.files.texts.get(STYLE_FILE)

    @property
    def texts(self) -> tuple[TextFile, ...]:
        """All templates and the style sheet, as far as they are there."""
        style = () if self.style is None else (self.style,)
        return (*(side for sides in self.sides.values() for side in sides), *style)

    @property
    def declared(self) -> Declared:
        """What it asks places for."""
        spare = self.values.get("spare", {})
        return Declared(
            fields=tuple(field.id for field in self.fields),
            templates=self.template_names,
            tiers=self.gates,
            spare_fields=spare.get("fields", SPARE_FIELDS),
            spare_templates=0 if self.is_cloze else spare.get("templates", SPARE_TEMPLATES),
        )

    @property
    def gapped(self) -> list[OwnField]:
        """The fields with gaps."""
        return [field for field in self.fields if field.type is FieldType.GAPS]

    def is_known(self, *names: str) -> bool:
        """Return whether all of some fields of the file fit, or are not there."""
        return self.fits.broken.isdisjoint(names)

    def gate_around(self, template: str) -> str:
        """Return the name in Anki of the field that opens the cards of a template; empty if none does."""
        tier = self.templates.get(template, {}).get("tier", "")
        return gate_of(tier) if tier in self.gates else ""

    def diagnose(self, code: str, message: str, path: KeyPath, hint: str = "", *, of_key: bool = False) -> Diagnostic:
        """Make a diagnostic at the place of a value of its file, or of the key before it."""
        return self.document.diagnose(code, message, path, hint, of_key=of_key)


def written_kind(files: KindFolder) -> tuple[Written, Findings]:
    """Return what an author wrote of a kind, and what of it does not fit the schema."""
    fits, findings = fields_of(files.document, "kind")
    declared = _mapping(files.document, "fields")
    asks = fits.values.get("print", {}).get("asks") or [*declared][:1]
    return Written(files, fits, tuple(_field(name, entry, asks) for name, entry in declared.items())), findings


def template_files(name: str) -> tuple[str, str]:
    """Return the names of the files of a template."""
    return f"{name}{FRONT}", f"{name}{BACK}"


def _mapping(document: Document, name: str) -> Mapping[str, Any]:
    """Return a mapping of a file as it was written, also where something in it does not fit."""
    value = document.value
    written = value.get(name) if isinstance(value, dict) else None
    return written if isinstance(written, dict) else {}


def _field(name: str, written: Any, asks: list[str]) -> OwnField:  # noqa: ANN401 - any value may come
    kept, _ = fitting({"fields": {name: written}}, "kind")
    entry = kept.get("fields", {}).get(name, {})
    type_ = FieldType(entry.get("type", FieldType.TEXT))
    usual = "gaps" if type_ is FieldType.GAPS else "cue" if name in asks else "answer"
    return OwnField(
        id=name,
        title=entry.get("title", name),
        type=type_,
        required=entry.get("required", False),
        translate=entry.get("translate", True),
        role=entry.get("role", usual),
        description=entry.get("description", ""),
    )
