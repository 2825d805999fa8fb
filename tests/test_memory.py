"""A running preview remembers what has not changed; whatever is edited, it shows what a new one would show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from conftest import written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardgen.memory import NO_MEMORY, Memory
from cardgen.preview.site import as_json, compile_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

PNG = b"\x89PNG\r\n\x1a\n"


class Decks:
    """A folder of decks that is edited."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.collection: dict[str, Any] = {"title": "All", "facets": {"level": ["core", "more"]}}
        self.sources: list[dict[str, Any]] = [{"id": "book", "type": "book", "title": "Book"}]
        self.decks: dict[str, dict[str, Any]] = {
            name: {
                "id": name,
                "title": name,
                "sections": ["one", "two"],
                "variants": {"core": {"where": {"level": "core"}}},
            }
            for name in ("left", "right")
        }
        self.cards: dict[tuple[str, str], list[dict[str, Any]]] = {
            (name, section): [
                {"id": f"{section}-a", "kind": "basic", "front": "Q?", "back": "A", "level": "core", "source": "book"},
                {"id": f"{section}-b", "kind": "cloze", "text": "{{c1::x}} and {{c2::y}}"},
            ]
            for name in self.decks
            for section in ("one", "two")
        }
        self.language: dict[str, Any] = {
            "sections": {"one": "Eins"},
            "cards": {
                "one-a": {"front": "F?", "back": "A"},
                "one-b": {"text": "{{c1::x}} und {{c2::y}}"},
                "two-a": {"front": "G?", "back": "B", "note": "![p](media/a.png)"},
            },
        }
        self.pictures = {"a.png": PNG, "b.png": PNG + b"2"}
        self.broken = ""

    def write(self) -> None:
        """Write all files."""
        files: dict[str, str | bytes] = {
            "collection.yaml": yaml.safe_dump(self.collection, sort_keys=False),
            "sources.yaml": yaml.safe_dump({"references": self.sources}, sort_keys=False),
        }
        for name, deck in self.decks.items():
            files[f"{name}/deck.yaml"] = yaml.safe_dump(deck, sort_keys=False)
            for picture, content in self.pictures.items():
                files[f"{name}/media/{picture}"] = content
        for (name, section), cards in self.cards.items():
            document = {"title": section.title(), "cards": cards}
            files[f"{name}/{section}.yaml"] = yaml.safe_dump(document, sort_keys=False) + self.broken
        files["left/languages/fr.yaml"] = yaml.safe_dump(self.language, sort_keys=False)
        for file in self.root.rglob("*.png"):
            file.unlink()
        written(self.root, files)


def reword(decks: Decks, number: int) -> None:
    cards = decks.cards["left", "one"]
    cards[number % len(cards)]["note"] = f"note {number}"


def add_card(decks: Decks, number: int) -> None:
    cards = decks.cards["left", "one"]
    new = {"id": f"new-{number}", "kind": "definition", "term": f"T{number}", "definition": "D"}
    if new["id"] not in {card["id"] for card in cards}:
        cards.insert(number % (len(cards) + 1), new)


def remove_card(decks: Decks, number: int) -> None:
    cards = decks.cards["left", "one"]
    if len(cards) > 1:
        del cards[number % len(cards)]


def show_picture(decks: Decks, number: int) -> None:
    cards = decks.cards["right", "two"]
    cards[number % len(cards)]["note"] = f"![p](media/{'ab'[number % 2]}.png)"


def change_picture(decks: Decks, number: int) -> None:
    decks.pictures["a.png"] = PNG + bytes([number % 7])


def delete_or_restore_picture(decks: Decks, number: int) -> None:
    if decks.pictures.pop("b.png", None) is None:
        decks.pictures["b.png"] = PNG + bytes([number % 3])


def retitle_source(decks: Decks, number: int) -> None:
    decks.sources[0]["title"] = f"Book {number % 3}"


def rename_source(decks: Decks, number: int) -> None:
    decks.sources[0]["id"] = ("book", "other")[number % 2]


def change_facets(decks: Decks, number: int) -> None:
    decks.collection["facets"] = {"level": ["core", "more"][number % 2 :]}


