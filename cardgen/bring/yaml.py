"""Files of cards and decks as a person would write them: a key a line, texts of several lines as blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from cardgen.read.unprintable import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class _InLine(dict[str, Any]):
    """A mapping that is written in one line."""


class _Dumper(yaml.SafeDumper):
    """Writes lists of words in one line, and texts of several lines as they look."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # What ends with empty lines would need a sign behind it, which looks like the end of the file.
    style = None if "\n" not in text else '"' if text.endswith("\n\n") or text == "\n" else "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _words(dumper: yaml.SafeDumper, words: list[Any]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", words, flow_style=True)


def _in_line(dumper: yaml.SafeDumper, mapping: _InLine) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", mapping.items(), flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_InLine, _in_line)
_Dumper.add_representer(list, _words)


def deck_file(deck_id: str, title: str, sections: Sequence[str], more: Mapping[str, Any]) -> str:
    """Return deck.yaml; `more` stands between title and sections."""
    return _written({"id": deck_id, "title": title, **more, "sections": [*sections]})


def kind_file(kind: Mapping[str, Any]) -> str:
    """Return the file of a kind: mappings in one line, or, if there are others in them, each of those in one."""
    return _written({key: _in_lines(value) if isinstance(value, dict) else value for key, value in kind.items()})


def _in_lines(mapping: dict[str, Any]) -> dict[str, Any]:
    if not any(isinstance(part, dict) for part in mapping.values()):
        return _InLine(mapping)
    return {name: _InLine(part) if isinstance(part, dict) else part for name, part in mapping.items()}


def card_file(title: str, cards: Sequence[Mapping[str, Any]]) -> str:
    """Return a file of cards, with an empty line between two."""
    return f"{_written({'title': title})}cards:\n" + "\n".join(map(_card, cards))


def _card(card: Mapping[str, Any]) -> str:
    first, *others = _written(card).removesuffix("\n").split("\n")
    return "".join((f"  - {first}\n", *(f"    {line}\n" if line.strip() else "\n" for line in others)))


def _written(value: Mapping[str, Any]) -> str:
    return "".join(map(_entry, value.items()))


def _entry(entry: tuple[str, Any]) -> str:
    key, value = entry
    if plain := _scalar(value):
        return f"{key}: {plain}\n"
    return yaml.dump({key: value}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1 << 20)


def _scalar(value: object) -> str:
    """Return a text as PyYAML writes it, where that is plain to see and not for it to find out; else nothing.

    It looks at each letter in turn, which takes longer than all that comes before.
    """
    if not isinstance(value, str) or _SPECIAL.search(value):
        return ""
    if "\n" in value:
        lines = "\n".join(f"  {line}" if line else "" for line in value.split("\n"))
        return "" if value[0].isspace() or value[-1].isspace() or " \n" in value else f"|-\n{lines}"
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_WORDS:
        return value
    return f"""'{value.replace("'", "''")}'""" if _QUOTED.match(value) else ""


_SPECIAL: Final = re.compile(f"{UNPRINTABLE.pattern}|[\t\U0010ffff]")
_PLAIN: Final = re.compile(
    r"(?:[^\W\d_]|\d[\d.,]*[%°]? [a-yA-Y])"  # no number, and no sign that means something
    r"(?:[\w.,;()/?!'\"%=+*<>\[\]{}@&|~^$`\\–—’…“”°-]|:(?=\S)|(?<=\S)#| (?=[^\s#]))*"  # noqa: RUF001 - as they are typed
)
"""A text in one line that needs no quotes."""
_NOT_WORDS: Final = frozenset({"y", "n", "yes", "no", "true", "false", "on", "off", "null"})
"""What YAML takes for something else."""
_QUOTED: Final = re.compile(r"(?! )(?:[#,\[\]{}&*!|>'\"%@`]|.*(?:: | #)|.*:\Z)(?:.*[^ ])?\Z", re.DOTALL)
"""A text in one line that needs them."""
