"""The site: static pages that hold every card, lead nowhere wrong and show text as text."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from conftest import MINIMAL_CARDS, REPOSITORY, Ran, card_file, written
from test_csv import ONE_OF_EACH
from test_occlusion import HEART, PLAIN
from test_preview import PIXEL

from cardgen.build.release_notes import MARK
from cardgen.check import schema_text
from cardgen.diagnostics import as_text, has_errors
from cardgen.site import SiteRequest, publish
from cardgen.site.publish import ADDRESS, REPORT
from cardgen.site.releases import notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCES = """\
references:
  - {id: nrmp, type: report, title: Results, publisher: NRMP, URL: "https://example.org/r?a=1&b=2"}
  - {id: book, type: book, title: A book, issued: "2024"}
"""
COLLECTION = """\
title: Geography
facets: {level: [core, more]}
site:
  about: The *rivers* of the world.
  notice: Without warranty.
  which: How long have you been learning?
  audiences:
    - {variant: core, for: You begin., begin_with: few}
    - {variant: more, for: You go on.}
  chapters:
    - {title: Checked, text: By two readers.}
  report: "https://example.org/new?title={card}&body={question}"
"""
MORE = "more: {title: The rest, where: {level: more}}"
VARIANTS = f"variants: {{core: {{title: The core, where: {{level: core}}}}, few: {{where: {{kind: cloze}}}}, {MORE}}}\n"
FILES: dict[str, str | bytes] = {
    "collection.yaml": COLLECTION,
    "sources.yaml": SOURCES,
    "left/deck.yaml": f"id: left\ntitle: All::Left\ndescription: The left one.\nsections: [one, two]\n{VARIANTS}",
    "left/one.yaml": card_file("One", ONE_OF_EACH, defaults={"level": "core"}),
    "left/two.yaml": card_file(
        "Two",
        [
            {"id": "dot", "kind": "basic", "front": "![a dot](media/dot.png)", "back": "A dot"},
            {"id": "sum", "kind": "basic", "front": "$\\frac{a}{b}$?", "back": "| a | b |\n| - | -: |\n| 1 | `x` |"},
        ],
        defaults={"level": "more"},
    ),
    "left/media/dot.png": PIXEL,
    "right/deck.yaml": f"id: right\ntitle: All::Right\nsections: [only]\nvariants: {{{MORE}}}\n",
    "right/only.yaml": card_file(
        "Only", [{"id": "a", "kind": "basic", "front": "Why?", "back": "So.", "level": "more"}]
    ),
}

FIRST_PAGE = (
    "The rivers of the world. 2 decks · 12 cards · Last changed on … "
    "Which edition is yours? How long have you been learning? "
    "The core You begin. Begin with this .apkg · 2 cards in Anki · … Complete .apkg · 14 cards in Anki · … "
    "All files, with checksums "
    "The rest You go on. Complete .apkg · 3 cards in Anki · … All files, with checksums How to import "
    "Decks All decks .apkg · 17 cards in Anki · … "
    "Left The left one. 11 cards · 16 cards in Anki For Anki .apkg · 16 cards in Anki · … "
    "Right 1 card · 1 card in Anki For Anki .apkg · 1 card in Anki · … "
    "Checked By two readers. Without warranty. cardgen … · deck …"
)

CARD = (
    '<article id="basic" class="basic"><details><summary><h2>Who <strong>issues</strong> it?</h2></summary>'
    '<div class="answer"><p>ECFMG</p></div>'
    '<footer><p>Source: NRMP: <a href="https://example.org/r?a=1&amp;b=2">Results</a></p>'
    "<p>As of May 2026</p>"
    '<p><code>left/basic</code> <a href="https://example.org/new?title=left%2Fbasic&amp;body=Who%20issues%20it%3F">'
    "Something wrong?</a></p></footer></details></article>"
)


class Read(HTMLParser):
    """What a page has: its elements with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in ("em", "strong", "span", "code", "bdi"):
            self.words += " "

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.words += data

    def values(self, name: str) -> Iterator[str]:
        """Yield the values of an attribute."""
        return (value for _, attributes in self.elements if (value := attributes.get(name)) is not None)


