"""Files of cards and decks as a person would write them: a key a line, texts of several lines as blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class _Dumper(yaml.SafeDumper):
    """Writes lists of words in one line, and texts of several lines as they look."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _words(dumper: yaml.SafeDumper, words: list[Any]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", words, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _words)


def deck_file(deck_id: str, title: str, sections: Sequence[str], more: Mapping[str, Any]) -> str:
    """Return deck.yaml; `more` stands between title and sections."""
    return _written({"id": deck_id, "title": title, **more, "sections": [*sections]})


def card_file(title: str, cards: Sequence[Mapping[str, Any]]) -> str:
    """Return a file of cards, with an empty line between two."""
    return f"{_written({'title': title})}cards:\n" + "\n".join(map(_card, cards))


def _card(card: Mapping[str, Any]) -> str:
    first, *others = _written(card).splitlines(keepends=True)
    return "".join((f"  - {first}", *(f"    {line}" if line.strip() else line for line in others)))


def _written(value: Mapping[str, Any]) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1 << 20)
