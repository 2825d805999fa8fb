"""What an author meant with a value that a schema refuses, where the value shows it, and how it is written."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from cardgen.check.schemas import definition_of, kinds, resolve, schema_with
from cardgen.check.vocabulary import SHIPPED
from cardgen.diagnostics import Diagnostic, diagnose, quoted, shortened
from cardgen.read.flaws import Flaw
from cardgen.read.losses import in_single_quotes
from cardgen.read.source_lines import SourceLines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.check.vocabulary import Schema, Vocabulary
    from cardgen.read import Document, KeyPath

# Fields of a mapping


def instead_of_fields(
    document: Document, path: KeyPath, written: Mapping[str, Any], vocabulary: Vocabulary
) -> Diagnostic | None:
    """Return the one finding that stands for all unknown and missing fields of a mapping, if there is one."""
    if "<<" in written:
        message = "cardgen does not merge mappings by `<<`"
        hint = "Write the fields out; what the cards of a file share stands once under `defaults:`."
        return document.diagnose("CG201", message, (*path, "<<"), hint, of_key=True)
    if is_card(path):
        return _of_another_kind(document, path, written, vocabulary)
    return None


def is_card(path: KeyPath) -> bool:
    """Return whether a path leads to a card of a card file; under ``cards`` of a kind there are names."""
    return path[:1] == ("cards",) and isinstance(path[-1], int) and len(path) == 2  # noqa: PLR2004 - of two steps


def _of_another_kind(
    document: Document, path: KeyPath, card: Mapping[str, Any], vocabulary: Vocabulary
) -> Diagnostic | None:
    kind = card.get("kind")
    if not isinstance(kind, str) or kind not in kinds(vocabulary):
        return None
    strange = [name for name in card if name not in fields_of(kind, vocabulary)]
    fitting = [
        other
        for other in kinds(vocabulary)
        if card.keys() <= fields_of(other, vocabulary).keys()
        and card.keys() >= set(_card_schema(other, vocabulary)["required"])
    ]
    if not strange or not fitting:
        return None
    verb = "is a field" if len(strange) == 1 else "are fields"
    message = f"{quoted(strange)} {verb} of kind {fitting[0]}, not of {kind}"
    own = [name for name in _card_schema(kind, vocabulary)["required"] if name not in ("id", "kind")]
    hint = f"Change `kind` to {_one_of(fitting)}, or write {quoted(own)} instead."
    return document.diagnose("CG201", message, (*path, strange[0]), hint, of_key=True)


def _one_of(words: list[str]) -> str:
    *most, last = [f"`{word}`" for word in words]
    return f"{', '.join(most)} or {last}" if most else last


def fields_of(kind: str, vocabulary: Vocabulary) -> Mapping[str, Schema]:
    """Return the schemas of the fields that a card of a kind may have, in a collection that adds this to them."""
    properties: dict[str, Schema] = _card_schema(kind, vocabulary)["properties"]
    return properties


def _card_schema(kind: str, vocabulary: Vocabulary) -> Schema:
    definitions: dict[str, Schema] = schema_with("cards", vocabulary)["$defs"]
    return definitions[definition_of(kind)]


def inside_of_another(document: Document, name: str, vocabulary: Vocabulary) -> Iterator[tuple[str, Diagnostic]]:
    """Yield fields of the top of a file that are indented, and so a part of the one before, whose name comes first."""
    root = schema_with(name, vocabulary)
    properties = root["properties"]
    value = document.value if isinstance(document.value, dict) else {}
    for outer, part in value.items():
        known = resolve(properties.get(outer, {}), root).get("properties", {})
        for field in part if isinstance(part, dict) and known else ():
            if field in properties and field not in known and field not in value:
                message = f"`{field}` is indented, and so a part of `{outer}`"
                hint = f"Begin it in the column of `{outer}`."
                yield outer, document.diagnose("CG201", message, (outer, field), hint, of_key=True)


def outside_of_its_card(document: Document, vocabulary: Vocabulary) -> dict[str, Diagnostic]:
    """Return the fields at the top of a card file that belong into its last card, with the finding for the first."""
    value = document.value
    cards = value.get("cards") if isinstance(value, dict) else None
    if not isinstance(cards, list) or not cards or not isinstance(cards[-1], dict):
        return {}
    kind = cards[-1].get("kind")
    known = (
        fields_of(kind, vocabulary)
        if isinstance(kind, str) and kind in kinds(vocabulary)
        else _fields_of_any(vocabulary)
    )
    top = schema_with("cards", vocabulary)["properties"]
    strange = [name for name in value if name not in top and name in known and name not in cards[-1]]
    if not strange:
        return {}
    column = next((line.column for line in _lines(document.text).lines if line.is_item and line.field), 4)
    message = f"`{strange[0]}` stands at the beginning of its line, and so outside of the card"
    hint = f"Indent it by {column} spaces, as the other fields of the card."
    return dict.fromkeys(strange, document.diagnose("CG201", message, (strange[0],), hint, of_key=True))


def _fields_of_any(vocabulary: Vocabulary) -> set[str]:
    return {name for kind in kinds(vocabulary) for name in fields_of(kind, vocabulary)}


@lru_cache(maxsize=1)
def _lines(text: str) -> SourceLines:
    """Return the lines of a file: many findings may ask for those of one file, and each would read it whole."""
    return SourceLines(text)


def swallowed(document: Document, path: KeyPath, field: str) -> Diagnostic | None:
    """Find a missing field of a mapping among the lines of a text in it, because it is indented too deep."""
    start = document.span(path)[0]
    if document.text[start : start + 1] == "{":
        return None
    lines = _lines(document.text)
    first = lines.row(start)
    column = lines.lines[first].column
    for line in islice(lines.lines, first + 1, None):
        if not line.is_text and not line.is_blank and line.indent < column:
            return None
        if line.is_text and re.match(rf"\s*{re.escape(field)}:(?:\s|$)", line.text):
            message = f"`{field}` is indented by {line.indent} spaces, and so a part of the text above"
            hint = f"Indent it by {column} spaces, as the other fields of the card."
            return document.found(
                Flaw("CG202", message, (line.start + line.indent, line.start + line.indent + len(field)), hint)
            )
    return None


# Lists and texts


def as_list(field: str, received: Any, items: Schema, root: Schema) -> str:  # noqa: ANN401 - any value may come
    """Return the hint that shows how a value is written as a list."""
    if isinstance(received, dict):
        if next(iter(received), "").startswith("-"):
            return "Write a space after each `-`."
        return _sample(field, _first_entry(received))
    if not isinstance(received, str) or not received:
        return ""
    items = resolve(items, root)
    required = items.get("required", ())
    if not required:
        return _sample(field, [("", _short(received))])
    entry = [(name, "first" if name == "id" else _short(received)) for name in required]
    return _sample(field, entry[:2])


def _first_entry(received: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the first fields of a mapping that should be an entry of a list, or holds such entries by their ids."""
    if not received:
        return []
    name, value = next(iter(received.items()))
    if isinstance(value, dict):
        received = {"id": name} | value
    return [(name, _short(part)) for name, part in received.items() if not isinstance(part, dict | list)][:2]


