"""Somebody who types what our documents say, on a machine where the usual ports are taken."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.e2e.installation import READY_S, Installation, is_ready
from tests.e2e.processes import HOST, ROOT, environment, free_port

STAYS = re.compile(r"tsubaki serve|tsubaki simulate|-m simulator ")
"""Commands that a document gives a terminal of their own."""
COMMAND_S = 180.0
STAND_IN_SPEEDUP = "--speedup 100"
INSTANCE = 300 + os.getpid() % 500
"""Moves a fleet's ports away from the usual ones, and to others in each test worker."""


class Newcomer:
    """Types commands against one installation's folder and ports instead of the usual ones."""

    def __init__(self, installation: Installation) -> None:
        site = installation.site
        self._installation = installation
        self._words = {
            "build/demo": str(site.data_dir),
            "var/": f"{site.data_dir}/",
            ".venv/bin/": f"{Path(sys.executable).parent}{os.sep}",
            "--speedup 60": STAND_IN_SPEEDUP,
            "tsubaki simulate": f"tsubaki simulate --port-base {site.vehicle_base}",
            "8000": str(site.port),
            "14561": str(site.vehicle_base),
            "14550": str(free_port()),
            "-m simulator --copters": f"-m simulator --instance {INSTANCE} --copters",
            "5760": str(5760 + 10 * INSTANCE),
            "5960": str(free_port()),
        }
        site.serve_arguments()  # Writes the fleet file with this site's ports.
        self._environment = {
            "TSUBAKI_DATA_DIR": str(site.data_dir),
            "TSUBAKI_FLEET": str(site.data_dir / "fleet.toml"),
            "TSUBAKI_GATEWAY_BIND": f"udp:{HOST}:{site.gateway_port}",
            "TSUBAKI_PORT": str(site.port),
            "TSUBAKI_URL": site.url,
        }

    def type(self, commands: str) -> str:
        """Run the commands in bash; return what they print."""
        typed = translated(commands, self._words)
        if STAYS.search(typed):
            self._leave_running(typed)
            return ""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", typed],
            cwd=ROOT,
            env=environment(**self._environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=COMMAND_S,
        )
        assert done.returncode == 0, f"{typed}\n{done.stdout}{done.stderr}"
        self._installation.processes.check()
        return done.stdout

    def _leave_running(self, typed: str) -> None:
        processes = self._installation.processes
        name = f"terminal-{abs(hash(typed))}"
        processes.start(name, ["bash", "-c", f"exec {typed}"], self._environment)
        if "tsubaki serve" in typed:
            processes.wait_for("the service", lambda: is_ready(self._installation.url), READY_S)
        else:
            processes.wait_for("the drones", lambda: processes.text(name), READY_S)


def translated(text: str, words: Mapping[str, str]) -> str:
    """Return the text with every word replaced in one pass, so that no replacement is replaced again."""
    pattern = "|".join(re.escape(word) for word in words)
    return re.sub(pattern, lambda found: words[found[0]], text)
