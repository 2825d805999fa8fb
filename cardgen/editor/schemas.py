"""The schemas for editors, made from those that files are checked against, for one collection.

A check asks whether a file fits. An editor proposes, explains and fills in as well, so here

- each kind of card says its own name, and a snippet writes a whole card of it;
- facets have the values that the collection declares, and sources are those that it has;
- rules of lint have their names and settings;
- a text that does not fit a pattern is answered with what it should be, not with the pattern;
- examples are shown, and not proposed: while somebody writes a text, no other should be one key away.

What fits is the same, but for facets and sources that the collection does not have, which `check` refuses without a
schema.

Three keywords are of VS Code, which wrote the first such editor, and not of JSON Schema: ``defaultSnippets``,
``markdownDescription`` and ``patternErrorMessage`` (https://code.visualstudio.com/docs/languages/json). The YAML
language server takes them; whoever does not know them passes over them.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.check.schemas import resolve, schema_with
from cardgen.check.vocabulary import Vocabulary
from cardgen.editor.cards import name_cards, name_kinds
from cardgen.editor.languages import name_texts
from cardgen.editor.rules import name_rules, name_suppressions
from cardgen.editor.snippets import mapping_snippet
from cardgen.editor.walk import POINTER, everywhere, needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cardgen.check.vocabulary import OwnFields, Schema
    from cardgen.model import Source

_ANY_FACET: Final = {"$ref": f"{POINTER}facet_values"}

_CORE_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)")
_CORE_WORDS: Final = {"true": True, "false": False, "null": None, "~": None}
"""Scalars that are no texts: https://yaml.org/spec/1.2.2/#1032-tag-resolution, but for those that JSON cannot say."""


_NEVER: Final = 1_000_000
"""A length in characters that no id has."""


class Offered(Struct, frozen=True):
    """What a collection has to offer its cards.

    Attributes:
        facets: For each facet the values that it may take, none where it takes any; None where they cannot be known.
        sources: By id, the sources that cards may cite, None for one with a flaw; None where they cannot be known.
        own_kinds: Its own kinds of card.
    """

    facets: Mapping[str, tuple[str, ...]] | None
    sources: Mapping[str, Source | None] | None
    own_kinds: tuple[OwnFields, ...] = ()

    @property
    def vocabulary(self) -> Vocabulary:
        """What it adds to the schemas."""
        return Vocabulary(None if self.facets is None else tuple(self.facets), self.own_kinds)


def editor_schema(name: str, offered: Offered) -> Schema:
    """Return the schema of a type of file, for the editors of a collection; callers may change it."""
    facets = offered.facets or {}
    root = schema_with(name, offered.vocabulary)
    whole = everywhere(root, lambda part: _with_facets(_alone(part, root), facets))
    definitions = whole.setdefault("$defs", {})
    definitions.update({f"facet-{facet}": _facet(facet, values) for facet, values in facets.items()})
    name_kinds(definitions, offered.vocabulary)
    if name == "lint":
        name_rules(whole["properties"]["rules"])
    if name == "cards":
        name_cards(definitions, offered.vocabulary)
        name_suppressions(definitions["card_lint_ignore"])
    if name == "language":
        name_texts(definitions["block"], offered.vocabulary)
    whole = everywhere(whole, _explained)
    if name == "cards" and offered.sources is not None:
        # Titles are no Markdown, so they come after what makes Markdown of descriptions.
        definitions = whole["$defs"]
        definitions["source_id"] = _source_id(definitions["source_id"], offered.sources)
    whole["$defs"] = needed(whole)
    return whole


def _alone(part: Schema, root: Schema) -> Schema:
    """Return a schema with what it refers to, if it says something itself: editors merge the two in different ways."""
    return resolve(part, root) if len(part) > 1 else part


def _with_facets(part: Schema, facets: Mapping[str, Sequence[str]]) -> Schema:
    """Return a schema in whose fields each facet has a definition of its own."""
    fields = part.get("properties", {})
    own = {facet: {"$ref": f"{POINTER}facet-{facet}"} for facet in facets if fields.get(facet) == _ANY_FACET}
    return part | {"properties": fields | own} if own else part


def _facet(facet: str, values: Sequence[str]) -> Schema:
    """Return the schema of a facet: one of its values, or several."""
    description = "A facet of this collection, by which cards are selected: one value or a list."
    value: Schema = {"$ref": f"{POINTER}facet"}
    if values:
        value = {"description": description, "enum": [read for text in values for read in _as_editors_read(text)]}
    some = {"type": "array", "items": value, "minItems": 1, "uniqueItems": True}
    return {"title": facet, "description": description, "anyOf": [value, some]}


