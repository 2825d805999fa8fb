"""Run as ``python -m cardgen``, or as ``cardgen``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, which is imported here so that Ctrl-C is heeded from the first moment."""
    try:
        from cardgen.cli import cli
        from cardgen.cli.process import run

        run(cli)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
