"""No card leads anywhere but to the web and to mail, wherever the address was written."""

from __future__ import annotations

from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS
from hypothesis import given
from hypothesis import strategies as st

from cardgen.build.compile import compile_collection
from cardgen.diagnostics import as_text
from cardgen.richtext import Link, Paragraph, parse
from cardgen.richtext.address import doi_address, is_address

if TYPE_CHECKING:
    from collections.abc import Callable

CITING = MINIMAL_CARDS + "    source: s1\n"


def sources(entry: str) -> str:
    return f"references:\n  - id: s1\n    type: webpage\n    title: Page\n    {entry}\n"


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        pytest.param(
            'URL: "javascript:document.title=1"',
            """
            error[CG316]: `javascript:document.title=1` is no address that a card may lead to
              --> decks/sources.yaml:5:10
              5 |     URL: "javascript:document.title=1"
                |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: Write the whole address, as in https://example.org/page or mailto:someone@example.org.
            """,
            id="a script",
        ),
        pytest.param(
            "URL: data:text/html,x",
            """
            error[CG316]: `data:text/html,x` is no address that a card may lead to
              --> decks/sources.yaml:5:10
              5 |     URL: data:text/html,x
                |          ^^^^^^^^^^^^^^^^
              hint: Write the whole address, as in https://example.org/page or mailto:someone@example.org.
            """,
            id="data",
        ),
        pytest.param(
            "URL: www.example.org",
            """
            error[CG316]: `www.example.org` is no address that a card may lead to
              --> decks/sources.yaml:5:10
              5 |     URL: www.example.org
                |          ^^^^^^^^^^^^^^^
              hint: Write the whole address, as in https://example.org/page or mailto:someone@example.org.
            """,
            id="no scheme",
        ),
        pytest.param(
            "DOI: javascript:alert(1)",
            """
            error[CG316]: `javascript:alert(1)` is no DOI
              --> decks/sources.yaml:5:10
              5 |     DOI: javascript:alert(1)
                |          ^^^^^^^^^^^^^^^^^^^
              hint: A DOI begins with 10., as in 10.1000/182.
            """,
            id="a DOI that is none",
        ),
    ],
)
def test_a_source_with_an_address_of_another_kind_is_refused_at_its_place(
    entry: str, shown: str, decks: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decks({"sources.yaml": sources(entry), "demo/one.yaml": CITING})
    monkeypatch.chdir(tmp_path)
    compiled = compile_collection(Path("decks"))
    assert as_text(compiled.diagnostics) == f"{cleandoc(shown)}\n\n1 error"


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        pytest.param("URL: HTTPS://example.org/a?b=c#d", "HTTPS://example.org/a?b=c#d", id="https"),
        pytest.param("URL: http://[::1]:8080/", "http://[::1]:8080/", id="http"),
        pytest.param("URL: mailto:a@example.org", "mailto:a@example.org", id="mail"),
        pytest.param("URL: ' https://example.org '", "https://example.org", id="spaces around it"),
        pytest.param("DOI: 10.1000/182", "https://doi.org/10.1000/182", id="a DOI"),
        pytest.param("DOI: doi:10.1000/182", "https://doi.org/10.1000/182", id="a DOI with its name"),
        pytest.param("DOI: http://dx.doi.org/10.1000/182", "https://doi.org/10.1000/182", id="the address of a DOI"),
        pytest.param("DOI: 10.1000/182\n    URL: https://a.example", "https://a.example", id="both"),
    ],
)
def test_addresses_on_the_web_and_of_mail_are_taken(entry: str, url: str, decks: Callable[..., Path]) -> None:
    compiled = compile_collection(decks({"sources.yaml": sources(entry), "demo/one.yaml": CITING}))
    assert compiled.collection is not None
    assert compiled.collection.sources["s1"].url == url


BEGINNINGS = (
    "http://",
    "HTTPS://",
    "mailto:",
    "javascript:",
    "data:",
    "file:///",
    "//",
    "\x01javascript:",
    "10.1000/",
    "",
)
ADDRESSES = st.builds("".join, st.tuples(st.sampled_from(BEGINNINGS), st.text(max_size=10)))


@given(ADDRESSES)
def test_what_is_taken_for_an_address_begins_with_its_scheme(text: str) -> None:
    assert not is_address(text) or text.lower().startswith(("http://", "https://", "mailto:"))
    assert doi_address(text) == "" or doi_address(text).startswith("https://doi.org/10.")


@given(ADDRESSES)
def test_links_in_texts_lead_where_sources_may_lead(address: str) -> None:
    for block in parse(f"[x](<{address}>)"):
        if isinstance(block, Paragraph):
            assert all(is_address(part.address) for part in block.children if isinstance(part, Link))
