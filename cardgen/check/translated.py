"""Which fields of cards differ from language to language, and cards in which those of another language stand."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cardgen.check.schemas import definition_of, fields_of_all, schema_named, schema_with
from cardgen.check.texts import MARKDOWN
from cardgen.check.vocabulary import SHIPPED
from cardgen.diagnostics import did_you_mean, quoted, shortened
from cardgen.kinds import Problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from cardgen.check.vocabulary import Schema, Vocabulary
    from cardgen.read import KeyPath

OF_TEXTS: Final = ("lang", "dir", "speak", "lint_ignore")
"""Fields that say something of a card's texts, so that they are no more right for those of another language."""

TEXTS_BYTES: Final = 6
"""How many bytes the digest has of what a block was made from: a change that is missed is one in 2^48."""

ABOUT_BLOCK: Final = ("skip", "of")
"""Fields of a block that are none of a card."""

_WORDS: Final = MARKDOWN | {"#/$defs/plain_line"}
"""What the schema of cards calls texts that learners read."""

Inner = frozenset[str] | None
"""Of a field with items that are known by ids, the names of what is translated in them; None for other fields."""


class Merged(NamedTuple):
    """A card with texts in another language.

    Attributes:
        item: The card.
        positions: For its fields with lists of items that have ids, where each item stands in the block's list.
        problems: What is wrong with the block, with paths in it.
    """

    item: dict[str, Any]
    positions: Mapping[str, tuple[int, ...]]
    problems: tuple[Problem, ...]


@cache
def translated_fields(kind: str, vocabulary: Vocabulary = SHIPPED) -> Mapping[str, Inner]:
    """Return the fields of a kind that differ from language to language, by their names.

    Those are fields with texts, and with words that stand for what is beside them, such as the labels of figures; and
    what says something of the texts. Of items that are known by ids, such as steps, only the texts are translated. A
    kind of one's own says it of its fields itself.
    """
    own = next((fields for fields in vocabulary.own if fields.kind == kind), None)
    if own is None:
        properties: Mapping[str, Schema] = schema_named("cards")["$defs"][kind]["properties"]
    else:
        properties = fields_of_all()
    found = {name: _inner(part) for name, part in properties.items() if name in OF_TEXTS or _has_words(part)}
    return found if own is None else dict.fromkeys(field.id for field in own.fields if field.translate) | found


def _has_words(part: Schema) -> bool:
    """Return whether there are words of a language in the values of a schema."""
    if part.get("$ref") in _WORDS:
        return True
    part = _resolved(part)
    if "$ref" in part:
        return True
    others = part.get("additionalProperties")
    if isinstance(others, dict) and not _has_ids(part):
        return True
    inside = [*part.get("anyOf", ()), *part.get("properties", {}).values(), part.get("items"), others]
    return any(_has_words(one) for one in inside if isinstance(one, dict))


def _resolved(part: Schema) -> Schema:
    """Follow references, but not into what is a text."""
    while "$ref" in part and part["$ref"] not in _WORDS:
        part = schema_named("cards")["$defs"][part["$ref"].removeprefix("#/$defs/")]
    return part


def _has_ids(part: Schema) -> bool:
    """Return whether the names in a mapping are ids, and no words."""
    return "pattern" in part.get("propertyNames", {})


def _inner(part: Schema) -> Inner:
    part = _resolved(part)
    others = part.get("additionalProperties")
    item = others if isinstance(others, dict) and _has_ids(part) else part.get("items", {})
    fields = item.get("properties", {})
    if "id" not in fields and item is not others:
        return None
    return frozenset(name for name, one in fields.items() if _has_words(one)) or None


def merged(item: Mapping[str, Any], block: Mapping[str, Any], vocabulary: Vocabulary = SHIPPED) -> Merged:
    """Return a card with the texts of a block in place of its own.

    Args:
        item: The card as its author wrote it; it fits the schema.
        block: What stands in the file of a language.
        vocabulary: What the collection adds to the schemas.

    Returns:
        The card, which need not fit the schema. Nothing of the block is in it that is not translated.
    """
    fields = translated_fields(item["kind"], vocabulary)
    problems = list(_not_translated(item, block, fields, vocabulary))
    made = {name: value for name, value in item.items() if name not in fields}
    positions: dict[str, tuple[int, ...]] = {}
    for name, inner in fields.items():
        if name in block and inner is None:
            made[name] = block[name]
        elif inner is not None and (name in block or name in item):
            part = _by_ids(item.get(name), block.get(name), name, inner)
            problems.extend(part.problems)
            if part.value is not None:
                made[name] = part.value
            if part.positions is not None:
                positions[name] = part.positions
    return Merged(made, positions, tuple(problems))


