"""The large deck that the documentation moves: a small one of the same form, and the real one where it is at hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from anki_cards import png
from conftest import REPOSITORY, artefacts, imported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anki.collection import Collection

CHECKOUT = os.environ.get("CARDGEN_ULTIMATE_GEOGRAPHY", "")
"""A checkout of https://github.com/anki-geo/ultimate-geography (its data is not ours to ship)."""

TABLES = {
    "main": "country,flag,map,region code,ISO,tags\n"
    'Austria,"<img src=""ug-flag-austria.svg"" />","<img src=""ug-map-austria.png"" />",AT,AT,"UG::Europe, UG::Alps"\n'
    'Peru,"<img src=""ug-flag-peru-blur.svg"" /><img src=""ug-flag-peru.svg"" />",,PE,PE,UG::South_America\n',
    "guid": "country,guid,guid:de,guid:he\nAustria,a+/O]%*q,b=u<D5p,c~$1\nPeru,d,e,f\n",
    "country": "country,country:de,country:he\nAustria,Österreich,אוסטריה\nPeru,Peru,\n",
    "country_info": "country,country info,country info:de,country info:he\nPeru,On the coast &amp; high.,Hoch.,\n",
    "capital": "country,capital,capital:de,capital:he\nAustria,Vienna,Wien,וינה\nPeru,Lima,Lima,\n",
    "capital_info": "country,capital info,capital info:de,capital info:he\n",
    "capital_hint": "country,capital hint,capital hint:de,capital hint:he\nPeru,On the sea,Am Meer,\n",
    "flag_similarity": "country,flag similarity,flag similarity:de,flag similarity:he\nAustria,Latvia,Lettland,\n",
}
WORDS = (
    "__LANGUAGE_CODE__,__CAPITAL_TRANSLATION__,__LOCATION_TRANSLATION__,__HINT_TRANSLATION__,__FLAG_TRANSLATION__,"
    "__FLAG_SIMILARITY_TRANSLATION__,__TEXT_DIRECTION__\n"
    "EN,Capital,Location,Hint: ,Flag,Flag similar to {{Flag similarity}}.,ltr\n"
    "DE,Hauptstadt,Lage,Hinweis: ,Flagge,Flagge wie {{Flag similarity}}.,ltr\n"
    "HE,בירה,מיקום,רמז: ,דגל,דגל דומה: {{Flag similarity}}.,rtl\n"
)
CAPITAL = '<div dir="__TEXT_DIRECTION__">{{Country}} __CAPITAL_TRANSLATION__ {{Capital}}</div>'
TEMPLATES = {
    "Country - Capital": f"{{{{#Capital}}}}{{{{Country}}}}{{{{/Capital}}}}\n\n--\n\n{CAPITAL}",
    "Capital - Country": f"{{{{Capital}}}}\n\n--\n\n{CAPITAL}",
    "Country - Flag": "{{#Flag}}{{Country}}?{{/Flag}}\n\n--\n\n{{Flag}} __FLAG_SIMILARITY_TRANSLATION__",
    "Flag - Country": "{{Flag}}\n\n--\n\n{{Country}}",
    "Country - Map": "{{#Map}}{{Country}}{{/Map}}\n\n--\n\n__LOCATION_TRANSLATION__ {{Map}}",
    "Map - Country": "{{Map}}\n\n--\n\n{{Country}}",
}
INTERACTIVE = '{{Country}}<script src="_ug-map.js"></script>\n\n--\n\n{{Map}}<i>{{Region code}}</i>'


