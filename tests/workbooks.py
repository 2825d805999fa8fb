"""Workbooks read back from their XML: what each cell holds, and how a sheet is printed."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

Value = str | float


@dataclass
class BookSheet:
    """A sheet.

    Attributes:
        xml: Its XML.
        rows: The values of its cells, row by row, each up to the last that has one; rows without any are empty.
        heights: The heights of its rows, in points.
        looks: For each cell the properties of its alignment, and of its look that are not fonts, fills and borders.
        links: Where cells lead, by their names.
    """

    xml: ET.Element
    rows: list[list[Value]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    looks: dict[str, dict[str, str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def attributes(self, tag: str) -> dict[str, str]:
        """Return the attributes of the only element of a type."""
        (element,) = self.xml.iter(f"{MAIN}{tag}")
        return dict(element.attrib)

    def widths(self) -> list[float]:
        """Return the widths of the columns, in pixels at which seven are a digit of the first font."""
        return [
            round(float(column.get("width", "0")) * 7)
            for column in self.xml.iter(f"{MAIN}col")
            for _ in range(int(column.get("min", "1")), int(column.get("max", "1")) + 1)
        ]


class Book:
    """A workbook."""

    def __init__(self, file: Path) -> None:
        with zipfile.ZipFile(file) as book:
            self.parts = {name: book.read(name) for name in book.namelist()}
        workbook = ET.fromstring(self.parts["xl/workbook.xml"])
        self.names = [str(sheet.get("name")) for sheet in workbook.iter(f"{MAIN}sheet")]
        self.defined = {
            (str(name.get("name")), int(name.get("localSheetId", "0"))): str(name.text)
            for name in workbook.iter(f"{MAIN}definedName")
        }
        self.properties = ET.fromstring(self.parts["docProps/core.xml"])
        self._texts = [_text(item) for item in ET.fromstring(self.parts["xl/sharedStrings.xml"])]
        self._looks = _looks(ET.fromstring(self.parts["xl/styles.xml"]))
        self.sheets = [self._sheet(number) for number in range(1, len(self.names) + 1)]

    def property(self, name: str) -> str:
        """Return a property of the document, such as its title."""
        return next(str(element.text) for element in self.properties if element.tag.endswith(f"}}{name}"))

    def _sheet(self, number: int) -> BookSheet:
        name = f"sheet{number}.xml"
        sheet = BookSheet(ET.fromstring(self.parts[f"xl/worksheets/{name}"]))
        for row in sheet.xml.iter(f"{MAIN}row"):
            while len(sheet.rows) < int(row.get("r", "1")) - 1:
                sheet.rows.append([])
                sheet.heights.append(0.0)
            sheet.rows.append([self._value(cell) for cell in row])
            sheet.heights.append(float(row.get("ht", "0")))
            sheet.looks |= {str(cell.get("r")): self._looks[int(cell.get("s", "0"))] for cell in row}
        related = self.parts.get(f"xl/worksheets/_rels/{name}.rels")
        targets = {link.get("Id"): str(link.get("Target")) for link in (ET.fromstring(related) if related else ())}
        for link in sheet.xml.iter(f"{MAIN}hyperlink"):
            location = link.get("location")
            sheet.links[str(link.get("ref"))] = targets[link.get(f"{RELATED}id")] + (f"#{location}" if location else "")
        return sheet

    def _value(self, cell: ET.Element) -> Value:
        assert [part.tag for part in cell if part.tag != f"{MAIN}v"] == []
        value = cell.findtext(f"{MAIN}v")
        if value is None:
            return ""
        return self._texts[int(value)] if cell.get("t") == "s" else float(value)


def _text(item: ET.Element) -> str:
    """Return a text with the characters for which Excel writes their numbers."""
    written = "".join(part.text or "" for part in item.iter(f"{MAIN}t"))
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), written)


def _looks(styles: ET.Element) -> list[dict[str, str]]:
    """Return the looks that cells have, by their numbers."""
    found = []
    for form in next(styles.iter(f"{MAIN}cellXfs")):
        alignment = form.find(f"{MAIN}alignment")
        look = dict(alignment.attrib) if alignment is not None else {}
        found.append(look | {name: form.attrib[name] for name in ("quotePrefix", "numFmtId") if name in form.attrib})
    return found