def _short(value: Any) -> str:  # noqa: ANN401 - as above
    text = shortened(str(value), 40)
    return in_single_quotes(text) if re.search(r": | #|^[\s\[\]{}>|*&!%#`@'\"-]|:$", text) else text


def _sample(field: str, entry: list[tuple[str, str]]) -> str:
    lines = [f"{name}: {value}" if name else value for name, value in entry]
    shown = (f"  {'  ' if row else '- '}{line}" for row, line in enumerate(lines))
    return "\n".join(["Write it as a list:", f"{field}:", *shown])


def as_mapping(received: Any, schema: Schema, *, is_card_file: bool) -> str:  # noqa: ANN401 - any value may come
    """Return the hint that shows how a value is written as a mapping."""
    if is_card_file:
        return "Begin it with a title, and put the cards into a list:\ntitle: ...\ncards:\n  - id: ..."
    required = [name for name in schema.get("required", ()) if name != "id"]
    if not isinstance(received, str) or len(required) != 1:
        return ""
    return f"Write `{required[0]}: {_short(received)}`."


def empty(document: Document, path: KeyPath) -> Diagnostic:
    """Return the finding for a field with nothing in it, which may be a comment or the beginning of a text to YAML."""
    names = [step for step in path if isinstance(step, str)]
    name = names[-1] if names else "value"
    start = document.span(path)[0]
    line_end = re.compile(r"[^\r\n]*").match(document.text, start)
    rest = line_end[0] if line_end else ""
    comment = re.search(r"(?:^|\s)(#.*)", rest)
    if comment:
        at = start + comment.start(1)
        text = shortened(comment[1])
        message = f"`{name}`: is empty, for `{text}` is a comment to YAML"
        hint = f"If it is the value, put it in quotes: {in_single_quotes(text)}"
        return document.found(Flaw("CG206", message, (at, at + len(comment[1])), hint))
    if re.match(r"[>|][-+1-9]", rest):
        message = f"`{name}`: is empty, for YAML takes `{rest.strip()}` for the beginning of a text over several lines"
        return document.diagnose(
            "CG206", message, path, f"If it is the value, put it in quotes: {in_single_quotes(rest.strip())}"
        )
    description = _description(document, path)
    is_phrase = re.match(r"(?:The|What|An?|How|Where|Whom?) ", description) is not None
    hint = f"Write {description[0].lower()}{description[1:]}" if is_phrase else "Write something, or delete the field."
    return document.diagnose("CG206", f"`{name}`: is empty", path, hint)