def made(decks: Path, out: Path, **asked: Any) -> Path:
    """Publish, where there is no error to find; give the folder."""
    built = publish(SiteRequest(decks=decks, out=out, **{"formats": ("apkg",)} | asked))
    assert not has_errors(built.diagnostics), as_text(built.diagnostics)
    assert built.artefacts
    return out


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their paths."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish two small decks."""
    folder = tmp_path_factory.mktemp("small")
    return made(written(folder / "decks", FILES), folder / "site", address="https://example.org/geography")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the decks that ship."""
    folder = tmp_path_factory.mktemp("large")
    decks = Path(shutil.copytree(REPOSITORY / "decks", folder / "decks"))
    return made(decks, folder / "site")


def page(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_a_site_is_these_files(small: Path) -> None:
    names = set(contents(small))
    (picture,) = (name for name in names if name.startswith("media/"))
    assert names - {picture} == {
        "changes.html", "downloads.html", "feed.xml", "icon.svg", "import.html", "index.html", "latest.json",
        "site.css", "site.json", "decks/left.html", "decks/left/one.html", "decks/left/two.html", "decks/right.html",
        "decks/right/only.html", "pictures/choose.png", "pictures/options.png", "pictures/study.png",
        "downloads/manifest.json", "downloads/geography.apkg", "downloads/geography-more.apkg", "downloads/left.apkg",
        "downloads/left-core.apkg", "downloads/left-few.apkg", "downloads/left-more.apkg", "downloads/right.apkg",
        "downloads/right-more.apkg",
    }  # fmt: skip
    assert (small / picture).read_bytes() == PIXEL


# What it says --------------------------------------------------------------------------------------------------------


def test_the_first_page_says_what_there_is_in_the_collections_own_words(small: Path) -> None:
    words = " ".join(Read(page(small, "index.html")).words.split())
    begun = words.index("The rivers of the world.")
    said = re.sub(r"\d+ kB|\d+ \w+ \d{4}", "…", words[begun:])
    assert re.sub(r"cardgen \S+ · … · deck \w+", "cardgen … · deck …", said) == FIRST_PAGE


def test_facts_in_a_row_each_keep_their_own_direction(small: Path) -> None:
    assert "<small><bdi>.apkg</bdi> · <bdi>2 cards in Anki</bdi> · <bdi>" in page(small, "index.html")


def test_a_card_opens_to_its_answer_its_sources_and_its_dates(small: Path) -> None:
    found = page(small, "decks/left/one.html")
    basic = found[found.index('<article id="basic"') : found.index('<article id="reversed"')]
    assert basic.strip() == CARD


def test_a_card_is_found_by_its_id_on_the_page_of_its_deck(small: Path) -> None:
    deck = Read(page(small, "decks/left.html"))
    targets = {unquote(address) for address in deck.values("href")}
    for name in ("basic", "framework", "dot", "sum"):
        (section,) = (target for target in targets if target.endswith(f"#{name}"))
        assert name in Read(page(small, f"decks/{section.partition('#')[0]}")).values("id")
        assert name in deck.values("id")


def test_options_do_not_tell_which_is_right(small: Path) -> None:
    found = page(small, "decks/left/one.html")
    question = re.search(r'<article id="choice".*?<details>', found, re.DOTALL)
    assert question is not None
    assert '<div class="options"><ul><li>J-1</li><li>O-1</li></ul></div>' in question[0]


MASKED = (
    '<h2>The <em>heart</em></h2><div class="question"><div class="masked"><p>IMAGE</p><svg aria-hidden="true">'
    '<rect x="6.25%" y="10%" width="37.5%" height="30%"></rect><text x="25%" y="25%">1</text>'
    '<ellipse cx="75%" cy="30%" rx="15%" ry="16%"></ellipse><text x="75%" y="30%">2</text>'
    '<svg viewBox="0 0 100 100" preserveAspectRatio="none"><polygon points="25,90 50,60 75,90"/></svg>'
    '<text x="50%" y="75%">3</text></svg></div><div class="prompt">Name the 3 parts.</div></div>'
    "<details><summary>Answer</summary>"
    '<div class="answer"><p>IMAGE</p><ol><li>Left atrium</li><li>Right <strong>atrium</strong></li><li>Septum</li></ol>'
    "</div>"
)


def test_masks_have_numbers_and_the_answer_has_none(decks: Callable[..., Path], tmp_path: Path) -> None:
    bare = {"id": "bare", "kind": "occlusion", "image": "media/heart.svg", "masks": {"a": {"rect": [1, 2, 30, 40]}}}
    files = {"demo/one.yaml": card_file("One", [HEART, bare]), "demo/media/heart.svg": PLAIN}
    found = page(made(decks(files), tmp_path / "site"), "decks/demo/one.html")
    heart, untitled = re.findall(r"<article [^>]*>(.*?)<footer>", re.sub(r"<img [^>]*>", "IMAGE", found))
    assert heart.startswith(MASKED)
    assert untitled.startswith('<h2>demo/bare</h2><div class="question"><div class="masked"><p>IMAGE</p><svg')
    assert untitled.endswith('<div class="answer"><p>IMAGE</p></div>')


def test_formulas_are_mathml(small: Path) -> None:
    assert "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>?" in page(small, "decks/left/two.html")


def test_a_collection_that_says_nothing_offers_all_variants(decks: Callable[..., Path], tmp_path: Path) -> None:
    deck = "id: demo\ntitle: Demo\nsections: [one]\nvariants: {few: {title: A few, where: {kind: basic}}}\n"
    site = made(decks({"demo/deck.yaml": deck}), tmp_path / "site")
    assert {"downloads/demo.apkg", "downloads/demo-few.apkg"} < set(contents(site))
    assert "A few" in page(site, "downloads.html")
    assert "Which edition" not in page(site, "index.html")
    assert "Something wrong?" not in page(site, "decks/demo/one.html")


def test_a_deck_may_be_called_as_its_collection_is(tmp_path: Path) -> None:
    files = {**FILES, "collection.yaml": COLLECTION.replace("Geography", "Right")}
    names = contents(made(written(tmp_path / "decks", files), tmp_path / "site"))
    packages = {name.removeprefix("downloads/") for name in names if name.startswith("downloads/right")}
    assert packages == {"right.apkg", "right-all-decks.apkg", "right-more.apkg", "right-more-all-decks.apkg"}


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("de-CH", "ltr")])
def test_pages_speak_the_language_of_the_collection_and_of_decks(
    language: str, direction: str, decks: Callable[..., Path], tmp_path: Path
) -> None:
    other = {
        "other/deck.yaml": "id: other\ntitle: Other\nlanguage: fr\nsections: [one]\n",
        "other/one.yaml": card_file("Un", [{"id": "a", "kind": "basic", "front": "Qui?", "back": "Moi", "lang": "en"}]),
    }
    site = made(decks({"collection.yaml": f"language: {language}\n", **other}), tmp_path / "site")
    assert f'<html lang="{language}" dir="{direction}">' in page(site, "index.html")
    assert '<html lang="fr" dir="ltr">' in page(site, "decks/other/one.html")
    assert '<article id="a" class="basic" lang="en">' in page(site, "decks/other/one.html")
    assert "Réponse" not in page(site, "index.html")


# Nothing leads nowhere, and nothing weighs too much -----------------------------------------------------------------


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish decks and release notes whose names mean something else in addresses."""
    folder = tmp_path_factory.mktemp("strange")
    files: dict[str, str | bytes] = {}
    for identity, name in (("one", "C# & 100%"), ("two", "日本"), ("three", "a+b;c=d,e'f")):
        files[f"{name}/deck.yaml"] = f"id: {identity}\ntitle: {identity}\nsections: [one]\n"
        files[f"{name}/one.yaml"] = MINIMAL_CARDS
    notes_of = written(folder / "releases", {"2026-01-31 C#, 100%.md": "First.\n"})
    decks = written(folder / "decks", files)
    return made(decks, folder / "site", release_notes=notes_of, address="https://x.example/")


