"""``tsubaki soak``: the whole system on virtual time, under faults, seed by seed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.cli.errors import CliError
from api.soak.campaign import Campaign, run_campaign
from api.soak.faults import chosen_kinds
from api.soak.outcome import Outcome
from api.soak.report import report_html
from api.soak.seed import fly
from api.soak.summary import summary_of

WRONG_USE = 2


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(soak)


def soak(
    seeds: Annotated[int, typer.Option(min=1, help="How many worlds.")] = 20,
    first: Annotated[int, typer.Option(min=0, help="The first seed.")] = 0,
    faults: Annotated[
        str, typer.Option(help="all, none, or kinds with commas between: wind,bad_link,crash …")
    ] = "all",
    day: Annotated[bool, typer.Option("--day", help="A whole day with dozens of requests each.")] = False,
    processes: Annotated[
        int | None, typer.Option(min=1, help="How many at once; as many as cores if not told.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write an HTML report into this file.")] = None,
    summary: Annotated[Path | None, typer.Option(help="Write the figures as JSON into this file.")] = None,
    log: Annotated[
        Path | None, typer.Option(help="Write the event log of a single seed into this file.")
    ] = None,
) -> None:
    """Run the whole system on virtual time under faults, and hold it to its invariants.

    A seed that breaks one is printed with the command that repeats it.
    """
    _check_faults(faults)
    campaign = Campaign(range(first, first + seeds), faults, day)
    console = Console(soft_wrap=True, highlight=False)
    outcomes = []
    for outcome in _outcomes(campaign, processes, log):
        outcomes.append(outcome)
        _tell(console, campaign, outcome)
    total = summary_of(outcomes)
    if report is not None:
        _write(report, report_html(campaign, outcomes))
    if summary is not None:
        _write(summary, json.dumps(total.as_json(), indent=2) + "\n")
    console.print(
        f"{total.seeds} seeds, {total.failures} failures, {total.deliveries} deliveries, "
        f"{total.faults.total()} faults, {total.simulated_hours:.1f} simulated hours, {total.cpu_s:.0f} s CPU"
    )
    if total.failures:
        raise CliError(f"{total.failures} of {total.seeds} seeds broke a rule", "repeat one as printed above")


def _check_faults(faults: str) -> None:
    try:
        chosen_kinds(faults)
    except ValueError as error:
        problem, remedy = str(error).split("; ", 1)
        raise CliError(f"--faults: {problem}", remedy, WRONG_USE) from None


def _outcomes(campaign: Campaign, processes: int | None, log: Path | None) -> Iterator[Outcome]:
    if log is None:
        yield from run_campaign(campaign, processes)
        return
    if len(campaign.seeds) > 1:
        raise CliError("--log is for one seed", "give --seeds 1", WRONG_USE)
    (seed,) = campaign.seeds
    yield fly(seed, chosen_kinds(campaign.faults), is_day=campaign.is_day, log=log)


def _tell(console: Console, campaign: Campaign, outcome: Outcome) -> None:
    """Print a seed that broke a rule, and a single one in any case."""
    if len(campaign.seeds) == 1:
        requests = ", ".join(f"{count} {state}" for state, count in sorted(outcome.endings.items()))
        faults = ", ".join(f"{count} {kind}" for kind, count in sorted(outcome.faults.items()))
        console.print(f"requests: {requests}; faults: {faults or 'none'}", markup=False)
        console.print(f"event log: sha256 {outcome.log_hash}", markup=False)
        for text in outcome.excused:
            console.print(f"explained by a fault: {text}", markup=False)
    for failure in outcome.failures:
        console.print(f"seed {outcome.seed}: {failure}", markup=False)
    if outcome.failures:
        console.print(f"repeat with: {campaign.repeat_command(outcome.seed)}", markup=False)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CliError(f"{path} cannot be written: {error.strerror}", "choose another file") from error
