"""Values for files: such as fit a schema but for a few slips, made from the examples that schemas give."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cardgen.check import SCHEMAS
from cardgen.check.schemas import resolve, schema_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.check.vocabulary import Schema

ODD = st.one_of(
    st.sampled_from(
        ["", "a", "a\n", "\n", "a b", "A", "a::b", "a::", "-a", "a-", "é", "2026", "2026-13", "2026-02-30\n", "x" * 121]
    ),
    st.sampled_from([0, 1, 5, 900, 901, -1, True, False, Decimal("0.7"), Decimal("0.99"), Decimal("0.995"), 10**18]),
    st.sampled_from([[], {}, ["a", "a"], [[]], ["a", {}], {"id": "a"}, {"id": "a", "locator": "b"}, {"a": 1, "b": 2}]),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=5),
)
"""Values of every sort, many of which stand at a limit of some schema."""


def like(schema: Schema, root: Schema) -> st.SearchStrategy[Any]:
    """Make values that fit a schema, from the examples that it gives."""
    schema = resolve(schema, root)
    if "allOf" in schema:
        kind_of = {pair["if"]["properties"]["kind"]["const"]: pair["then"] for pair in schema["allOf"]}
        return st.one_of(
            [st.builds(dict, like(part, root), kind=st.just(kind)) for kind, part in kind_of.items()],
        )
    if "anyOf" in schema:
        return st.one_of([like(part, root) for part in schema["anyOf"]])
    if "properties" in schema:
        fields = {key: like(part, root) for key, part in schema["properties"].items()}
        required = {key: fields.pop(key) for key in schema.get("required", ())}
        some = st.lists(st.sampled_from(sorted(fields)), max_size=4, unique=True) if fields else st.just([])
        return some.flatmap(lambda keys: st.fixed_dictionaries(required | {key: fields[key] for key in keys}))
    if schema.get("type") == "object":
        value = like(schema.get("additionalProperties", {}), root)
        return st.dictionaries(st.sampled_from(["a", "b", "c"]), value, min_size=2, max_size=3)
    if schema.get("type") == "array":
        return st.lists(like(schema["items"], root), min_size=schema.get("minItems", 0), max_size=2)
    words = [*schema.get("enum", ()), *schema.get("examples", ())]
    return st.sampled_from(words or ["2026", "a"]).map(as_read)


def as_read(value: Any) -> Any:
    """Return a number with a fraction as reading gives it."""
    return Decimal(str(value)) if isinstance(value, float) else value


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a value: what it is in, and its key or position there."""
    for key in value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0):
        yield value, key
        yield from spots(value[key])


FITTING = {name: like(schema_named(name), schema_named(name)) for name in SCHEMAS}


@st.composite
def documents(draw: st.DrawFn, name: str) -> Any:
    """Make a file's value that fits its schema but for a few slips."""
    value = copy.deepcopy(draw(FITTING[name]))
    for _ in range(draw(st.sampled_from([0, 1, 1, 2]))):
        there = list(spots(value))
        if not there:
            break
        around, key = draw(st.sampled_from(there))
        if draw(st.integers(0, 4)):
            around[key] = copy.deepcopy(draw(ODD))
        else:
            del around[key]
    return value
