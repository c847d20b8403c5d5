"""The command line: ``tsubaki …``. Every error is one line on stderr with a remedy, and a non-zero exit."""

from api.cli.app import main

__all__ = ["main"]