def change_language(decks: Decks, number: int) -> None:
    decks.collection["language"] = ("en", "de", "ar")[number % 3]


def change_words(decks: Decks, number: int) -> None:
    decks.collection["words"] = {"en": {"secondary": f"second {number % 2}"}}


def retitle_deck(decks: Decks, number: int) -> None:
    decks.decks["left"]["title"] = f"left {number % 3}"


def change_variants(decks: Decks, number: int) -> None:
    decks.decks["left"]["variants"] = {f"v{number % 2}": {"where": {"kind": "basic"}}}


def turn_sections(decks: Decks, _number: int) -> None:
    decks.decks["right"]["sections"].reverse()


def break_or_repair(decks: Decks, _number: int) -> None:
    decks.broken = "" if decks.broken else "  - ["


def retire(decks: Decks, number: int) -> None:
    card = decks.cards["right", "one"][number % 2]
    if not card.pop("retired", False):
        card["retired"] = True


def retranslate(decks: Decks, number: int) -> None:
    decks.language["cards"]["one-a"]["back"] = f"A{number % 5}"


def skip_or_show(decks: Decks, number: int) -> None:
    block = decks.language["cards"][("one-a", "one-b", "two-a")[number % 3]]
    if not block.pop("skip", False):
        block["skip"] = True


def break_or_repair_block(decks: Decks, _number: int) -> None:
    if decks.language["cards"]["two-a"].pop("tags", None) is None:
        decks.language["cards"]["two-a"]["tags"] = "x"


def reword_title(decks: Decks, number: int) -> None:
    decks.language["sections"]["one"] = f"Un {number % 2}"


EDITS: tuple[Callable[[Decks, int], None], ...] = (
    reword, add_card, remove_card, show_picture, change_picture, delete_or_restore_picture, retitle_source,
    rename_source, change_facets, change_language, change_words, retitle_deck, change_variants, turn_sections,
    break_or_repair, retire, retranslate, skip_or_show, break_or_repair_block, reword_title,
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 20)), min_size=1, max_size=8))
def test_after_any_edits_the_page_is_that_of_a_new_preview(
    edits: list[tuple[Callable[[Decks, int], None], int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    decks = Decks(tmp_path_factory.mktemp("decks"))
    memory = Memory()
    decks.write()
    compile_site(decks.root, memory=memory)
    for edit, number in edits:
        edit(decks, number)
        decks.write()
        remembered, fresh = (compile_site(decks.root, memory=known) for known in (memory, NO_MEMORY))
        assert (remembered.cards, as_json(remembered)) == (fresh.cards, as_json(fresh))


def test_only_the_section_that_changed_is_made_again(tmp_path: Path) -> None:
    decks = Decks(tmp_path)
    memory = Memory()
    decks.write()
    before = {id(card) for card in compile_site(tmp_path, memory=memory).cards}
    add_card(decks, 0)
    decks.write()
    after = compile_site(tmp_path, memory=memory)
    made = {f"{card.deck}/{card.section}" for card in after.cards if id(card) not in before}
    assert made == {"left/one", "left-fr/one"}


def test_of_another_language_only_the_section_that_changed_is_made_again(tmp_path: Path) -> None:
    decks = Decks(tmp_path)
    memory = Memory()
    decks.write()
    before = {id(card) for card in compile_site(tmp_path, memory=memory).cards}
    retranslate(decks, 1)
    decks.write()
    after = compile_site(tmp_path, memory=memory)
    made = {f"{card.deck}/{card.section}" for card in after.cards if id(card) not in before}
    assert made == {"left-fr/one", "left-fr/two"}


def test_a_picture_that_changes_makes_the_section_again_that_shows_it(tmp_path: Path) -> None:
    decks = Decks(tmp_path)
    memory = Memory()
    show_picture(decks, 0)
    decks.write()
    before = compile_site(tmp_path, memory=memory)
    decks.pictures["a.png"] = PNG + b"another"
    decks.write()
    after = compile_site(tmp_path, memory=memory)
    assert [one.key for one, two in zip(before.cards, after.cards, strict=True) if one != two] == [
        "left-fr/two-a",
        "right/two-a",
    ]