@pytest.mark.parametrize("name", ["small", "large", "strange"])
def test_every_link_and_every_picture_is_there(name: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(name)
    pages = {file.resolve(): Read(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}
    places = {file: set(read.values("id")) for file, read in pages.items()}
    wrong = []
    for file, read in pages.items():
        for address in (*read.values("href"), *read.values("src")):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            if not target.is_file() or (parts.fragment and unquote(parts.fragment) not in places[target]):
                wrong.append((file.name, address))
    assert wrong == []
    assert len(pages) > 8


@pytest.mark.parametrize("name", ["small", "large", "strange"])
def test_a_page_has_no_script_no_style_of_its_own_and_no_place_twice(name: str, request: pytest.FixtureRequest) -> None:
    for file in request.getfixturevalue(name).rglob("*.html"):
        read = Read(file.read_text(encoding="utf-8"))
        names = {tag for tag, _ in read.elements}
        attributes = {attribute for _, found in read.elements for attribute in found}
        assert not names & {"script", "style", "iframe", "object", "embed", "form", "base"}
        assert not {attribute for attribute in attributes if attribute == "style" or attribute.startswith("on")}
        identifiers = list(read.values("id"))
        assert len(identifiers) == len(set(identifiers)), file
        (policy,) = (found["content"] for _, found in read.elements if found.get("http-equiv"))
        assert policy == (
            "default-src 'none'; style-src 'self' file:; img-src 'self' file:; media-src 'self' file:; "
            "base-uri 'none'; form-action 'none'"
        )


def weights(site: Path) -> dict[str, int]:
    """Return for each page how many bytes a browser loads for it, but for pictures far from the window."""
    shared = sum((site / name).stat().st_size for name in ("site.css", "icon.svg"))
    return {file.relative_to(site).as_posix(): file.stat().st_size + shared for file in site.rglob("*.html")}


def test_every_page_is_light(large: Path) -> None:
    assert {name: weight for name, weight in weights(large).items() if weight >= 200_000} == {}


def test_a_long_section_has_several_pages(tmp_path: Path) -> None:
    cards = [
        {"id": f"card-{number}", "kind": "basic", "front": f"Question {number}? " + "q" * 300, "back": "a" * 700}
        for number in range(250)
    ]
    files = {"demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n", "demo/one.yaml": card_file("One", cards)}
    site = made(written(tmp_path / "decks", files), tmp_path / "site")
    parts = ["decks/demo/one.html", "decks/demo/one.2.html", "decks/demo/one.3.html"]
    assert sorted(name for name in contents(site) if name.startswith("decks/demo/")) == sorted(parts)
    assert [page(site, part).count("<article") for part in parts] == [100, 100, 50]
    assert "<h1>One, part 2 of 3</h1>" in page(site, parts[1])
    assert all(weight < 200_000 for weight in weights(site).values())


# Text is text --------------------------------------------------------------------------------------------------------

HOSTILE = "</title></p><script>alert(1)</script><img src=x onerror=alert(1)>\"&quot;\u202e'{question}{card}$title"


def test_no_text_becomes_anything_else(decks: Callable[..., Path], tmp_path: Path) -> None:
    sources = [{"id": "s", "type": "book", "title": HOSTILE, "publisher": HOSTILE, "URL": 'https://x.example/"><b>'}]
    collection = {
        "title": HOSTILE.replace('"', ""),
        "site": {
            "about": HOSTILE,
            "notice": HOSTILE,
            "which": HOSTILE,
            "audiences": [{"variant": "few", "for": HOSTILE}],
            "chapters": [{"title": HOSTILE, "text": HOSTILE}],
            "report": "https://x.example/?a={card}&b={question}",
        },
    }
    card = {
        "id": "a", "kind": "basic", "front": HOSTILE, "back": f"{HOSTILE}\n\n![{HOSTILE}](media/dot.png)",
        "note": HOSTILE, "source": {"id": "s", "locator": HOSTILE}, "as_of": "2026",
    }  # fmt: skip
    deck = {
        "id": "demo", "title": HOSTILE.replace('"', "").replace(":", ""), "description": HOSTILE, "sections": ["one"],
        "variants": {"few": {"title": HOSTILE[:100], "where": {"kind": "basic"}}},
    }  # fmt: skip
    root = decks(
        {
            "collection.yaml": json.dumps(collection),
            "sources.yaml": json.dumps({"references": sources}),
            "demo/deck.yaml": json.dumps(deck),
            "demo/one.yaml": card_file(HOSTILE.replace('"', ""), [card]),
            "demo/media/dot.png": PIXEL,
        }
    )
    notes_file = tmp_path / "notes.md"
    notes_file.write_text(f"# {HOSTILE}\n\n{HOSTILE}\n\n[x](javascript:alert(1))\n", encoding="utf-8")
    site = made(root, tmp_path / "site", release_notes=notes_file, address="https://x.example/")
    for file in site.rglob("*.html"):
        read = Read(file.read_text(encoding="utf-8"))
        assert {tag for tag, _ in read.elements if tag in ("script", "b")} == set()
        images = [found for tag, found in read.elements if tag == "img"]
        assert all("onerror" not in found and found["src"] != "x" for found in images)
        assert not any(address.lower().startswith("javascript:") for address in read.values("href"))
    section = Read(page(site, "decks/demo/one.html"))
    assert section.words.count(HOSTILE) >= 6
    (report,) = (address for address in section.values("href") if address.startswith("https://x.example/?a="))
    assert unquote(urlsplit(report).query) == f"a=demo/a&b={' '.join(HOSTILE.split())[:200]}"
    ET.parse(site / "feed.xml")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<!-- a mark -->\n\n# One\n\n## Two", "<h3>One</h3>\n<h4>Two</h4>\n"),
        ("## Only two", "<h3>Only two</h3>\n"),
        (f"{MARK}\n\n# What has changed\n\n## Rivers\n\n### New", "<h3>Rivers</h3>\n<h4>New</h4>\n"),
        ("a <b>bold</b> claim", "<p>a &lt;b&gt;bold&lt;/b&gt; claim</p>\n"),
        ("<div>\nraw\n</div>", "&lt;div&gt;\nraw\n&lt;/div&gt;"),
        ("![words](https://x.example/p.png)", "<p>words</p>\n"),
        (
            "| a |\n|--:|\n| ~~b~~ |",
            '<table>\n<thead>\n<tr>\n<th class="to-right">a</th>\n</tr>\n</thead>\n'
            '<tbody>\n<tr>\n<td class="to-right"><s>b</s></td>\n</tr>\n</tbody>\n</table>\n',
        ),
        ("[l](https://x.example) [m](javascript:x)", '<p><a href="https://x.example">l</a> [m](javascript:x)</p>\n'),
    ],
)
def test_release_notes_are_markdown_without_html(markdown: str, expected: str) -> None:
    assert notes(markdown) == expected


