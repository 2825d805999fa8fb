"""For those who change a template or the CSS: ``python -m cardgen.anki`` records when that was."""

from __future__ import annotations

import time
from pathlib import Path

from cardgen.anki.note_types import FORMS, digest
from cardgen.ledger import LEDGER_FILE, Ledger, brought_up_to_date, read, written


def main() -> None:
    """Bring the record of the note types up to date."""
    file = Path(__file__).with_name("templates") / LEDGER_FILE
    known = read(file.read_text(encoding="utf-8")) if file.exists() else Ledger({}, deck="note-types")
    current = brought_up_to_date(known, {form.value: digest(form) for form in FORMS}, {}, int(time.time()))
    file.write_text(written(current), encoding="utf-8")


if __name__ == "__main__":
    main()
