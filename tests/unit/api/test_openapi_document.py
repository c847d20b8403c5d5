import json
from pathlib import Path

from api.openapi import openapi_document

CONSOLE = Path(__file__).parents[3] / "api" / "console"


def test_the_console_is_built_from_the_openapi_document_of_this_api() -> None:
    """If this fails: ``python -m api.openapi api/console/openapi.json``, then ``npm run check`` there."""
    shipped = json.loads((CONSOLE / "openapi.json").read_text(encoding="utf-8"))

    assert shipped == json.loads(json.dumps(openapi_document()))
