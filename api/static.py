"""The console at ``/``: the built one, or a page that says how to build it."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "worker-src 'self' blob:; connect-src 'self'"
)
"""The console loads nothing from elsewhere; the map library needs inline styles and blob workers."""

NOT_BUILT = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>Tsubaki</title>
<h1>椿 Tsubaki</h1>
<p>管理画面はまだ作られていません。<code>make console</code> で作れます。</p>
<p>The console is not built yet: run <code>make console</code> and start the service again.</p>
</html>"""


class ConsoleFiles(StaticFiles):
    """The console's files, with the policy that keeps foreign scripts out."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        response = await super().get_response(path, scope)
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response


def mount_console(app: FastAPI, directory: Path) -> None:
    """Serve the console's files where they have been built, else say how to build them."""
    if (directory / "index.html").is_file():
        app.mount("/", ConsoleFiles(directory=directory, html=True), name="console")
    else:
        app.get("/", include_in_schema=False)(_not_built)


async def _not_built() -> HTMLResponse:
    return HTMLResponse(NOT_BUILT)