def moved(source: Path, folder: Path) -> Path:
    program = REPOSITORY / "docs/examples/ultimate_geography.py"
    subprocess.run([sys.executable, program, source, folder], check=True)
    return folder / "decks"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Make a checkout of two places in three languages, and move it."""
    source = tmp_path / "checkout" / "src"
    files = {
        **{f"data/{name}.csv": text for name, text in TABLES.items()},
        "note_models/translations.csv": WORDS,
        "note_models/style_[Experimental].css": '.value > img[src*="-blur"] { display: none; }\n',
        "media/experimental_assets/_ug-map.js": "// draws the map\n",
    }
    for name, text in TEMPLATES.items():
        files[f"note_models/templates/base/{name} [__LANGUAGE_CODE__].html"] = text
    files["note_models/templates/base/Country - Map [__LANGUAGE_CODE__] [Experimental].html"] = INTERACTIVE
    for name in ("austria", "peru", "peru-blur"):
        files[f"media/flags/ug-flag-{name}.svg"] = f'<svg viewBox="0 0 3 2"><title>{name}</title></svg>'
    for name, text in files.items():
        file = source / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (source / "media/maps").mkdir()
    (source / "media/maps/ug-map-austria.png").write_bytes(png(1))
    return moved(source.parent, tmp_path / "geography")


def cards_of(collection: Collection) -> dict[str, list[int]]:
    """Return the ordinals of the cards of each note, by the text of its first field."""
    found: dict[str, list[int]] = {}
    for flds, ordinal in collection.db.all("select flds, ord from cards, notes where nid = notes.id order by ord"):
        found.setdefault(flds.partition("\x1f")[0], []).append(ordinal)
    return found


def test_each_tier_has_its_cards_and_a_learner_can_go_to_a_higher_one(
    small: Path, tmp_path: Path, anki: Collection
) -> None:
    built = artefacts(small, tmp_path / "dist", "apkg", tiers=("standard", "extended", "experimental"))
    imported(anki, built["world-standard.apkg"])
    assert cards_of(anki) == {"Austria": [0, 1, 3, 5], "Peru": [0, 1, 3]}
    anki.db.execute("update cards set due = 9, ivl = 9, queue = 2, type = 2 where ord = 3")
    assert imported(anki, built["world-extended.apkg"]) == {"updated": 2}
    assert imported(anki, built["world-experimental.apkg"]) == {"updated": 2}
    assert cards_of(anki) == {"Austria": [0, 1, 2, 3, 4, 5], "Peru": [0, 1, 2, 3, 4]}
    assert anki.db.list("select ivl from cards where ord = 3") == [9, 9]
    assert imported(anki, built["world-standard.apkg"]) == {"duplicate": 2}


def test_a_place_that_is_not_translated_is_not_in_that_language(small: Path, tmp_path: Path, anki: Collection) -> None:
    built = artefacts(small, tmp_path / "dist", "apkg")
    for name in ("world.apkg", "world-de.apkg", "world-he.apkg"):
        assert "conflicting" not in imported(anki, built[name])
    assert {*cards_of(anki)} == {"Austria", "Peru", "Österreich", "אוסטריה"}
    assert {kind["name"] for kind in anki.models.all()} >= {
        "Ultimate Geography", "Ultimate Geography [DE]", "Ultimate Geography [HE]"
    }  # fmt: skip
    assert sorted(anki.db.list("select guid from notes")) == sorted(["a+/O]%*q", "b=u<D5p", "c~$1", "d", "e"])


def test_words_and_pictures_are_where_the_deck_had_them(small: Path, tmp_path: Path, anki: Collection) -> None:
    imported(anki, artefacts(small, tmp_path / "dist", "apkg")["world-de.apkg"])
    (peru,) = anki.find_notes("Country:Peru")
    shown = {card.ord: card.render_output().answer_text for card in map(anki.get_card, anki.card_ids_of_note(peru))}
    assert "Hauptstadt Lima" in shown[0]
    assert "Flagge wie ." in shown[2]
    flag = anki.get_note(peru)["Flag"]
    assert flag.index("ug-flag-peru-blur") < flag.rindex("ug-flag-peru-")
    assert anki.media.check().missing == []


@pytest.mark.slow
@pytest.mark.skipif(not CHECKOUT, reason="set CARDGEN_ULTIMATE_GEOGRAPHY to a checkout")
def test_the_real_one_has_the_cards_that_it_had(tmp_path: Path) -> None:
    from anki.collection import Collection

    decks = moved(Path(CHECKOUT), tmp_path / "geography")
    tiers = ("standard", "extended", "experimental")
    built = artefacts(decks, tmp_path / "dist", "apkg", tiers=tiers)
    assert len(built) == 16 * 3

    def learner(name: str) -> Iterator[Collection]:
        collection = Collection(str(tmp_path / f"{name}.anki2"))
        yield collection
        collection.close()

    for anki in learner("both"):
        for language in ("", "-de"):
            assert imported(anki, built[f"world{language}-standard.apkg"]) == {"new": 323}
        assert anki.db.scalar("select count() from cards") == 2 * 982
        anki.db.execute("update cards set due = 9, ivl = 9, queue = 2, type = 2")
        for tier in ("extended", "experimental"):
            assert imported(anki, built[f"world-{tier}.apkg"]) == {"updated": 323}
        assert anki.db.scalar("select count() from cards") == 982 + 1526
        assert anki.db.scalar("select count() from cards where ivl = 9") == 2 * 982
        assert anki.fix_integrity()[1]
        assert anki.db.scalar("select count() from cards") == 982 + 1526
        assert anki.media.check().missing == []
