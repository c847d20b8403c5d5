"""API keys: make one, list who holds one."""

from contextlib import closing
from typing import Annotated

import typer

from api.auth import KeyRing
from api.cli.errors import CliError
from api.cli.installation import DataDir, settings_from
from api.cli.names import site_id_from_name
from api.cli.refusals import as_one_line
from api.roles import Role
from api.timebase import present_time
from api.wiring import open_store
from geofences.loading import load_airspace


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    keys = typer.Typer(help="API keys of this installation.", no_args_is_help=True)
    keys.command()(create)
    keys.command("list")(list_keys)
    app.add_typer(keys, name="keys")


def create(
    role: Annotated[Role, typer.Option(help="clinic: ask and receive; operator: everything.")],
    site: Annotated[
        str | None, typer.Option(help="The clinic's site: id or name (SGC, 嵯峨島診療所).")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Who holds it, shown in the record.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Make a key and print it: it is stored as a hash only and cannot be shown again."""
    if role is Role.CLINIC and site is None:
        raise CliError("a clinic's key needs --site", "name the clinic's site, for example --site SGC", 2)
    site_id, site_name = _site(site) if site is not None else (None, None)
    with as_one_line(), closing(open_store(settings_from(data_dir=data_dir))) as store:
        holder = name or site_name or role.value
        typer.echo(KeyRing(store).issue(holder, role, site_id, present_time(store)))


def list_keys(data_dir: DataDir = None) -> None:
    """List who holds a key (never the keys themselves)."""
    with as_one_line(), closing(open_store(settings_from(data_dir=data_dir))) as store:
        for holder in KeyRing(store).holders():
            typer.echo(f"{holder.key_id}  {holder.role:<8}  {holder.site_id or '-':<5}  {holder.name}")


def _site(text: str) -> tuple[str, str]:
    sites = load_airspace().sites
    site_id = site_id_from_name(
        ({"id": each.id, "name_ja": each.name_ja, "name_en": each.name_en} for each in sites.values()),
        text,
        "--site",
    )
    return site_id, sites[site_id].name_ja
