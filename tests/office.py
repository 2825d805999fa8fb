"""LibreOffice, as a test opens files with it: without a window, in a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

OFFICE: Final = shutil.which("soffice")

needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here: apt-get install libreoffice-calc")


def converted(file: Path, form: str, *options: str) -> Path:
    """Open a file, and save it in another form.

    Args:
        file: The file.
        form: What its name ends with then, without the dot.
        options: For LibreOffice.
    """
    out = file.parent / form
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", *options, "--convert-to", form, "--outdir", str(out), str(file)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return out / f"{file.stem}.{form}"
