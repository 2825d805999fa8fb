"""One flaw in a file is told once: what fits stays, and no good card is accused of what follows from it."""

from __future__ import annotations

from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cardgen.diagnostics import as_json, as_text
from cardgen.lint.run import CheckRequest, check
from cardgen.load import load_decks

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCES = "references:\n  - {id: s1, type: book, title: T, publisher: P}\n"
GOOD = "  - {id: good, kind: basic, front: Which river is the longest of Europe?, back: The Volga}\n"
BAD = "  - {id: bad, kind: bsaic, front: Which river is the longest of Asia?, back: The Yangtze}\n"

UNKNOWN_KIND = """
    error[CG204]: `kind`: must be one of `basic`, `reversed`, `typed`, `cloze`, `choice`, `definition`, `statistic`, \
`process`, `framework`, `story`, `occlusion`, not `bsaic`
      --> decks/demo/one.yaml:5:21
      5 |   - {id: bad, kind: bsaic, front: Which river is the longest of Asia?, back: The Yangtze}
        |                     ^^^^^
      hint: Did you mean `basic`?

    1 error
"""


@pytest.fixture
def found(decks: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return what `check` finds in the small deck with other files, as text."""

    def run(files: dict[str, str]) -> str:
        decks(files)
        monkeypatch.chdir(tmp_path)
        return as_text(check(CheckRequest(Path("decks"))).diagnostics)

    return run


def test_a_card_of_an_unknown_kind_takes_no_defaults_from_the_others(found: Callable[..., str]) -> None:
    cards = f"title: One\ndefaults: {{source: s1, as_of: 2025}}\ncards:\n{GOOD}{BAD}"
    assert found({"sources.yaml": SOURCES, "demo/one.yaml": cards}) == cleandoc(UNKNOWN_KIND)


def test_the_defaults_of_a_file_with_a_flaw_reach_its_good_cards(decks: Callable[..., Path]) -> None:
    cards = f"title: One\ndefaults: {{source: s1, as_of: 2025, tags: [rivers], levl: core}}\ncards:\n{GOOD}"
    loaded = load_decks(decks({"sources.yaml": SOURCES, "demo/one.yaml": cards}))
    assert loaded.readable is not None
    (section,) = loaded.readable.decks[0].sections
    (card,) = section.cards
    assert (section.tags, card.tags, card.as_of, card.citations[0].source) == (("rivers",), ("rivers",), "2025", "s1")


@pytest.mark.parametrize(
    ("defaults", "said"),
    [
        pytest.param("{source: [], as_of: 2025}", "`source`: a list does not belong here", id="a broken source"),
        pytest.param("{source: s1, as_of: soon}", "`as_of`: `soon` does not have the right form", id="a broken date"),
        pytest.param(
            "{source: s1, as_of: 2025, lang: English}",
            "`lang`: `English` does not have the right form",
            id="a broken language",
        ),
    ],
)
def test_a_rule_that_needs_what_is_broken_is_silent(defaults: str, said: str, found: Callable[..., str]) -> None:
    # In English the question would be one that is answered with yes or no.
    card = "  - {id: good, kind: basic, front: Is the Volga long?, back: It is}\n"
    shown = found({"sources.yaml": SOURCES, "demo/one.yaml": f"title: One\ndefaults: {defaults}\ncards:\n{card}"})
    heads = [line.split(": ", 1)[1] for line in shown.splitlines() if line.startswith(("error", "warning"))]
    assert [head for head in heads if "yes" not in head] == [said]
    assert ("yes" in shown) == ("lang" not in defaults)


def test_a_card_that_says_it_itself_is_judged_all_the_same(found: Callable[..., str]) -> None:
    cards = "title: One\ndefaults: {as_of: soon}\ncards:\n" + GOOD.replace("}", ", as_of: 2199}")
    assert "warning[P04]: `as_of` is 2199, which is in the future" in found({"demo/one.yaml": cards})


def test_a_source_with_a_flaw_is_not_called_incomplete_as_well(found: Callable[..., str]) -> None:
    sources = SOURCES + "  - {id: s2, title: U}\n"
    cards = "title: One\ncards:\n" + GOOD.replace("}", ", source: s2, as_of: 2025}")
    assert found({"sources.yaml": sources, "demo/one.yaml": cards}) == cleandoc("""
        error[CG202]: missing field `type` in source `s2`
          --> decks/sources.yaml:3:5
          3 |   - {id: s2, title: U}
            |     ^
          hint: Most sources are a `webpage`, a `book`, an `article-journal` or a `report`.

        1 error
    """)


def test_an_abbreviation_is_not_missed_where_a_card_could_not_be_read(found: Callable[..., str]) -> None:
    cards = (
        "title: One\ncards:\n"
        "  - {id: good, kind: basic, front: Which bodies of water does the ICPDR protect?, back: The Danube}\n"
        "  - {id: icpdr, kind: definition, term: ICPDR, definition: A commission, nots: 1}\n"
    )
    assert found({"demo/one.yaml": cards}).splitlines()[-1] == "1 error"


def test_a_language_that_the_collection_gives_wrongly_is_not_taken_for_english(found: Callable[..., str]) -> None:
    cards = "title: One\ncards:\n" + GOOD.replace("Which river is the longest of Europe?", "Is it long?")
    assert "yes" in found({"demo/one.yaml": cards})
    assert [
        line for line in found({"collection.yaml": "language: Deutsch!\n"}).splitlines() if line.startswith(("e", "w"))
    ] == ["error[CG205]: `language`: `Deutsch!` does not have the right form"]


def test_references_that_are_no_list_of_mappings_make_lint_silent(found: Callable[..., str]) -> None:
    assert found({"sources.yaml": "references: [{id: [s], type: book, title: T}, x]\n"}).splitlines()[-1] == "2 errors"


def test_errors_come_first_in_text_and_programs_get_the_order_of_files(found: Callable[..., str]) -> None:
    files = {"demo/media/x.png": "x", "demo/one.yaml": f"title: One\ncards:\n{GOOD}{BAD}"}
    said = [line.split("]")[0] for line in found(files).splitlines() if line.startswith(("error", "warning"))]
    assert said == ["error[CG204", "warning[CG409"]
    written = as_json(check(CheckRequest(Path("decks"))).diagnostics)
    assert written.index("CG409") < written.index("CG204")
