"""Run as ``python -m cardgen``."""

from cardgen.commands import main

if __name__ == "__main__":
    main()
