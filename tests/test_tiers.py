"""Tiers of kinds of one's own: which cards each has, how decks are cut by them, and what Anki makes of that."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import card_file, imported
from msgspec.structs import replace
from test_own_cards import COUNTRY, notes_of
from test_reimport_kinds import CARDS, EXPERIMENTAL, EXTENDED, STANDARD, Author

from cardgen.anki.fields import anki_notes
from cardgen.anki.package import AnkiDeck, Package
from cardgen.build.plan import plan
from cardgen.build.request import Request
from cardgen.export import DeckNotes, EditionNotes
from cardgen.kinds import own
from cardgen.kinds.own import cards_at
from cardgen.ledger import APART, read
from cardgen.model import Collection, Deck, OwnTemplate, Slot, Variant
from cardgen.model.collection import Selection
from cardgen.model.edition import Edition
from cardgen.notes import at_tier, compose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import anki.collection
    from conftest import Ran

TIERS = ("standard", "extended", "wild")
KIND = replace(
    COUNTRY,
    templates=(*COUNTRY.templates, OwnTemplate("who", "Who", "{{#Wild}}{{Facts}}{{/Wild}}", "{{Country}}", "wild")),
    field_slots=(*COUNTRY.field_slots[:5], Slot("tier", "wild"), Slot("spare", "1")),
    template_slots=(*COUNTRY.template_slots[:2], Slot("template", "who")),
    tiers=TIERS,
)
ENGLAND = {"id": "england", "country": "England", "capital": "London", "code": "GB-ENG", "facts": "wet"}
CODED = {"id": "x", "country": "X", "code": "XX"}


def test_packages_can_space_times_by_ranks() -> None:
    ranks = [replace(KIND, tiers=tuple(map(str, range(10)))).rank(str(number)) for number in range(10)]
    assert ranks == list(range(10))
    assert max(ranks) < APART


def test_a_tier_has_its_own_cards_and_those_below_it() -> None:
    content = own.read({**ENGLAND, "kind": KIND})
    assert [cards_at(content, tier) for tier in (*TIERS, "", "none-of-its-own")] == [
        (0,), (0, 1), (0, 1, 2), (0, 1, 2), (0, 1, 2)
    ]  # fmt: skip


def test_a_note_without_a_card_at_a_tier_is_not_in_it() -> None:
    _, notes = notes_of(KIND, ENGLAND, CODED)
    assert [(note.place, note.ordinals) for note in at_tier(notes, "standard")] == [("england", (0,))]
    assert [(note.place, note.ordinals) for note in at_tier(notes, "extended")] == [("england", (0, 1)), ("x", (1,))]
    assert list(at_tier(notes, "wild")) == list(notes)


@pytest.mark.parametrize(("tags", "cards"), [((), (0,)), (("t",), (0, 1))])
def test_a_template_may_ask_whether_there_are_tags(tags: tuple[str, ...], cards: tuple[int, ...]) -> None:
    by_tag = OwnTemplate("code", "By tag", "{{#Tags}}{{Country}}{{/Tags}}", "{{Capital}}")
    kind = replace(COUNTRY, templates=(COUNTRY.templates[0], by_tag))
    deck, _ = notes_of(kind, ENGLAND)
    (section,) = deck.sections
    (card,) = section.cards
    tagged = replace(deck, section_tags=False, sections=(replace(section, cards=(replace(card, tags=tags),)),))
    (note,) = compose(tagged, {})
    assert note.ordinals == cards


@pytest.fixture
def collection() -> Collection:
    """Return a collection of a deck with tiers and a variant, and one without."""
    variants = (Variant("few", "Few", Selection((("tags", frozenset({"few"})),))),)
    world, _ = notes_of(KIND, ENGLAND, CODED)
    (section,) = world.sections
    tagged = replace(section, cards=tuple(replace(card, tags=("few",)) for card in section.cards))
    plain = replace(COUNTRY, id="plain", templates=COUNTRY.templates[:1], tiers=())
    other, _ = notes_of(plain, ENGLAND)
    decks = (replace(world, sections=(tagged,), variants=variants), replace(other, id="other", name="other"))
    return Collection("All", {}, {}, decks, own_kinds={"country": KIND, "plain": plain})


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"tiers": ["extended"]}, ["world-extended"]),
        ({"tiers": ["standard", "wild", "standard"]}, ["world-standard", "world-wild"]),
        ({"tiers": ["extended"], "variants": ["few"]}, ["world-few-extended"]),
        ({"tiers": ["extended"], "where": [("tags", "few")]}, ["world-extended-tags-few"]),
        ({"tiers": ["extended"], "all_in_one": True}, ["all-extended"]),
        ({"all_variants": True}, ["world", "other", "world-few", "world-standard", "world-extended"]),
        ({"all_variants": True, "tiers": ["wild"]}, ["world-wild", "world-few-wild"]),
    ],
)
def test_decks_are_cut_by_tiers(collection: Collection, asked: dict[str, Any], names: list[str]) -> None:
    planned, problems = plan(Request(**asked), collection)
    assert ([part.name for part in planned], problems) == (names, ())
    assert all(edition.tier == part.tier for part in planned for edition in part.editions)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"tiers": ["extend"]}, ("CG509", "no tier `extend` in `world`, `other`", "Did you mean `extended`?")),
        (
            {"tiers": ["wild"], "variants": ["fe"]},
            ("CG502", "no variant `fe` in `world`, `other`", "Did you mean `few`?"),
        ),
    ],
)  # fmt: skip
def test_a_tier_that_no_deck_has_is_told(
    collection: Collection, asked: dict[str, Any], found: tuple[str, str, str]
) -> None:
    planned, problems = plan(Request(**asked), collection)
    assert planned == ()
    assert [(problem.code, problem.message, problem.hint) for problem in problems] == [found]


def test_an_edition_is_called_by_its_tier() -> None:
    deck, _ = notes_of(KIND, ENGLAND)
    edition = Edition(deck, Variant("few", "A few", Selection()), tier="extended")
    assert (edition.name, edition.title) == ("world-few-extended", "A few, Extended")


def package(deck: Deck, notes: tuple[Any, ...], tier: str, file: Path) -> Path:
    """Write the package of a deck at a tier whose content is of the second 100."""
    kept = tuple(at_tier(notes, tier))
    times = {note.guid: 100 + KIND.rank(tier) for note in notes}
    edition = EditionNotes(DeckNotes(deck, times, {}, tier=tier), kept, "")
    stream = io.BytesIO()
    Package([AnkiDeck("World")], anki_notes(edition), times).write_to(stream)
    file.write_bytes(stream.getvalue())
    return file


def test_a_higher_tier_is_newer_to_anki_and_a_lower_one_older(tmp_path: Path, anki: anki.collection.Collection) -> None:
    deck, notes = notes_of(KIND, ENGLAND)
    packages = {tier: package(deck, notes, tier, tmp_path / f"{tier}.apkg") for tier in TIERS}
    assert imported(anki, packages["standard"]) == {"new": 1}
    anki.sched.set_due_date(anki.find_cards(""), "7")
    for tier, cards in (("extended", 2), ("wild", 3)):
        assert imported(anki, packages[tier]) == {"updated": 1}
        assert (anki.card_count(), len(anki.find_cards("is:review"))) == (cards, 1)
    for tier in ("extended", "standard"):
        assert imported(anki, packages[tier]) == {"duplicate": 1}
    assert (anki.card_count(), list(anki.get_empty_cards().notes)) == (3, [])


@pytest.mark.parametrize("tier", ["standard", "extended", ""])
def test_a_ledger_is_restored_from_a_package_of_any_tier(
    tmp_path: Path, cardgen: Callable[..., Ran], tier: str
) -> None:
    author = Author(tmp_path, cardgen)
    package = author.build(tier)
    ledger = tmp_path / "decks/world/ledger.txt"
    before = read(ledger.read_text(encoding="utf-8")).entries
    ledger.unlink()
    assert cardgen("build", "--format", "apkg", "--since", package).code == 0
    assert read(ledger.read_text(encoding="utf-8")).entries == before


def test_a_list_counts_the_cards_of_each_tier(tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    Author(tmp_path, cardgen)
    tiers = f"standard ({STANDARD} in Anki), extended ({EXTENDED} in Anki), experimental ({EXPERIMENTAL} in Anki)"
    assert cardgen("list").out.splitlines()[-1] == f"  tiers:    {tiers}"


def test_stats_count_the_cards_of_a_tier(tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    Author(tmp_path, cardgen)
    (tmp_path / "decks/world/one.yaml").write_text(
        card_file("One", [CARDS[0], CODED | {"kind": "country"}]), encoding="utf-8"
    )
    counted = {
        edition["name"]: edition["cards"]
        for edition in json.loads(cardgen("stats", "--tier", "standard", "--tier", "extended", "--output", "json").out)[
            "editions"
        ]
    }
    assert counted == {"world-standard": 1, "world-extended": 2}
    assert "error[CG509]: no tier `none` in `world`" in cardgen("stats", "--tier", "none").err


def test_a_plan_of_a_tier_has_the_notes_of_its_package(
    tmp_path: Path, cardgen: Callable[..., Ran], anki: anki.collection.Collection
) -> None:
    author = Author(tmp_path, cardgen)
    imported(anki, author.build("standard"))
    made = anki.card_count()
    day = ("--start", "2026-12-01", "--interview", "2026-12-20", "--minutes", "20")
    planned = cardgen("plan", *day, "--tier", "standard", "--format", "apkg")
    assert planned.out.startswith("World, Standard: ")
    assert imported(anki, tmp_path / "dist/plan-standard-2026-12-20.apkg") == {"duplicate": anki.note_count()}
    assert (anki.card_count(), anki.fix_integrity()[1], anki.card_count()) == (made, True, made)
    assert cardgen("plan", *day, "--tier", "none").code == 1


def test_a_site_offers_packages_of_the_lower_tiers(tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    Author(tmp_path, cardgen)
    assert cardgen("site", "--format", "apkg", "--format", "csv").code == 0
    assert [path.name for path in sorted((tmp_path / "site/downloads").iterdir())] == [
        "manifest.json", "world-extended.apkg", "world-standard.apkg", "world.apkg", "world.csv"
    ]  # fmt: skip
    deck = (tmp_path / "site/decks/world.html").read_text(encoding="utf-8")
    assert [deck.count(f"<h2>{tier}</h2>") for tier in ("Standard", "Extended", "Experimental")] == [1, 1, 0]
    downloads = (tmp_path / "site/downloads.html").read_text(encoding="utf-8")
    assert 'id="tier-standard"' in downloads
    latest = json.loads((tmp_path / "site/latest.json").read_text(encoding="utf-8"))["files"]
    assert {name: file.get("tier") for name, file in latest.items()} == {
        "world-extended.apkg": "extended", "world-standard.apkg": "standard", "world.apkg": None, "world.csv": None
    }  # fmt: skip


def test_artefacts_of_a_tier_that_is_gone_leave(tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    author = Author(tmp_path, cardgen)
    assert cardgen("build", "--format", "csv", "--all-variants").code == 0
    assert [path.name for path in sorted((tmp_path / "dist").glob("*.csv"))] == [
        "world-extended.csv", "world-standard.csv", "world.csv"
    ]  # fmt: skip
    manifest = json.loads((tmp_path / "dist/manifest.json").read_text(encoding="utf-8"))
    assert {entry["file"]: entry["tier"] for entry in manifest["artefacts"]} == {
        "world-extended.csv": "extended", "world-standard.csv": "standard", "world.csv": None
    }  # fmt: skip
    author.replace("country.yaml", "[standard, ", "[plain, ")
    built = cardgen("build", "--format", "csv")
    assert "dist/world-standard.csv is removed: there is no tier `standard` any more\n" in built.out
