"""Names of fields and templates that Anki would change, or find in another place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import quoted, shortened
from cardgen.read import as_anki_compares
from cardgen.templates.nodes import Flaw, Problem, Span
from cardgen.templates.shows import FRONT_SIDE, SPECIAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NOT_IN_FIELDS: Final = ':{}"'
_NOT_FIRST: Final = "#/^"
"""What Anki drops from names of fields (``fix_name`` in rslib/src/notetype/fields.rs)."""

_NOT_IN_TEMPLATES: Final = '"'
"""What it drops from names of templates (rslib/src/notetype/templates.rs)."""


def check_field_names(names: Sequence[str]) -> Iterator[tuple[int, Problem]]:
    """Yield what is wrong with the names of a note type's fields, each with the number of the name, counted from 0."""
    for number, name in enumerate(names):
        yield from ((number, problem) for problem in _field_name(name))
    yield from _twins(names, "field")


def check_template_names(names: Sequence[str]) -> Iterator[tuple[int, Problem]]:
    """Yield what is wrong with the names of a note type's templates; see `check_field_names`."""
    for number, name in enumerate(names):
        yield from ((number, problem) for problem in _template_name(name))
    yield from _twins(names, "template")


def _field_name(name: str) -> Iterator[Problem]:
    whole = Span(0, len(name))
    bad = sorted({char for char in name if char in _NOT_IN_FIELDS})
    if not name.strip():
        yield Problem(Flaw.NAME, "a field has no name", whole, "Anki imports no type with such a field.")
    elif bad:
        yield _dropped(name, f"Anki drops {quoted(bad)} from names of fields")
    elif name[0] in _NOT_FIRST:
        yield _dropped(name, f"Anki drops `{name[0]}` at the beginning of a field's name")
    elif name != name.strip():
        yield _dropped(name, "Anki drops spaces around a field's name")
    elif name == FRONT_SIDE:
        message = f"no template can show a field `{FRONT_SIDE}`: the name means the whole front"
        yield Problem(Flaw.SPECIAL_NAME, message, whole, "Choose another name.")
    elif name in SPECIAL:
        message = f"Anki itself fills `{{{{{name}}}}}`, and older versions make cards of an empty field `{name}`"
        yield Problem(Flaw.SPECIAL_NAME, message, whole, "Choose another name.")


def _template_name(name: str) -> Iterator[Problem]:
    if not name.strip():
        whole = Span(0, len(name))
        yield Problem(Flaw.NAME, "a template has no name", whole, "Anki imports no type with such a template.")
    elif _NOT_IN_TEMPLATES in name:
        yield _dropped(name, f"Anki drops `{_NOT_IN_TEMPLATES}` from names of templates")


def _dropped(name: str, message: str) -> Problem:
    hint = "Choose a name without it, or learners have another one than templates and updates ask for."
    return Problem(Flaw.NAME, f"{message}: `{shortened(name)}`", Span(0, len(name)), hint)


def _twins(names: Sequence[str], what: str) -> Iterator[tuple[int, Problem]]:
    """Yield each name that Anki takes for the same as an earlier one; it puts a `+` behind that."""
    seen: dict[str, int] = {}
    for number, name in enumerate(names):
        first = seen.setdefault(as_anki_compares(name), number)
        if first != number and name.strip():
            message = f"two {what}s are called `{shortened(name)}`"
            if names[first] != name:
                message = f"`{shortened(names[first])}` and `{shortened(name)}` are the same name to Anki"
            yield number, Problem(Flaw.SAME_NAME, message, Span(0, len(name)), "Choose another name.")