def _description(document: Document, path: KeyPath) -> str:
    """Return what the schema says of a field of a card; of others nothing."""
    if path[:1] != ("cards",) or len(path) != 3:  # noqa: PLR2004 - a field of a card
        return ""
    kind = document.value["cards"][path[1]].get("kind")
    field = fields_of(kind, SHIPPED).get(str(path[2]), {}) if isinstance(kind, str) and kind in kinds() else {}
    return str(field.get("description", ""))


def unfit_title(document: Document, path: KeyPath, title: str, *, levels: bool) -> Diagnostic | None:
    """Return the finding that names the characters of a title that Anki does not have in names of decks, or None."""
    colons = r"(?<!:):(?!:)|:{3,}" if levels else r"::"
    unfit = re.search(rf"[\"\n]|{colons}|^\s*:|:\s*$", title)
    if not unfit:
        return None
    shown = "a line end" if unfit[0] == "\n" else f"`{unfit[0].strip()}`"
    place = document.place_inside(path, title, unfit.span())
    message = f"`title`: has {shown}, which {'the name of a deck in Anki' if levels else 'a section'} cannot have"
    hint = {
        '"': "Write “ and ”, or leave it out.",
        "\n": "Write it in one line.",
        ":": "Write `::` between levels.",
    }.get(unfit[0], "Leave it out.")
    return diagnose("CG205", message, place, hint)


# Sources

_TYPES: Final = {
    "website": "webpage", "web": "webpage", "web page": "webpage", "site": "webpage", "online": "webpage",
    "url": "webpage", "paper": "article-journal", "journal": "article-journal", "journal article": "article-journal",
    "guideline": "report", "video": "motion_picture", "film": "motion_picture", "blog": "post-weblog",
    "news": "article-newspaper", "newspaper": "article-newspaper", "textbook": "book", "law": "legislation",
    "lecture": "speech", "podcast": "broadcast",
}  # fmt: skip
"""What people call what CSL calls otherwise: https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types."""

USUAL_TYPES: Final = "Most sources are a `webpage`, a `book`, an `article-journal` or a `report`."


def source_type(word: str) -> str:
    """Return the hint for a type of source that there is not, where it is the everyday word for one."""
    meant = _TYPES.get(word.lower())
    return f"Did you mean `{meant}`?" if meant else USUAL_TYPES


def source_entry(address: str) -> str:
    """Return the hint for an address where a card cites a source: the entry to add to sources.yaml."""
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", address).partition("/")[0]
    source_id = re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-") or "my-source"
    return "\n".join(
        (
            f"Cards cite a source by its id: write `{source_id}` here, and in sources.yaml under `references:`",
            f"- id: {source_id}",
            "  type: webpage",
            "  title: ...",
            f"  URL: {shortened(address, 200)}",
        )
    )
