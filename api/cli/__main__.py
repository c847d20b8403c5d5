"""``python -m api.cli``: the same as ``tsubaki``."""

from api.cli import main

main()
