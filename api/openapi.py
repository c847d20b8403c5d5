"""Write the OpenAPI document: ``python -m api.openapi PATH``. Equal code gives equal bytes."""

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from api.app import create_app
from api.runtime import Runtime


def openapi_document() -> dict[str, Any]:
    """Return the OpenAPI document of the API, without starting a service."""
    return create_app(_no_runtime, Path()).openapi()


@asynccontextmanager
async def _no_runtime() -> AsyncIterator[Runtime]:
    raise RuntimeError("this application only describes itself")
    yield


def main() -> None:
    """Write the document to the path given on the command line."""
    text = json.dumps(openapi_document(), indent=2, sort_keys=True, ensure_ascii=False)
    Path(sys.argv[1]).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
