"""Sources on paper: their numbers, where these stand, and the list at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from conftest import artefacts, card_file, written
from printed import Printed, elements

from cardgen.model import Printing
from cardgen.print.nodes import Encoder, Limits
from cardgen.print.pictures import Pictures
from cardgen.print.sources import Sources, Work, marked, short_address
from cardgen.richtext import Group, GroupRole, Paragraph, parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cardgen.print.data import ReferenceNode

MARK: ReferenceNode = {"t": "ref", "n": [4], "more": 0}


def encoder() -> Encoder:
    return Encoder(Pictures({}, ""), Limits(7, 60, 24, 42, 7))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://www.example.org/a/b.html", "www.example.org/a/b.html"),
        ("http://example.org/", "example.org"),
        ("https://example.org/find?p=616#top", "example.org/find?p=616"),
        ("https://example.org:8080/a/", "example.org:8080/a"),
        ("ftp://example.org/a", "ftp://example.org/a"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://[broken", "https://[broken"),
        ("", ""),
    ],
)
def test_an_address_is_as_short_as_people_type_it(address: str, shown: str) -> None:
    assert short_address(address) == shown


def work(name: str) -> Work:
    return Work(name, [name], f"https://example.org/{name}")


def test_works_are_numbered_as_they_are_cited_and_the_list_says_by_which_cards() -> None:
    sources = Sources()
    marks = [sources.refer(1, [work("b"), work("a")]), sources.refer(2, []), sources.refer(4, [work("c"), work("b")])]
    assert marks == [{"t": "ref", "n": [1, 2], "more": 0}, None, {"t": "ref", "n": [3, 1], "more": 0}]
    assert [(entry["c"], entry["address"], entry["cards"]) for entry in sources.entries()] == [
        (["b"], "example.org/b", [1, 4]),
        (["a"], "example.org/a", [1]),
        (["c"], "example.org/c", [4]),
    ]


@pytest.mark.parametrize(("cited", "shown", "more"), [("abc", [1, 2, 3], 0), ("abcd", [1, 2], 2), ("aabb", [1, 2], 0)])
def test_of_many_works_a_mark_names_the_first_two(cited: str, shown: list[int], more: int) -> None:
    assert Sources().refer(1, map(work, cited)) == {"t": "ref", "n": shown, "more": more}


def test_a_mark_stands_behind_the_last_word_of_running_text() -> None:
    nodes = encoder().blocks(parse("First.\n\nLast."))
    assert marked(nodes, MARK) == [{"t": "p", "c": ["First."]}, {"t": "p", "c": ["Last.", MARK]}]
    assert nodes == [{"t": "p", "c": ["First."]}, {"t": "p", "c": ["Last."]}]


def test_a_mark_stands_behind_the_value_of_a_statistic() -> None:
    figure = Group(GroupRole.FIGURE, (Paragraph(("56.4",)),))
    scope = Group(GroupRole.SCOPE, (Paragraph(("of all",)),))
    first, second = encoder().blocks((figure, scope))
    found = marked([first, second], MARK)
    assert found == [{"t": "group", "role": GroupRole.FIGURE, "c": [{"t": "p", "c": ["56.4", MARK]}]}, second]


@pytest.mark.parametrize("answer", ["- one\n- two", "Before:\n\n- one", "| a |\n| - |\n| b |", "```\ncode\n```", ""])
def test_nothing_in_what_is_proved_as_a_whole_is_marked(answer: str) -> None:
    assert marked(encoder().blocks(parse(answer)), MARK) is None


def option(words: str) -> Any:
    return {"mark": "B", "c": encoder().blocks(parse(words))}


def test_a_mark_stands_behind_the_one_option_that_is_right() -> None:
    marked_option = {"mark": "B", "c": [{"t": "p", "c": ["Yes", MARK]}]}
    assert marked([{"t": "options", "c": [option("Yes")]}], MARK) == [{"t": "options", "c": [marked_option]}]
    assert marked([{"t": "options", "c": [option("Yes"), option("No")]}], MARK) is None


# In print

SOURCES = """references:
  - {id: results, type: report, title: Results, publisher: Registry, URL: 'https://example.org/results/2026'}
  - {id: guide, type: report, title: Guide, URL: 'https://example.org/guide'}
  - {id: book, type: book, title: A book}
  - {id: law, type: report, title: Law, URL: 'https://example.org/law'}
