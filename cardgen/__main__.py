"""Run as ``python -m cardgen``, or as ``cardgen``."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line, which is imported here so that Ctrl-C is heeded from the first moment."""
    # A run makes many objects that stay to its end and no cycles to speak of; walking them again and again to find some
    # costs a fifth of a large build, and from here on 3 ms while modules are imported.
    gc.disable()
    try:
        from cardgen.cli import cli
        from cardgen.cli.process import run

        run(cli)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
