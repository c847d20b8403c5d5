"""``tsubaki airspace``: files of zones (check, show, import, export), and the height allowed at a point."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.airspace_height import height
from api.cli.airspace_view import zone_table
from api.cli.errors import CliError
from api.cli.options import AirspaceFolder
from api.cli.refusals import as_one_line
from geofences.airspace import Airspace
from geofences.errors import DataError
from geofences.formats import FORMATS, Format, Imported, format_named, import_file
from geofences.formats.geojson import GeoJson
from geofences.formats.plan import Plan
from geofences.loading import GOTO, load_airspace
from geofences.picture import draw_airspace

NAMES = ", ".join(each.name for each in FORMATS)
WRONG_USE = 2

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A file of zones, in any format.")]
FromOption = Annotated[
    str | None, typer.Option("--from", help=f"Format of FILE, where it is not to be found out: {NAMES}.")
]


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    group = typer.Typer(no_args_is_help=True, help="Files of zones, and how high one may fly.")
    group.command()(check)
    group.command()(show)
    group.command("import")(import_zones)
    group.command("export")(export_zones)
    group.command()(height)
    app.add_typer(group, name="airspace")


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files of zones, in any format.")],
    read_as: FromOption = None,
) -> None:
    """Say everything that is wrong with files of zones."""
    console = Console()
    table = Table("ファイル file", "区域 zones", "経路 corridors", "注記 notes")
    bad = 0
    for path in files:
        try:
            imported = import_file(path, _known(read_as))
        except DataError as error:
            bad += 1
            _tell(console, error)
            continue
        _tell_notes(console, path, imported)
        counts = (len(imported.zones), len(imported.corridors), len(imported.notes))
        table.add_row(path.name, *map(str, counts))
    if table.row_count:
        console.print(table)
    if bad:
        raise CliError(f"{bad} of {len(files)} files are wrong", "correct what is listed above", WRONG_USE)


def show(
    file: FileArgument,
    png: Annotated[Path | None, typer.Option(help="Draw the zones on the map into this file.")] = None,
    read_as: FromOption = None,
    folder: AirspaceFolder = GOTO,
) -> None:
    """Show the zones of a file: heights, times, areas, and which of the default lanes they block."""
    console = Console()
    imported = _imported(console, file, read_as)
    with as_one_line():
        airspace = load_airspace(folder)
        console.print(zone_table(imported.zones, airspace))
    if png is not None:
        _draw(airspace, imported, png)
        console.print(f"picture: {png}", soft_wrap=True)


def import_zones(
    file: FileArgument,
    to: Annotated[Path, typer.Option(help="GeoJSON file to write.")],
    read_as: FromOption = None,
) -> None:
    """Turn a file of zones in any format into ours (GeoJSON), telling every repair and loss."""
    console = Console()
    _write(console, _imported(console, file, read_as), format_named("geojson"), to)


def export_zones(
    file: FileArgument,
    to_format: Annotated[str, typer.Option("--format", help=f"One of {NAMES}.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    read_as: FromOption = None,
) -> None:
    """Write the zones of a file in another format; what that cannot say is refused."""
    console = Console()
    target = format_named(_known(to_format, "--format") or "")
    _write(console, _imported(console, file, read_as), target, output)


def _known(name: str | None, option: str = "--from") -> str | None:
    if name is not None and name not in {each.name for each in FORMATS}:
        raise CliError(f"{option}: there is no format '{name}'", f"use one of {NAMES}", WRONG_USE)
    return name


def _imported(console: Console, path: Path, read_as: str | None) -> Imported:
    try:
        imported = import_file(path, _known(read_as))
    except DataError as error:
        _tell(console, error)
        raise CliError(f"{path.name} is wrong", "correct what is listed above", WRONG_USE) from error
    _tell_notes(console, path, imported)
    return imported


def _write(console: Console, imported: Imported, target: Format, path: Path) -> None:
    try:
        if isinstance(target, Plan):
            text = target.write(imported.zones, imported.plan)
        elif isinstance(target, GeoJson):
            text = target.write(imported.zones, imported.corridors)
        else:
            text = target.write(imported.zones)
        _tell_left_out(console, imported, target)
    except DataError as error:
        _tell(console, error)
        remedy = "change these zones, or choose another format"
        raise CliError(f"{target.title} cannot say all of it", remedy, WRONG_USE) from error
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise CliError(f"{path} cannot be written: {error.strerror}", "choose another file") from error
    console.print(f"{len(imported.zones)} 区域 zones → {path} ({target.title})", soft_wrap=True)


def _tell(console: Console, error: DataError) -> None:
    for problem in error.problems:
        _say(console, f"誤り error: {error.source}: {problem}")


def _tell_notes(console: Console, path: Path, imported: Imported) -> None:
    for note in imported.notes:
        _say(console, f"注記 note: {path.name}: {note}")


def _say(console: Console, line: str) -> None:
    """Print a line with words of a file, which may hold what a terminal cannot show, or would obey."""
    safe = "".join(each if each.isprintable() else ascii(each).strip("'") for each in line)
    console.print(safe, soft_wrap=True, markup=False, highlight=False)


def _tell_left_out(console: Console, imported: Imported, target: Format) -> None:
    left_out = {}
    if not isinstance(target, GeoJson):
        left_out["corridors"] = len(imported.corridors)
    if imported.plan is not None and not isinstance(target, Plan):
        left_out |= {
            "mission items": len(imported.plan.items),
            "rally points": len(imported.plan.rally_points),
        }
    for what, count in left_out.items():
        if count:
            console.print(f"注記 note: {count} {what} are left out; {target.title} cannot hold them")


def _draw(airspace: Airspace, imported: Imported, path: Path) -> None:
    shown = replace(airspace, corridors=imported.corridors) if imported.corridors else airspace
    for zone in imported.zones:
        shown = shown.with_zone(zone)
    try:
        draw_airspace(shown, path, highlight=[zone.id for zone in imported.zones])
    except OSError as error:
        raise CliError(f"--png: {path} cannot be written: {error.strerror}", "choose another file") from error
