"""Write docs/settings.md: the settings of the service, from ``api.settings.Settings``."""

from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from api.settings import Settings

PAGE = Path(__file__).with_name("settings.md")
ROOT = PAGE.parents[1]
HEAD = """# Settings

Made by `python docs/make_settings.py` from `api/settings.py`; a test keeps the two equal. The service reads
them from the environment when it starts; an option of `tsubaki serve` counts more. What makes no sense
ends the start, with the name of the setting.

| variable | at first | what it is |
|---|---|---|
"""
TAIL = """
Beside these:

| variable | read by | what it is |
|---|---|---|
| `TSUBAKI_SIGNING_KEY_Q1` | the service | signing key of the drone `Q1`: 64 hexadecimal digits |
| `TSUBAKI_DB_PASSWORD` | `docker compose up` | password of PostgreSQL, which has to be given |
| `TSUBAKI_KEY`, `TSUBAKI_URL` | `tsubaki request`, `watch`, … | API key, and address of the service |
| `TSUBAKI_ARDUPILOT`, `TSUBAKI_ARDUPILOT_PLANE` | simulator, tests, benchmarks | binaries of ArduPilot SITL |
| `TSUBAKI_ARDUPILOT_IMAGE` | simulator, tests | a docker image with ArduPilot SITL instead |
"""


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(_row(name, each) for name, each in Settings.model_fields.items()) + TAIL


def _row(name: str, field: FieldInfo) -> str:
    return f"| `TSUBAKI_{name.upper()}` | {_shown(field.default)} | {field.description} |\n"


def _shown(default: Any) -> str:
    if default is None or default == {}:
        return "–"
    if isinstance(default, Path) and default.is_absolute():
        default = default.relative_to(ROOT)
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
