"""HTML as it goes into Anki: which files it names, and which gaps it has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardgen.richtext.raw_html import gap_numbers_in_html, media_in_html, with_media_names


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ('<img src="a.png"><IMG class=x src=b.png>', ["a.png", "b.png"]),
        ("<img alt='x > y' src='a b.png'/>", ["a b.png"]),
        ('<img alt="src=no.png" src="a&amp;b.png">', ["a&b.png"]),
        ('<video controls><source src="a.mp4"></video><object data="b.svg"></object>', ["a.mp4", "b.svg"]),
        ("[sound:a.mp3] [sound:b&amp;c.mp3]", ["a.mp3", "b&c.mp3"]),
        ('<a href="a.png">src="b.png"</a> <images src="c.png"> <img data-src="d.png">', []),
        ('<img src="open.png', []),
    ],
)
def test_files_are_what_anki_takes_for_files(html: str, names: list[str]) -> None:
    assert list(media_in_html(html)) == names


def test_a_name_is_replaced_where_it_stands() -> None:
    html = '<b>a.png</b> <img src=a.png alt="a.png"> <img src="b.png"> [sound:c.mp3]'
    names = {"a.png": 'x"y.png', "c.mp3": "d&e.mp3"}
    assert with_media_names(html, names.get) == (
        '<b>a.png</b> <img src="x&quot;y.png" alt="a.png"> <img src="b.png"> [sound:d&amp;e.mp3]'
    )


@given(st.lists(st.sampled_from([*"<>\"'= a", "<img ", "src=", "[sound:", "]", "&amp;"]), max_size=30).map("".join))
def test_html_whose_names_stay_is_the_same(html: str) -> None:
    assert with_media_names(html, lambda _: None) == html


@pytest.mark.parametrize(
    ("html", "numbers"),
    [("{{c2::a}} <b>{{c1::b::c}}</b> {{c2::d}}", (1, 2)), ("{{c1,3::a}}", (1, 3)), ("{{c0::a}} {{c::b}} {c1::d}", ())],
)
def test_gaps_are_known_by_their_numbers(html: str, numbers: tuple[int, ...]) -> None:
    assert gap_numbers_in_html(html) == numbers