def _source_id(plain: Schema, sources: Mapping[str, Source | None]) -> Schema:
    """Return the schema of the id of a source: each says what it is, and another is refused in a few words.

    As alternatives, hundreds of sources took the language server seconds for a file of cards: it compares each with
    each. So a pattern refuses, what is proposed stands in an alternative that nothing fits, and what an id says is
    found by way of the group that it is in.
    """
    about = {source_id: _about(source) for source_id, source in sources.items()}
    ids = [*about]
    refusing = {
        "title": "Source",
        "description": plain["description"],
        "type": [type_ for type_ in plain["type"] if type_ != "boolean"],
        "pattern": _one_of(ids),
        "patternErrorMessage": "sources.yaml has no source of this id.",
    }
    if not ids:
        return refusing
    size = math.isqrt(len(ids))
    groups = [ids[start : start + size] for start in range(0, len(ids), size)]
    proposed = {"type": "string", "enum": ids, "enumDescriptions": [*about.values()], "minLength": _NEVER}
    return {
        **refusing,
        "anyOf": [{"title": "Any source"}, proposed],
        "allOf": [_if_one_of(group, about) for group in groups],
    }


def _if_one_of(group: Sequence[str], about: Mapping[str, str]) -> Schema:
    """Return the schema that says of each of some ids what it is."""
    each = [{"if": {"const": source_id}, "then": {"description": about[source_id]}} for source_id in group]
    return {"if": {"type": "string", "pattern": _one_of(group)}, "then": {"allOf": each}}


def _one_of(texts: Iterable[str]) -> str:
    """Return the pattern of some texts and no others: https://262.ecma-international.org/#sec-patterns."""
    escaped = [re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", text) for text in texts]
    return f"^(?:{'|'.join(escaped)})$" if escaped else "^(?!)"


def _about(source: Source | None) -> str:
    """Say of a source what a card shows of it."""
    if source is None:
        return "A source with a flaw: see what cardgen check says of it."
    return f"{source.title} ({', '.join(filter(None, (source.publisher, source.issued)))})".removesuffix(" ()")


def _as_editors_read(text: str) -> list[Any]:
    """Return the values that a text of ours may be to an editor: unquoted it may be a number or a truth to it."""
    if _CORE_NUMBER.fullmatch(text):
        number = float(text)
        return [int(text) if text.lstrip("+-").isdigit() else number, text]
    return [_CORE_WORDS[text.lower()], text] if text.lower() in _CORE_WORDS else [text]


def _explained(part: Schema) -> Schema:
    """Return a schema whose description shows its examples, and says of a text that is refused what it should be."""
    if "description" not in part:
        return part
    explained = {key: value for key, value in part.items() if key != "examples"}
    examples = part.get("examples", [])
    if examples or "`" in part["description"]:
        explained["markdownDescription"] = "\n\n".join([part["description"], *_shown(examples)])
    if examples and isinstance(examples[0], dict) and _has_free_names(part):
        explained["defaultSnippets"] = [mapping_snippet(part["title"], examples[0])]
    if "pattern" in part:
        explained.setdefault("patternErrorMessage", part["description"])
    return explained


def _has_free_names(part: Schema) -> bool:
    """Return whether an author chooses the names in a mapping, so that no schema can propose them."""
    others = part.get("additionalProperties")
    return "properties" not in part and isinstance(others, dict) and "properties" not in others


def _shown(examples: Sequence[Any]) -> list[str]:
    """Return examples as blocks of Markdown: texts and numbers in a line, and the first of the others as YAML."""
    short = [_inline(example) for example in examples if not isinstance(example, dict | list)]
    long = [example for example in examples if isinstance(example, dict | list)]
    in_a_line = [f"Example{'s' if len(short) > 1 else ''}: {', '.join(short)}"] if short else []
    return [*in_a_line, *map(_block, long[:1])]


def _block(example: Any) -> str:  # noqa: ANN401 - as a schema has it
    import yaml

    return f"```yaml\n{yaml.safe_dump(example, sort_keys=False, allow_unicode=True)}```"


def _inline(example: str | float) -> str:
    return f"`{example}`" if isinstance(example, str) else f"`{json.dumps(example)}`"
