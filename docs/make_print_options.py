"""Writes what the schemas and docs/printing.md say of the options of print, from the one list of them.

Run it after a change of ``OPTIONS`` in cardgen/model/printing.py; a test compares.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from cardgen.model.printing import OPTIONS, Choice, Flag, Folder, Offset, PrintOption

_ROOT: Final = Path(__file__).parents[1]
_SCHEMAS: Final = ("collection", "deck")
_LONGEST_PATH: Final = 400
_TABLE: Final = re.compile(r"(?<=<!-- options -->\n).*?(?=<!-- end of options -->)", re.DOTALL)


def schema(option: PrintOption) -> dict[str, Any]:
    """Return an option's part of the schemas."""
    data: dict[str, Any] = {"title": option.title, "description": option.about, "examples": [option.example]}
    match option.type:
        case Choice(values):
            return data | {"enum": list(values)}
        case Flag():
            return data | {"type": "boolean"}
        case Offset(limit):
            each = {
                "title": "Millimetres",
                "description": "To the right, or down; negative to the left, or up.",
                "examples": [option.example[0]],
                "type": "number",
                "minimum": -limit,
                "maximum": limit,
            }
            return data | {"type": "array", "minItems": 2, "maxItems": 2, "items": each}
        case Folder():
            return data | {"type": "string", "minLength": 1, "maxLength": _LONGEST_PATH}


def table() -> str:
    """Return the table of docs/printing.md."""
    lines = ["| option | values | what it does |", "| --- | --- | --- |"]
    for option in OPTIONS:
        match option.type:
            case Choice(values):
                shown = ", ".join(f"`{value}`" + (" (default)" if value == option.default else "") for value in values)
            case Flag():
                shown = ""
            case Offset():
                shown = "`DX,DY`"
            case Folder():
                shown = "a folder"
        lines.append(f"| `--{option.name.replace('_', '-')}` | {shown} | {option.about} |")
    return "\n".join(lines) + "\n"


def files() -> dict[Path, str]:
    """Return the text that each file should have."""
    found: dict[Path, str] = {}
    for name in _SCHEMAS:
        file = _ROOT / "schema" / f"{name}.schema.json"
        data = json.loads(file.read_text(encoding="utf-8"))
        data["properties"]["print"]["properties"] = {option.name: schema(option) for option in OPTIONS}
        found[file] = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    page = _ROOT / "docs" / "printing.md"
    found[page] = _TABLE.sub(lambda _: table(), page.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