# Releases, the feed, and what programs read --------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"


def releases(folder: Path) -> Path:
    """Write notes of three releases, of which one has no day in its name."""
    texts = {"2026-01-31.md": "First.", "2026-11-29 second.md": "## New\n\n- a card", "next.md": "Soon."}
    return written(folder / "releases", {name: f"<!-- mark -->\n\n{text}\n" for name, text in texts.items()})


def test_release_notes_stand_newest_first(decks: Callable[..., Path], tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796040000")  # 30 November 2026
    site = made(decks(), tmp_path / "site", release_notes=releases(tmp_path), address="https://example.org/x/")
    headings = re.findall(r"<section id=\"([^\"]*)\"><h2>([^<]*)</h2>", page(site, "changes.html"))
    assert headings == [
        ("next", "30 November 2026"),
        ("2026-11-29-second", "29 November 2026"),
        ("2026-01-31", "31 January 2026"),
    ]
    feed = ET.parse(site / "feed.xml").getroot()
    assert [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")] == [
        f"https://example.org/x/changes.html#{name}" for name, _ in headings
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-30T00:00:00Z"
    assert [(entry.findtext(f"{ATOM}content") or "")[:12] for entry in feed.iter(f"{ATOM}entry")] == [
        "<p>Soon.</p>",
        "<h3>New</h3>",
        "<p>First.</p",
    ]


@pytest.mark.parametrize("notes_of", [None, releases])
def test_the_feed_is_as_rfc_4287_wants_it(notes_of: Any, decks: Callable[..., Path], tmp_path: Path) -> None:
    asked = {"release_notes": notes_of(tmp_path)} if notes_of else {}
    site = made(decks(), tmp_path / "site", address="https://example.org/a", **asked)
    feed = ET.parse(site / "feed.xml").getroot()
    assert (site / "feed.xml").read_bytes().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        # 4.1.1 and 4.1.2: exactly one of each, and one alternate link of a type.
        assert [len(element.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert len([link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
        assert re.fullmatch(r"https://\S+", element.findtext(f"{ATOM}id") or "")  # 4.2.6: an absolute IRI
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext(f"{ATOM}updated") or "")  # 3.3
    assert len(feed.findall(f"{ATOM}author/{ATOM}name")) == 1  # 4.1.1: entries have none of their own
    assert len([link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]) == 1
    identifiers = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(identifiers) == len(set(identifiers))
    assert [content.get("type") for content in feed.iter(f"{ATOM}content")] == ["html"] * len(
        feed.findall(f"{ATOM}entry")
    )


def test_without_an_address_there_is_no_feed_and_the_command_says_so(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    ran = cardgen("site", "--format", "apkg")
    assert (ran.code, ran.err) == (0, "")
    assert re.sub(r"[\d,]+ bytes", "… bytes", ran.out) == (
        "site/index.html  (1 download, … bytes)\n"
        "no feed: its entries need the address of the site; give it with --base-url, or as `address` under `site` in "
        "collection.yaml\n"
    )
    assert not (tmp_path / "site/feed.xml").exists()
    assert "feed" not in page(tmp_path / "site", "changes.html")


def test_the_collection_that_the_docs_show_makes_a_site(decks: Callable[..., Path], tmp_path: Path) -> None:
    text = (REPOSITORY / "docs/site.md").read_text(encoding="utf-8")
    (collection,) = re.findall(r"^```yaml\n# decks/collection.yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    deck = {
        "id": "rivers", "title": "Rivers", "sections": ["one"],
        "variants": {name: {"where": {"kind": "basic"}} for name in ("essentials", "europe")},
    }  # fmt: skip
    site = made(decks({"collection.yaml": collection, "demo/deck.yaml": json.dumps(deck)}), tmp_path / "site")
    assert "You know the great rivers, and travel in Europe." in Read(page(site, "index.html")).words
    assert (site / "feed.xml").is_file()


def test_programs_learn_what_is_new_from_one_file(small: Path) -> None:
    data = json.loads(page(small, "latest.json"))
    changed = date.fromisoformat(data["changed"])
    assert (data["version"], data["title"], changed >= date(2026, 1, 1)) == (1, "Geography", True)
    assert re.fullmatch(r"[0-9a-f]{7}", data["content"])
    downloads = {
        name.removeprefix("downloads/"): content
        for name, content in contents(small).items()
        if name.startswith("downloads/") and name.endswith(".apkg")
    }
    assert data["files"].keys() == downloads.keys()
    for name, entry in data["files"].items():
        assert entry["url"] == f"https://example.org/geography/downloads/{name}"
        assert (entry["bytes"], entry["sha256"]) == (len(downloads[name]), hashlib.sha256(downloads[name]).hexdigest())
        assert entry["sha256"] in page(small, "downloads.html")


# Same bytes, and only its own files ---------------------------------------------------------------------------------


def test_two_sites_of_the_same_decks_are_the_same_bytes(cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    written(tmp_path / "decks", FILES)
    found = []
    for name, seed in (("a", "0"), ("b", "4242"), ("b", "1")):
        env = {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1796040000"}
        ran = cardgen("site", "--out", name, "--format", "apkg", "--base-url", "https://example.org/", env=env)
        assert ran.code == 0
        found.append(contents(tmp_path / name))
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("name", ["index.html", "decks/demo/one.html", "site.css", "site.json", "downloads/demo.apkg"])
def test_what_somebody_else_made_is_not_replaced(name: str, decks: Callable[..., Path], tmp_path: Path) -> None:
    root = decks()
    written(tmp_path / "site", {name: "mine"})
    built = publish(SiteRequest(decks=root, out=tmp_path / "site", formats=("apkg",)))
    assert [(found.code, found.place.file) for found in built.diagnostics if found.place] == [
        ("CG507", (tmp_path / "site" / name).as_posix())
    ]
    assert contents(tmp_path / "site") == {name: b"mine"}


def test_old_pages_and_downloads_go_and_other_files_stay(tmp_path: Path) -> None:
    root = written(tmp_path / "decks", FILES)
    site = made(root, tmp_path / "site")
    written(site, {"CNAME": "example.org", "decks/right/mine.txt": "mine", "decks/left/one.html": "edited"})
    shutil.rmtree(root / "left")
    (root / "collection.yaml").write_text("facets: {level: any}\n", encoding="utf-8")
    names = set(contents(made(root, site)))
    assert {"CNAME", "decks/right/mine.txt", "decks/right/only.html", "downloads/right.apkg"} < names
    assert not [name for name in names if "left" in name or name.startswith("media/")]
    assert [path.name for path in sorted((site / "decks").iterdir())] == ["right", "right.html"]
    manifest = json.loads(page(site, "downloads/manifest.json"))
    assert [entry["file"] for entry in manifest["artefacts"]] == ["right-more.apkg", "right.apkg"]


def test_a_record_that_leads_out_of_the_folder_removes_nothing(decks: Callable[..., Path], tmp_path: Path) -> None:
    root = decks()
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", encoding="utf-8")
    linked = tmp_path / "linked"
    linked.mkdir()
    written(linked, {"file.txt": "mine"})
    site = made(root, tmp_path / "site")
    (site / "away").symlink_to(linked)
    names = ["../precious.txt", str(precious), "decks/../../precious.txt", "away/file.txt", "C:\\x", "./index.html", 7]
    (site / "site.json").write_text(json.dumps({"generator": "cardgen site", "files": names}), encoding="utf-8")
    for name in contents(site):
        if name.endswith((".html", ".css")):
            (site / name).unlink()
    made(root, site)
    assert precious.read_text(encoding="utf-8") == "mine"
    assert (linked / "file.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("out", "among"), [("decks/site", "decks/site"), ("decks", "decks"), (".", "decks")])
def test_a_site_is_not_written_among_decks(
    out: str, among: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    before = contents(decks())
    ran = cardgen("site", "--out", out)
    problem = f"Error: {among} is the folder of the decks or lies in it; write the site somewhere else"
    assert (ran.code, ran.err.splitlines()[-1]) == (2, problem)
    assert contents(tmp_path / "decks") == before


def test_decks_with_errors_make_no_site(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks({"demo/one.yaml": "title: One\ncards: [{id: a}]\n"})
    ran = cardgen("site")
    assert (ran.code, ran.out, ran.err.startswith("error[CG202]")) == (1, "", True)
    assert not (tmp_path / "site").exists()


def test_a_locked_site_wants_a_ledger_that_is_up_to_date(decks: Callable[..., Path], tmp_path: Path) -> None:
    root = decks()
    asked = SiteRequest(decks=root, out=tmp_path / "site", formats=("apkg",), locked=True)
    assert [found.code for found in publish(asked).diagnostics] == ["CG603"]
    made(root, tmp_path / "site")
    assert made(root, tmp_path / "site", locked=True).is_dir()


@pytest.mark.parametrize(
    "address", ["example.org", "https://", "https://example.org/a b", "https://example.org/?a=1", "ftp://a.b"]
)
def test_an_address_that_is_none_is_wrong_usage(
    address: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    ran = cardgen("site", "--base-url", address)
    problem = f"Error: --base-url must be an address such as https://example.org/decks/, not {address!r}"
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (2, "", problem)


@pytest.mark.parametrize(
    "address", ["https://x.example/", "javascript:alert({card})", "https://x.example/{card}{deck}", "mailto:{card} b"]
)
def test_a_place_for_reports_that_is_none_is_wrong_usage(
    address: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    ran = cardgen("site", "--report", address)
    problem = (
        "Error: --report must be an address with the card's ID in it, such as https://example.org/new?title={card}, "
        f"not {address!r}"
    )
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (2, "", problem)


def test_addresses_are_the_same_on_the_command_line_and_in_the_collection() -> None:
    site = json.loads(schema_text("collection"))["properties"]["site"]["properties"]
    assert [f"^{pattern.pattern}$" for pattern in (ADDRESS, REPORT)] == [
        site[name]["pattern"] for name in ("address", "report")
    ]


def test_where_mistakes_are_reported_can_be_said_when_it_is_published_unless_the_collection_does(
    tmp_path: Path,
) -> None:
    files = {name: text for name, text in FILES.items() if not name.startswith("left")}
    decks = written(tmp_path / "decks", {**files, "collection.yaml": "facets: {level: any}\n"})
    asked = {"report": "https://x.example/issues/new?title={card}"}
    links = Read(page(made(decks, tmp_path / "site", **asked), "decks/right/only.html")).values("href")
    assert "https://x.example/issues/new?title=right%2Fa" in links
    mine = "facets: {level: any}\nsite: {report: 'mailto:me@x.example?subject={card}'}\n"
    (decks / "collection.yaml").write_text(mine, encoding="utf-8")
    links = Read(page(made(decks, tmp_path / "site", **asked), "decks/right/only.html")).values("href")
    assert "mailto:me@x.example?subject=right%2Fa" in links


def test_findings_are_annotations_for_github(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/one.yaml": "title: One\ncards: [{id: a}]\n"})
    ran = cardgen("site", "--output", "github")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("::error title=CG202 missing-field,file=decks/demo/one.yaml,line=2")
