"""Says what is wrong with a value that a schema refuses, in words and at its place."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from operator import ge, le
from typing import TYPE_CHECKING, Any, Final, cast

from msgspec import Struct

from cardgen.check.meant import (
    USUAL_TYPES,
    as_list,
    as_mapping,
    empty,
    inside_of_another,
    instead_of_fields,
    is_card,
    outside_of_its_card,
    source_entry,
    source_type,
    swallowed,
    unfit_title,
)
from cardgen.check.schemas import card_fields, fits, resolve, schema_with
from cardgen.check.vocabulary import SHIPPED
from cardgen.diagnostics import Diagnostic, did_you_mean, quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

    from cardgen.check.vocabulary import Schema, Vocabulary
    from cardgen.read import Document, KeyPath

_SORTS: Final = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "nothing",
}

_OF_FIELDS: Final = ("additionalProperties", "required")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

_UNDECLARED: Final = "CG330"
_SAME_WORD: Final = 0.75
"""How like a known name a word is that was meant to be it: `levle` is `level`, `continent` may not be `confidence`."""
_FACET_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""As the schema of collection.yaml has it."""

_LONG_LIST: Final = {"cards": "card", "sources": "reference"}
"""For the schemas whose files hold a long list: the name in ``$defs`` of what is in it."""


class _Refusal(Struct, frozen=True):
    """One thing that a schema refuses.

    Attributes:
        keyword: The schema's keyword that does not hold.
        wanted: What the keyword says.
        received: The value.
        schema: The schema that the keyword stands in, its reference resolved.
        path: Way to the value in the file.
        message: What jsonschema says of it.
        of_name: Whether the value is the name of a field, not what is in it.
        root: The file's whole schema.
    """

    keyword: str
    wanted: Any
    received: Any
    schema: Schema
    path: KeyPath
    message: str
    of_name: bool
    root: Schema


def explain(document: Document, name: str, vocabulary: Vocabulary = SHIPPED) -> Iterator[Diagnostic]:
    """Explain why a document does not fit a schema.

    Args:
        document: A document that was read to its end.
        name: Name of the schema.
        vocabulary: What the collection adds to the schemas.

    Yields:
        A diagnostic for each thing that is wrong.
    """
    undeclared: set[str] = set()
    for found in _explain(document, name, vocabulary):
        # A facet is declared once for all the cards that state it.
        if found.code != _UNDECLARED or found.message not in undeclared:
            yield found
        undeclared.add(found.message)