"""
CARDS: list[dict[str, Any]] = [
    {"id": "one", "kind": "basic", "front": "One?", "back": "It is one.", "source": ["results", "book"]},
    {"id": "two", "kind": "basic", "front": "Two?", "back": "- a\n- b", "source": "guide"},
    {"id": "many", "kind": "basic", "front": "Many?", "back": "All.", "source": ["law", "results", "guide", "book"]},
    {
        "id": "check",
        "kind": "basic",
        "front": "Sure?",
        "back": "Nearly.",
        "source": "guide",
        "confidence": "secondary",
        "see": "law",
    },
]


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[str], Printed]:
    def build(layout: str) -> Printed:
        files = {
            "sources.yaml": SOURCES,
            "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n",
            "demo/one.yaml": card_file("One", CARDS),
        }
        root = written(tmp_path / "decks", files)
        (file,) = artefacts(root, tmp_path / layout, "pdf", printing=Printing(layout=layout)).values()
        return Printed(file)

    return build


LIST = (
    "1Registry:Resultsexample.org/results/2026·cards1,3"
    "2Abookcards1,3"
    "3Guideexample.org/guide·cards2–4"
    "4Lawexample.org/law·cards3,4"
)


@pytest.mark.parametrize("layout", ["sheet", "large"])
def test_the_list_of_sources_stands_at_the_end(layout: str, printed: Callable[[str], Printed]) -> None:
    text = printed(layout).text().replace("\u200b", "")
    assert LIST in text
    assert text.index(LIST) > text.index("Sure?")


def test_a_sheet_has_few_marks_behind_the_answer_and_others_on_a_line(printed: Callable[[str], Printed]) -> None:
    text = printed("sheet").text()
    shown = ["Itisone.\u20601,2", "Source:3", "Sources:4,1and2more", "Nearly.\u20603", "Checkat:4"]
    assert [words for words in shown if words not in text] == []


def test_large_print_has_no_marks_in_its_sentences(printed: Callable[[str], Printed]) -> None:
    text = printed("large").text()
    shown = ["Itisone.Sources:1,2", "Source:3", "Sources:4,1and2more", "Nearly.Source:3", "Checkat:4"]
    assert [words for words in shown if words not in text] == []


def test_sources_are_notes_and_marks_and_addresses_are_links(printed: Callable[[str], Printed]) -> None:
    file = printed("sheet").file
    kinds = [kind for kind, _ in elements(file)]
    assert kinds.count("Note") == 4
    with pikepdf.open(file) as pdf:
        links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        addresses = [str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A]
    assert addresses == ["https://example.org/results/2026", "https://example.org/guide", "https://example.org/law"]
    assert len(links) == len(addresses) + 7


@pytest.mark.parametrize(("works", "on_the_last_page"), [(78, 78), (85, 9)])
def test_a_few_sources_have_no_page_to_themselves(works: int, on_the_last_page: int, tmp_path: Path) -> None:
    each = "  - {{id: s{0}, type: report, title: Results of the year {0}, URL: 'https://example.org/results/{0}'}}\n"
    files = {
        "sources.yaml": "references:\n" + "".join(each.format(number) for number in range(works)),
        "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n",
        "demo/one.yaml": card_file("One", [CARDS[0] | {"source": [f"s{number}" for number in range(works)]}]),
    }
    (file,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "pdf").values()
    found = Printed(file)
    assert found.text(first=len(found.sizes)).count("·card1") == on_the_last_page
