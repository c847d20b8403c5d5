"""The application of the command line: all commands, and how their errors are shown."""

import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from api.cli import demo, keys, requests, routes, server
from api.cli.errors import CliError

app = typer.Typer(
    name="tsubaki",
    help="Drone logistics for remote islands: requests, sea corridors, MAVLink drones, a simulator.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (server, requests, routes, keys, demo):
    module.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit; entry point of the distribution."""
    try:
        code = app(args=arguments, standalone_mode=False)
    except TyperException as error:
        fail(error.format_message(), "see 'tsubaki --help'", error.exit_code)
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