def _explain(document: Document, name: str, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    elsewhere = outside_of_its_card(document, vocabulary) if name == "cards" else {}
    yield from dict.fromkeys(elsewhere.values())
    told: set[KeyPath] = set()  # mappings of whose fields one finding says it all, and values that are empty
    for outer, found in inside_of_another(document, name, vocabulary):
        told |= {(), (outer,)}
        yield found
    for refusal in _refusals(document, name, vocabulary):
        path = refusal.path
        if path in told:
            continue
        if refusal.received == "" and not refusal.of_name and path:
            told.add(path)
            yield empty(document, path)
        elif refusal.keyword in _OF_FIELDS:
            instead = instead_of_fields(document, path, refusal.received, vocabulary) if name == "cards" else None
            if instead:
                told.add(path)
                yield instead
            else:
                yield from _explain_fields(document, refusal, elsewhere)
        else:
            yield from _explain_one(document, refusal)


def _refusals(document: Document, name: str, vocabulary: Vocabulary) -> Iterator[_Refusal]:
    """Yield each thing that the schema refuses, with its path in the whole file."""
    validator = _explaining(name, vocabulary)
    value, positions = _only_what_fails(document.value, name, vocabulary)
    for error in validator.iter_errors(value):
        for leaf in _leaves(error):
            path: KeyPath = tuple(leaf.absolute_path)
            if positions and len(path) > 1 and isinstance(path[1], int):
                path = (path[0], positions[int(path[1])], *path[2:])
            yield _refusal(leaf, path, schema_with(name, vocabulary))


@cache
def _explaining(name: str, vocabulary: Vocabulary) -> Validator:
    """Return a validator that reports everything that is wrong, and reads patterns and numbers as the quick one does.

    Two of jsonschema's keywords are read otherwise by Python: ``$`` would match before a final line end, and a Decimal
    would be compared with what a float makes of 0.99.
    """
    from jsonschema import Draft202012Validator, validators

    checks = {"pattern": _pattern, "minimum": _limited("minimum", ge), "maximum": _limited("maximum", le)}
    extended = validators.extend(Draft202012Validator, checks)  # type: ignore[no-untyped-call]
    return cast("Validator", extended(schema_with(name, vocabulary)))


def _pattern(_validator: Validator, pattern: str, instance: object, _schema: Schema) -> Iterator[ValidationError]:
    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _limited(keyword: str, holds: Callable[[Decimal, Decimal], bool]) -> Callable[..., Iterator[ValidationError]]:
    def check(_validator: Validator, limit: float, instance: object, _schema: Schema) -> Iterator[ValidationError]:
        from jsonschema import ValidationError

        is_number = isinstance(instance, int | float | Decimal) and not isinstance(instance, bool)
        if is_number and not holds(Decimal(str(instance)), Decimal(str(limit))):
            yield ValidationError(f"{instance!r} is beyond {keyword} {limit!r}")

    return check


def _refusal(error: ValidationError, path: KeyPath, root: Schema) -> _Refusal:
    return _Refusal(
        keyword=str(error.validator),
        wanted=error.validator_value,
        received=error.instance,
        schema=resolve(cast("Schema", error.schema), root),
        path=path,
        message=error.message,
        of_name="propertyNames" in error.absolute_schema_path,
        root=root,
    )


def _only_what_fails(value: Any, name: str, vocabulary: Vocabulary) -> tuple[Any, list[int]]:  # noqa: ANN401 - any value may come
    """Leave out of the long list what fits, so one wrong card among thousands costs little.

    Returns:
        The shorter value, and for each item left its position in the full list.
    """
    part = _LONG_LIST.get(name)
    key = "references" if name == "sources" else "cards"
    items = value.get(key) if isinstance(value, dict) else None
    if part is None or not isinstance(items, list) or not items:
        return value, []
    positions = [index for index, item in enumerate(items) if not fits(item, name, part, vocabulary)] or [0]
    return {**value, key: [items[index] for index in positions]}, positions


def _leaves(error: ValidationError) -> Iterable[ValidationError]:
    """Return the errors that matter inside a choice of alternatives: those of the alternative that was meant."""
    if error.validator != "anyOf" or not error.context:
        return [error]
    if isinstance(error.instance, list):
        listed = [inner for inner in error.context if inner.relative_path]
        if listed:
            first = [inner for inner in listed if inner.relative_schema_path[0] == listed[0].relative_schema_path[0]]
            return [leaf for inner in first for leaf in _leaves(inner)]
    branches: dict[int, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(int(inner.relative_schema_path[0]), []).append(inner)
    meant = [errors for errors in branches.values() if not any(_is_wrong_sort(inner) for inner in errors)]
    return [leaf for inner in meant[0] for leaf in _leaves(inner)] if meant else [error]


def _is_wrong_sort(error: ValidationError) -> bool:
    return error.validator == "type" and not error.relative_path


def _explain_one(document: Document, refusal: _Refusal) -> Iterator[Diagnostic]:
    path = refusal.path
    if refusal.of_name:
        name = str(refusal.received)
        message = f"`{shortened(name)}` cannot be used as a name here"
        hint = "Use small letters, digits and hyphens." if refusal.keyword == "pattern" else "Use 1 to 120 characters."
        yield document.diagnose("CG205", message, (*path, name), hint, of_key=True)
    else:
        title = _unfit_title(document, refusal)
        if title:
            yield title
            return
        code, message = _PROBLEMS[refusal.keyword](refusal)
        yield document.diagnose(code, f"{_label(path)}{message}", path, _way_out(refusal) or _description(refusal))


def _unfit_title(document: Document, refusal: _Refusal) -> Diagnostic | None:
    if refusal.path != ("title",) or refusal.keyword != "pattern":
        return None
    return unfit_title(document, refusal.path, refusal.received, levels="sections" in refusal.root["properties"])


def _way_out(refusal: _Refusal) -> str:
    """Return a hint that fits the value better than what the schema says of all values there."""
    received, last = refusal.received, refusal.path[-1] if refusal.path else ""
    if refusal.keyword == "enum" and refusal.path[:1] == ("facets",):
        return f"Write its values as a list, as in `{last}: [{shortened(str(received))}]`, or `any`."
    if refusal.keyword == "enum":
        hint = did_you_mean(str(received), refusal.wanted)
        return hint if hint or last != "type" else source_type(str(received))
    if refusal.keyword == "type" and refusal.wanted == "array" and isinstance(last, str):
        return as_list(last, received, refusal.schema.get("items", {}), refusal.root)
    if refusal.keyword == "type" and refusal.wanted == "object":
        is_card_file = not refusal.path and refusal.root["title"] == "cardgen card file"
        return as_mapping(received, refusal.schema, is_card_file=is_card_file)
    if refusal.path[:1] == ("sections",) and str(received).endswith((".yaml", ".yml")):
        return f"Leave off the suffix: write `{shortened(str(received).rpartition('.')[0])}`."
    if isinstance(received, str) and _ADDRESS.match(received) and not {"source", "see"}.isdisjoint(refusal.path):
        return source_entry(received)
    return ""


def _explain_fields(document: Document, refusal: _Refusal, elsewhere: Collection[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the names of a mapping's fields, but for those that are told to stand elsewhere."""
    if refusal.keyword == "additionalProperties":
        yield from _unknown_fields(document, refusal, elsewhere if not refusal.path else ())
    else:
        yield from _missing_fields(document, refusal, elsewhere if refusal.path[:1] == ("cards",) else ())


def _unknown_fields(document: Document, refusal: _Refusal, elsewhere: Collection[str]) -> Iterator[Diagnostic]:
    known = refusal.schema["properties"]
    for field in refusal.received:
        if field not in known and field not in elsewhere:
            free = [name for name in known if name not in refusal.received]
            hint = did_you_mean(field, free) or f"Known here: {quoted(known)}."
            address = refusal.received[field]
            if not get_close_matches(field, known, cutoff=_SAME_WORD) and _may_be_a_facet(refusal, field):
                near = f"{hint} If not" if hint.startswith("Did") else "To select cards by it"
                yield _undeclared_facet(document, refusal.path, field, near)
                continue
            if "source" in free and isinstance(address, str) and _ADDRESS.match(address):
                hint = source_entry(address)
            message = f"unknown field `{shortened(field)}`{_owner(refusal)}"
            yield document.diagnose("CG201", message, (*refusal.path, field), hint, of_key=True)


def _may_be_a_facet(refusal: _Refusal, field: str) -> bool:
    """Return whether an unknown field is where a facet can be, and has the name and the value of one."""
    path = refusal.path
    takes_facets = path[-1:] in (("where",), ("defaults",)) or (is_card(path))
    return (
        takes_facets
        and _FACET_NAME.fullmatch(field) is not None
        and field not in card_fields()
        and fits(refusal.received[field], "cards", "facet_values")
    )


def _undeclared_facet(document: Document, path: KeyPath, field: str, when: str) -> Diagnostic:
    message = f"`{field}` is no field of cards and no facet of the collection"
    hint = f"{when}, declare it in collection.yaml, with `any` or a list of values:\nfacets:\n  {field}: any"
    return document.diagnose(_UNDECLARED, message, (*path, field), hint, of_key=True)


def _missing_fields(document: Document, refusal: _Refusal, elsewhere: Collection[str]) -> Iterator[Diagnostic]:
    # jsonschema reports each missing field as an error of its own, whose message begins with the name.
    for field in refusal.wanted:
        if refusal.message.startswith(repr(field)) and not _misspelt(field, refusal) and field not in elsewhere:
            too_deep = swallowed(document, refusal.path, field)
            hint = refusal.schema.get("properties", {}).get(field, {}).get("description", "")
            if field == "type" and refusal.path[:1] == ("references",):
                hint = USUAL_TYPES
            message = f"missing field `{field}`{_owner(refusal)}"
            yield too_deep or document.diagnose("CG202", message, refusal.path, hint)


def _misspelt(field: str, refusal: _Refusal) -> bool:
    """Return whether a missing field is there under a name that is nearly right, which is told already."""
    if refusal.schema.get("additionalProperties") is not False:
        return False
    known = refusal.schema["properties"]
    return any(did_you_mean(name, [field]).startswith("Did") for name in refusal.received if name not in known)


def _owner(refusal: _Refusal) -> str:
    """Say whose field it is, in words."""
    received, path = refusal.received, refusal.path
    if isinstance(received, dict) and isinstance(received.get("id"), str):
        sorts = {"cards": "card", "references": "source", "steps": "step", "moves": "move"}
        whole = "kind" if refusal.root["title"] == "cardgen kind" else "deck"
        sort = sorts.get(str(path[-2]), "entry") if len(path) > 1 else whole
        kind = f" of kind {shortened(received['kind'])}" if isinstance(received.get("kind"), str) else ""
        return f" in {sort} `{shortened(received['id'])}`{kind}"
    names = [step for step in path if isinstance(step, str)]
    return f" in `{names[-1]}`" if names else ""


def _label(path: KeyPath) -> str:
    names = [step for step in path if isinstance(step, str)]
    return f"`{names[-1]}`: " if names else "the file "


def _description(refusal: _Refusal) -> str:
    """Return what the schema says of a value of the wrong form or type, with an example."""
    if refusal.keyword not in ("pattern", "type", "anyOf"):
        return ""
    description = str(refusal.schema.get("description", ""))
    examples = [example for example in refusal.schema.get("examples", ()) if isinstance(example, str | int)]
    # Booleans as YAML writes them.
    example = f" Example: {str(examples[0]).lower() if examples[0] is True else examples[0]}" if examples else ""
    return f"{description}{example}".strip()


def _got(value: Any) -> str:  # noqa: ANN401 - any value may come
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f"`{shortened(str(value))}`" if value != "" else "nothing"


def _wrong_type(refusal: _Refusal) -> tuple[str, str]:
    wanted = refusal.wanted if isinstance(refusal.wanted, list) else [refusal.wanted]
    sorts = "text" if "string" in wanted else " or ".join(_SORTS[sort] for sort in wanted)
    return "CG203", f"must be {sorts}, not {_got(refusal.received)}"


def _wrong_word(refusal: _Refusal) -> tuple[str, str]:
    few = 20
    if len(refusal.wanted) <= few:
        return "CG204", f"must be one of {quoted(refusal.wanted)}, not {_got(refusal.received)}"
    return "CG204", f"{_got(refusal.received)} is none of the {len(refusal.wanted)} that there are"


def _wrong_alternative(refusal: _Refusal) -> tuple[str, str]:
    return "CG203", f"{_got(refusal.received)} does not belong here"


def _limit(words: str) -> Callable[[_Refusal], tuple[str, str]]:
    def say(refusal: _Refusal) -> tuple[str, str]:
        received = refusal.received
        size = f"{len(received):,}" if isinstance(received, str | list | dict) else str(received)
        return "CG206", f"{words.format(limit=f'{refusal.wanted:,}')}, not {size}"

    return say


_PROBLEMS: Final[dict[str, Callable[[_Refusal], tuple[str, str]]]] = {
    "type": _wrong_type,
    "anyOf": _wrong_alternative,
    "enum": _wrong_word,
    "pattern": lambda refusal: ("CG205", f"{_got(refusal.received)} does not have the right form"),
    "minLength": _limit("must have at least {limit} characters"),
    "maxLength": _limit("must have at most {limit} characters"),
    "minItems": _limit("must have {limit} or more entries"),
    "maxItems": _limit("must have {limit} or fewer entries"),
    "minProperties": _limit("must have {limit} or more entries"),
    "maxProperties": _limit("must have {limit} or fewer entries"),
    "minimum": _limit("must be {limit} or more"),
    "maximum": _limit("must be {limit} or less"),
    "uniqueItems": lambda _: ("CG207", "names the same thing twice"),
}
"""Code and message for every keyword that our schemas use; a test holds it complete."""
