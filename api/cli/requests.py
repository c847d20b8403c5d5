"""Commands for clinics and operators: ask for supplies, watch, approve, confirm receipt."""

from datetime import datetime
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console

from api.cli.client import ApiClient
from api.cli.deadline import deadline_from_text
from api.cli.follow import follow
from api.cli.names import site_id_from_name
from api.cli.options import DEFAULT_URL, Key, Url, client_for
from api.cli.view import ENDED
from api.roles import Role
from dispatch.values import TemperatureClass, Urgency

console = Console()
RequestId = Annotated[str, typer.Argument(metavar="REQUEST", help="Identifier of the request.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (request, watch, approve, receipt, cancel):
        app.command()(command)


def request(
    from_site: Annotated[str, typer.Option("--from", help="Where the goods are: id or name (FKP, 福江港).")],
    to_site: Annotated[
        str, typer.Option("--to", help="Where they are needed: id or name (SGC, 嵯峨島診療所).")
    ],
    mass: Annotated[float, typer.Option(help="Mass with packing, in kilograms.")],
    item: Annotated[list[str], typer.Option(help="What is to be carried; may be given several times.")],
    temperature: Annotated[
        TemperatureClass, typer.Option(help="ambient 1 to 30 °C, cold 2 to 8 °C, frozen -20 °C or colder.")
    ] = TemperatureClass.AMBIENT,
    urgency: Annotated[Urgency, typer.Option(help="How pressing it is.")] = Urgency.ROUTINE,
    deadline: Annotated[
        str, typer.Option(help="+4h, +90m, or a time such as 2026-04-01T15:00+09:00.")
    ] = "+4h",
    url: Url = DEFAULT_URL,
    key: Key = None,
) -> None:
    """Ask for supplies, as a clinic does; prints the identifier of the request."""
    with client_for(url, key, Role.CLINIC) as client:
        sites = client.get("/sites")
        now = datetime.fromisoformat(client.get("/me")["now"])
        body = {
            "items": ", ".join(item),
            "mass_kg": mass,
            "temperature": temperature.value,
            "urgency": urgency.value,
            "deadline": deadline_from_text(deadline, now).isoformat(),
            "from_site_id": site_id_from_name(sites, from_site, "--from"),
            "to_site_id": site_id_from_name(sites, to_site, "--to"),
        }
        answer = client.post("/requests", body, {"Idempotency-Key": str(uuid4())})
    typer.echo(answer["id"])


def watch(
    request_id: Annotated[
        str | None,
        typer.Argument(metavar="[REQUEST]", help="Identifier; the newest request where not given."),
    ] = None,
    url: Url = DEFAULT_URL,
    key: Key = None,
) -> None:
    """Watch a delivery live until it has ended: phase, progress, distance, altitude, speed, battery, ETA."""
    with client_for(url, key, Role.OPERATOR) as client:
        follow(client, console, request_id or _newest(client), ENDED | {"delivered"})


def approve(
    sortie_id: Annotated[str, typer.Argument(metavar="SORTIE", help="Identifier of the planned sortie.")],
    url: Url = DEFAULT_URL,
    key: Key = None,
) -> None:
    """Approve a planned sortie, as an operator."""
    with client_for(url, key, Role.OPERATOR) as client:
        sortie = client.post(f"/sorties/{sortie_id}/approve")
    typer.echo(f"{sortie['id']} {sortie['state']}")


def receipt(request_id: RequestId, url: Url = DEFAULT_URL, key: Key = None) -> None:
    """Confirm that the supplies have arrived, as the clinic."""
    with client_for(url, key, Role.CLINIC) as client:
        answer = client.post(f"/requests/{request_id}/receipt")
    typer.echo(f"{answer['id']} {answer['state']}")


def cancel(
    request_id: RequestId,
    reason: Annotated[str, typer.Option(help="Why; kept in the record.")] = "",
    url: Url = DEFAULT_URL,
    key: Key = None,
) -> None:
    """Cancel a request that has not left yet."""
    with client_for(url, key, Role.CLINIC) as client:
        answer = client.post(f"/requests/{request_id}/cancel", {"reason": reason})
    typer.echo(f"{answer['id']} {answer['state']}")


def _newest(client: ApiClient) -> str:
    requests = client.get("/requests")
    if not requests:
        raise typer.BadParameter("there is no request yet; 'tsubaki request --help' says how to make one")
    return str(requests[0]["id"])
