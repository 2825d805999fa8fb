"""The same study sheet by HTML, CSS and WeasyPrint, as one would write it: ``python sheet_html.py DECKS OUT.pdf``.

It reads the generated decks with PyYAML's loader in C, checks nothing, and lays out what cardgen's sheet shows: title,
cover line, sections with running heads, number, question, answer with its source's number, date, sources, pages.
"""

from __future__ import annotations

import re
import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from weasyprint import HTML

if TYPE_CHECKING:
    from collections.abc import Iterator

_FONTS: Final = Path(__file__).parents[1] / "cardgen/print/fonts"

_STYLE: Final = """
@font-face { font-family: Inter; src: url(FONTS/Inter-roman.var.ttf); font-weight: 100 900 }
@page {
  size: A4; margin: 21mm 15mm 19mm 17mm;
  background: linear-gradient(#8c8c8c, #8c8c8c) 67mm 0 / 0.5pt 100% no-repeat;
  @top-left { content: string(section); font: 600 7.2pt Inter }
  @top-right { content: "Basic cards"; font: 7.2pt Inter }
  @bottom-center { content: counter(page) " / " counter(pages); font: 7.2pt Inter }
}
body { font: 10.2pt/1.35 serif; margin: 0 }
h1 { font: 600 25pt Inter; border-top: 1.5mm solid #0f6b66 }
h2 { font: 600 13pt Inter; string-set: section content(); break-after: avoid }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
thead th { font: 600 6.6pt Inter; text-align: left; text-transform: uppercase; border-top: 0.9pt solid #0f6b66 }
tr { break-inside: avoid }
td, thead th { padding: 2.3mm 0 2.5mm; border-bottom: 0.35pt solid #b8b8b8; vertical-align: top }
.n { width: 11mm; font: 600 8pt Inter; color: #0f6b66 }
.r { font-weight: 400 }
.q { width: 51mm; font: 600 9.4pt Inter; padding-right: 10mm }
.q small { display: block; font: 6.6pt Inter; color: #616161 }
sup { font: 600 6.3pt Inter; color: #0f6b66 }
ol { font: 6.5pt Inter; color: #616161; margin-left: 72mm }
"""


def main(decks: Path, out: Path) -> None:
    """Lay out the decks of a folder."""
    head = f"<style>{_STYLE.replace('FONTS', _FONTS.as_uri())}</style><h1>Basic cards</h1>"
    page = f"<!doctype html><html lang=en><title>Basic cards</title>{head}{''.join(_sections(decks))}"
    HTML(string=page).write_pdf(out, pdf_variant="pdf/ua-1")
    print(f"written {out}")


def _sections(decks: Path) -> Iterator[str]:
    number = 0
    sources = {source["id"]: source for source in _read(decks / "sources.yaml")["references"]}
    for name in _read(decks / "bench/deck.yaml")["sections"]:
        section = _read(decks / f"bench/{name}.yaml")
        cited = list(dict.fromkeys(card["source"] for card in section["cards"]))
        head = "<thead><tr><th class=n><th class=q>Question<th>Answer<tbody>"
        yield f"<h2>{escape(section['title'])}</h2><table>{head}"
        for card in section["cards"]:
            number += 1
            mark = cited.index(card["source"]) + 1
            question, answer = _text(card["front"]), _text(card["back"])
            yield f"<tr><td class=n>{number}<br><span class=r>○○○</span>"
            yield f"<td class=q>{question}<small>As of {card['as_of']}</small><td>{answer}<sup>{mark}</sup>"
        yield "</table><ol>"
        for source in cited:
            entry = sources[source]
            yield f"<li>{escape(entry['publisher'])}: <a href='{entry['URL']}'>{escape(entry['title'])}</a>"
        yield "</ol>"


def _read(file: Path) -> Any:  # noqa: ANN401 - a file of ours
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _text(text: str) -> str:
    return re.sub(r"\*\*(.*?)\*\*", r"<b>\1</b>", escape(text))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