def _not_translated(
    item: Mapping[str, Any], block: Mapping[str, Any], fields: Mapping[str, Inner], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Find fields of a block that are not translated."""
    known_fields = schema_with("cards", vocabulary)["$defs"][definition_of(item["kind"])]["properties"]
    for name in block:
        if name not in fields and name not in ABOUT_BLOCK:
            if name in item or name in known_fields:
                yield Problem("CG383", f"`{name}` is not translated: the card says it for all languages", (name,))
                continue
            free = [known for known in fields if known not in block and known not in OF_TEXTS]
            message = f"cards of kind {item['kind']} have no text `{shortened(name)}`"
            yield Problem("CG383", message, (name,), did_you_mean(name, free))


class _Part(NamedTuple):
    """A field with items that have ids: see `Merged`; None where the card has no such field."""

    value: Any
    positions: tuple[int, ...] | None = None
    problems: tuple[Problem, ...] = ()


def _by_ids(base: Any, written: Any, name: str, inner: frozenset[str]) -> _Part:  # noqa: ANN401 - any values may come
    """Return the items of a field with the texts that a block has for them, in the card's order."""
    if isinstance(base, dict) and (isinstance(written, dict) or written is None):
        return _of_mapping(base, written or {}, name, inner)
    if not isinstance(base, list) or not isinstance(written, list):
        return _Part(written)
    found = {item_id: index for index, item in enumerate(written) if (item_id := _id_of(item)) is not None}
    ids = [item["id"] for item in base]
    problems = [*_strange_items(ids, written, name), *_missing_items(ids, found, name)]
    if problems:
        return _Part(written, None, tuple(problems))
    problems = [
        problem
        for index, item in enumerate(written)
        for problem in _strange_fields(item, {"id", *inner}, (name, index))
    ]
    items = [_item(item, written[found[item["id"]]], inner) for item in base]
    return _Part(items, tuple(found[item_id] for item_id in ids), tuple(problems))


def _of_mapping(base: Mapping[str, Any], written: Mapping[str, Any], name: str, inner: frozenset[str]) -> _Part:
    """Return the items of a mapping by ids; where the card leaves items to something else, any id may be one."""
    entries = {key: value for key, value in base.items() if isinstance(value, dict)}
    elsewhere = len(entries) < len(base)
    unknown = [key for key in written if key not in entries and not elsewhere]
    wordless = (key for key, value in entries.items() if inner.isdisjoint(value))
    problems = [Problem("CG384", f"the card has no `{key}` in `{name}`", (name, key)) for key in unknown]
    problems.extend(_missing_items(entries, {*written, *wordless}, name))
    for key, value in written.items():
        problems.extend(_strange_fields(value, inner, (name, key)))
    items = {key: _item(value, written.get(key, {}), inner) for key, value in entries.items()}
    return _Part({**base, **{key: written[key] for key in written if key not in base}, **items}, None, tuple(problems))


def _item(base: Mapping[str, Any], written: Any, inner: frozenset[str]) -> Any:  # noqa: ANN401 - any value may come
    if not isinstance(written, dict):
        return written
    kept = {name: value for name, value in base.items() if name not in inner}
    return kept | {name: value for name, value in written.items() if name in inner}


def _strange_fields(item: Any, known: Iterable[str], path: KeyPath) -> Iterator[Problem]:  # noqa: ANN401 - as above
    for name in item if isinstance(item, dict) else ():
        if name not in known:
            message = f"`{shortened(name)}` is not translated here: the card says it for all languages"
            hint = did_you_mean(name, sorted({*known} - {"id", *item}))
            yield Problem("CG383", message, (*path, name), hint if hint.startswith("Did") else "")


def _strange_items(ids: list[str], written: list[Any], name: str) -> Iterator[Problem]:
    """Find items of a block's list whose id the card does not have, or that have none, or that of an earlier one."""
    seen: set[str] = set()
    for index, item in enumerate(written):
        item_id = _id_of(item)
        if item_id is None:
            yield Problem("CG384", f"one of the {name} has no id", (name, index), f"The card has {quoted(ids)}.")
        elif item_id not in ids:
            message = f"the card has no `{shortened(item_id)}` among its {name}"
            yield Problem("CG384", message, (name, index, "id"), did_you_mean(item_id, ids))
        elif item_id in seen:
            yield Problem("CG384", f"`{item_id}` names an earlier one of the {name}", (name, index, "id"))
        else:
            seen.add(item_id)


def _id_of(item: Any) -> str | None:  # noqa: ANN401 - as above
    item_id = item.get("id") if isinstance(item, dict) else None
    return item_id if isinstance(item_id, str) else None


def _missing_items(ids: Iterable[str], found: Container[str], name: str) -> Iterator[Problem]:
    missing = [item_id for item_id in ids if item_id not in found]
    if missing:
        yield Problem("CG384", f"{quoted(missing)} of the card's {name} {_are(missing)} not translated", (name,))


def _are(words: list[str]) -> str:
    return "is" if len(words) == 1 else "are"


def texts_digest(item: Mapping[str, Any], size: int, vocabulary: Vocabulary = SHIPPED) -> str:
    """Return a hash of the texts of a card as its author wrote them, by which one knows whether they have changed.

    White space counts as one space, and the order of items with ids plays no part: no translation depends on those.

    Args:
        item: The card; it fits the schema.
        size: How many bytes the hash has.
        vocabulary: What the collection adds to the schemas.
    """
    fields = translated_fields(item["kind"], vocabulary)
    shown = {
        name: _texts_of_items(item[name], inner) if inner else item[name]
        for name, inner in sorted(fields.items())
        if name in item and name not in OF_TEXTS
    }
    text = json.dumps(_plain(shown), ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=size, person=b"cardgen-texts").hexdigest()


def _texts_of_items(items: Any, inner: frozenset[str]) -> Any:  # noqa: ANN401 - as the schema has it
    pairs = items.items() if isinstance(items, dict) else ((item["id"], item) for item in items)
    return sorted(
        [key, sorted([name, value[name]] for name in inner if name in value)]
        for key, value in pairs
        if isinstance(value, dict)
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - as above
    """Return a value as JSON has it, with texts in one form."""
    if isinstance(value, dict):
        return [[_plain(key), _plain(part)] for key, part in value.items()]
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool) else unicodedata.normalize("NFC", " ".join(str(value).split()))
