"""The application of the command line: all commands, and how their errors are shown."""

import sys
from collections.abc import Sequence
from importlib import import_module

import typer
from typer.exceptions import TyperException

from api.cli.errors import CliError

MODULES = {
    "serve": "server",
    "simulate": "simulate",
    "demo": "demo",
    "request": "requests",
    "watch": "requests",
    "approve": "requests",
    "receipt": "requests",
    "cancel": "requests",
    "route": "route",
    "airspace": "airspace",
    "inspect": "inspect",
    "params": "params",
    "plan-file": "plan_file",
    "replay": "replay",
    "keys": "keys",
    "soak": "soak",
}
"""Where each command lives. Only the module of the command that is run is imported: a clinic that asks for
medicine need not wait for the map plotter."""


def application(arguments: Sequence[str]) -> typer.Typer:
    """Return the application with the command that the arguments name, or with all commands."""
    app = typer.Typer(
        name="tsubaki",
        help="Drone logistics for remote islands: requests, sea corridors, MAVLink drones, a simulator.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    # A callback keeps the command's name on the command line where there is one command only.
    app.callback()(_nothing)
    named = MODULES.get(arguments[0]) if arguments else None
    for module in dict.fromkeys([named] if named else MODULES.values()):
        import_module(f"api.cli.{module}").register(app)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit; entry point of the distribution."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = application(given)(args=given, prog_name="tsubaki", standalone_mode=False)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        fail(
            error.format_message(),
            f"see '{context.command_path if context else 'tsubaki'} --help'",
            error.exit_code,
        )
    except CliError as error:
        fail(error.problem, error.remedy, error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        fail("interrupted", "nothing was left running", 130)
    sys.exit(code if isinstance(code, int) else 0)


def fail(problem: str, remedy: str, exit_code: int) -> None:
    """Print one line on stderr and exit."""
    line = " ".join(f"{problem.rstrip('.')}; {remedy}".split())
    print(f"tsubaki: {line}", file=sys.stderr)
    sys.exit(exit_code)


def _nothing() -> None:
    """Drone logistics for remote islands: requests, sea corridors, MAVLink drones, a simulator."""
