"""``tsubaki demo``: see a delivery."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.cli.options import DEMO_DIR
from api.cli.simulate import GOTO_FLEET
from api.demo.run import run
from api.demo.site import prepare

DEFAULT_SPEEDUP = 60.0
"""An hour of flight in a minute, which two cores keep up with."""


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(demo)


def demo(
    once: Annotated[bool, typer.Option("--once", help="Exit after the delivery: 0 if it succeeded.")] = False,
    speedup: Annotated[
        float, typer.Option(min=1, max=1000, help="Simulated seconds per second.")
    ] = DEFAULT_SPEEDUP,
    port: Annotated[
        int, typer.Option(help="TCP port of console and API; another one if it is taken.")
    ] = 8000,
    data_dir: Annotated[
        Path | None, typer.Option(help="New folder for everything.", show_default="build/demo/TIME")
    ] = None,
) -> None:
    """Fly a delivery with simulated drones: 1.2 kg of medicine from 福江港 to 嵯峨島診療所, over the sea."""
    site = prepare(DEMO_DIR, data_dir, port, speedup, GOTO_FLEET)
    console = Console()
    if site.port != port:
        console.print(f"port {port} is taken: using {site.port}; choose one with --port", style="yellow")
    run(site, console, once=once)
