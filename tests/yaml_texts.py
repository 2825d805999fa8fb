"""What tests of reading YAML share: both parsers, what they find, and texts written at random."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st

from cardgen.read.flaws import Lines
from cardgen.read.places import Where, places
from cardgen.read.python_parser import PythonParser
from cardgen.read.strict_yaml import parse
from cardgen.read.yaml_events import c_parser

if TYPE_CHECKING:
    from cardgen.read.parsed import Parsed

needs_c = pytest.mark.skipif(c_parser() is None, reason="PyYAML was built without libyaml")
PARSERS = [pytest.param(c_parser(), id="c", marks=needs_c), pytest.param(PythonParser, id="python")]
both_parsers = pytest.mark.parametrize("parser", PARSERS)

Finding = tuple[str, str, int, int, str]
"""Code, message, line, column, and the text that the finding covers."""


def findings(text: str, parsed: Parsed) -> list[Finding]:
    lines = Lines(text)
    return [
        (flaw.code, flaw.message, *lines.locate(flaw.span[0])[:2], text[slice(*flaw.span)]) for flaw in parsed.flaws
    ]


def told(text: str, parser: Any) -> tuple[Any, list[Any], Where | None]:
    """Return all that a parser leads to: the value, the findings, and the places in a text without a finding.

    How it words what it cannot parse is its own; and behind a bracket that is never closed, so is where it gives up.
    """
    parsed = parse(text, parser)
    found = [
        (code,) if code == "CG106" else (code, message, *place) for code, message, *place in findings(text, parsed)
    ]
    return parsed.value, found, None if parsed.flaws else places(text, parser)


@dataclass(frozen=True)
class Scalar:
    """A text, and how it is written inside brackets and outside."""

    value: str
    inside: str
    outside: str


@dataclass(frozen=True)
class Group:
    """A mapping, or a list if it has no keys; with brackets or without."""

    keys: tuple[Scalar, ...]
    items: tuple[Node, ...]
    brackets: bool

    def names(self) -> list[str | int]:
        """Return the keys, or the positions."""
        return [key.value for key in self.keys] if self.keys else list(range(len(self.items)))


Node = Scalar | Group


def value_of(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.value
    values = [value_of(item) for item in node.items]
    return dict(zip(node.names(), values, strict=True)) if node.keys else values


@dataclass
class Written:
    """YAML text, with the line and the column at which each key and each value begins."""

    text: str = ""
    keys: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    values: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)

    def here(self) -> tuple[int, int]:
        """Return line and column of what is written next."""
        return self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n")

    def write(self, node: Node, path: tuple[str | int, ...] = (), indent: int = 0, *, inside: bool = False) -> None:
        """Write a value; what stands without brackets begins on a line of its own."""
        if isinstance(node, Scalar):
            self.values[path] = self.here()
            self.text += node.inside if inside else node.outside.replace("\n", "\n" + " " * indent)
        elif inside or node.brackets:
            self.values[path] = self.here()
            self.text += "{" if node.keys else "["
            for index, (name, item) in enumerate(zip(node.names(), node.items, strict=True)):
                self.text += ", " if index else ""
                self._key(node, index, (*path, name))
                self.text += " " if node.keys else ""
                self.write(item, (*path, name), inside=True)
            self.text += "}" if node.keys else "]"
        else:
            for index, (name, item) in enumerate(zip(node.names(), node.items, strict=True)):
                self.text += "\n" + " " * indent
                if not index:
                    self.values[path] = self.here()
                self._key(node, index, (*path, name))
                self.text += ("" if node.keys else "-") + " "
                self.write(item, (*path, name), indent + 2)

    def _key(self, node: Group, index: int, path: tuple[str | int, ...]) -> None:
        if node.keys:
            self.keys[path] = self.here()
            self.text += node.keys[index].inside + ":"


PRINTABLE = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")


def double_quoted(text: str, escaped: bool) -> str:
    """Write a text in double quotes; line ends and tabs by number where, with letters behind, they might be TeX."""
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    numbered = {"\n": "\\x0a", "\t": "\\x09"}
    written = []
    for index, char in enumerate(text):
        if escaped and not char.isascii():
            written.append(f"\\U{ord(char):08x}")
        else:
            letter_follows = text[index + 1 : index + 2].isalpha()
            written.append((letter_follows and numbered.get(char)) or named.get(char, char))
    return f'"{"".join(written)}"'


def has_no_formula(text: str) -> bool:
    """Return whether nothing is between dollars: a line end there may be what double quotes have made of TeX."""
    return text.count("$") <= 1


def scalar(value: str, form: str) -> Scalar:
    return Scalar(value, form, form)


PLAIN = st.sampled_from(
    [
        "no",
        "on",
        "null",
        "~",
        "12:30",
        "2026-06",
        "007",
        "a",
        "b#c",
        "-1",
        "it's",
        "50%",
        "http://x.y/z=1",
        "<<=",
        "é日本",
        "😀",
        "two-words",
        "two words",
    ]
).map(lambda text: scalar(text, text))
SINGLE = st.text(PRINTABLE, max_size=8).map(lambda text: scalar(text, "'" + text.replace("'", "''") + "'"))
DOUBLE = st.builds(
    lambda text, escaped: scalar(text, double_quoted(text, escaped)),
    st.text(st.one_of(PRINTABLE, st.sampled_from("\n\t")), max_size=8).filter(has_no_formula),
    st.booleans(),
)
BLOCK = st.lists(
    st.text(PRINTABLE, min_size=1, max_size=8).filter(lambda line: line[0] != " " and "$" not in line),
    min_size=1,
    max_size=3,
).map(lambda lines: Scalar("\n".join(lines), double_quoted("\n".join(lines), False), "\n".join(["|-", *lines])))


def mappings(items: st.SearchStrategy[Node]) -> st.SearchStrategy[Group]:
    pairs = st.lists(
        st.tuples(st.one_of(PLAIN, SINGLE, DOUBLE), items), min_size=1, max_size=4, unique_by=lambda pair: pair[0].value
    )
    return st.builds(
        lambda entries, brackets: Group(
            tuple(key for key, _ in entries), tuple(item for _, item in entries), brackets=brackets
        ),
        pairs,
        st.booleans(),
    )


def groups(items: st.SearchStrategy[Node]) -> st.SearchStrategy[Group]:
    lists = st.builds(
        lambda entries, brackets: Group((), tuple(entries), brackets=brackets or not entries),
        st.lists(items, max_size=4),
        st.booleans(),
    )
    return st.one_of(mappings(items), lists)


NODES: st.SearchStrategy[Node] = st.recursive(st.one_of(PLAIN, SINGLE, DOUBLE, BLOCK), groups, max_leaves=12)
TREES = groups(NODES)
MAPPINGS = mappings(NODES)
