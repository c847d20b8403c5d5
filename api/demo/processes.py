"""Child processes that never outlive the demonstration."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from api.cli.errors import CliError

STOP_S = 10.0
"""How long a process gets to end by itself before it is killed."""


class Processes:
    """Starts Python modules as processes, and ends each of them when the block ends, however it ends."""

    def __init__(self, log_dir: Path) -> None:
        self._log_dir = log_dir
        self._running: dict[str, asyncio.subprocess.Process] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Shielded: a second Ctrl-C must not leave a process behind.
        await asyncio.shield(self.stop())

    async def start(self, name: str, arguments: Sequence[str]) -> None:
        """Start ``python -m ARGUMENTS``; its output goes to ``NAME.log``."""
        with self._log(name).open("wb") as log:
            self._running[name] = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *arguments, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
            )

    @property
    def running(self) -> list[asyncio.subprocess.Process]:
        """The processes that were started and not stopped."""
        return list(self._running.values())

    def check(self) -> None:
        """Raise CliError with the last words of a process that has ended."""
        for name, process in self._running.items():
            if process.returncode is not None:
                raise CliError(
                    f"the {name} ended with code {process.returncode}: {self._last_words(name)}",
                    f"see {self._log(name)}",
                )

    async def stop(self) -> None:
        """End all processes; a second time does nothing."""
        running, self._running = self._running, {}
        for process in running.values():
            if process.returncode is None:
                process.terminate()
        for process in running.values():
            try:
                await asyncio.wait_for(process.wait(), STOP_S)
            except TimeoutError:
                process.kill()
                await process.wait()

    def _log(self, name: str) -> Path:
        return self._log_dir / f"{name}.log"

    def _last_words(self, name: str) -> str:
        lines = self._log(name).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"
