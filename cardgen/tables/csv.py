"""`csv`: a table for programs and people: to filter, for mail merge and label makers. To print it, there is `xlsx`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from cardgen.export import Exported
from cardgen.tables.rows import columns, rows, table_file
from cardgen.tables.text import composed, is_like_a_formula

if TYPE_CHECKING:
    from cardgen.export import Bundle

SUFFIX: Final = ".csv"


def export(bundle: Bundle) -> Exported:
    """Return the table, in UTF-8 with the byte order mark by which Excel knows it."""
    # Encoded as it is written: the text of a large deck would take several times its bytes.
    table = io.BytesIO()
    stream = io.TextIOWrapper(table, encoding="utf-8-sig", newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    held = columns(bundle)
    writer.writerow([cell(column.heading) for column in held])
    writer.writerows([cell(column.cell(row)) for column in held] for row in rows(bundle))
    stream.flush()
    return Exported((table_file(bundle, SUFFIX, table.getvalue()),))


def cell(text: str) -> str:
    """Make text safe to stand in a spreadsheet's cell: what would be a formula gets an apostrophe before it."""
    text = composed(text)
    return f"'{text}" if is_like_a_formula(text) else text
