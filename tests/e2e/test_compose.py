"""docker-compose.yml and Dockerfile: what they start exists, and works on PostgreSQL."""

import json
import re
from typing import Any

import pytest
import yaml

from api.cli.client import ApiClient
from tests.e2e.installation import READY_S, Installation, is_ready
from tests.e2e.processes import HOST, ROOT
from tests.postgres import PostgresServer

Json = dict[str, Any]


@pytest.fixture(scope="module")
def services() -> Json:
    composed = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    named: Json = composed["services"]
    return named


def test_compose_has_the_app_its_simulator_and_postgresql(services: Json) -> None:
    assert {"tsubaki", "simulator", "postgres"} <= services.keys()
    assert "profiles" not in services["tsubaki"]
    assert services["postgres"]["image"].startswith("postgres:")
    assert services["tsubaki"]["environment"]["TSUBAKI_DATABASE_URL"].startswith("postgresql+psycopg://")


def test_the_profile_sitl_names_a_published_image_and_builds_none(services: Json) -> None:
    (sitl,) = (each for each in services.values() if each.get("profiles") == ["sitl"])
    assert sitl["image"] == "radarku/ardupilot-sitl"
    assert "build" not in sitl


def test_no_port_is_open_beyond_this_machine(services: Json) -> None:
    for service in services.values():
        assert all(port.startswith(f"{HOST}:") for port in service.get("ports", []))


def test_the_image_starts_a_command_of_the_distribution(services: Json) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    (command,) = re.findall(r"^CMD (\[.*\])$", dockerfile, re.MULTILINE)
    built = [each["command"] for each in services.values() if "build" in each]
    for program, subcommand, *_ in [json.loads(command), *built]:
        assert program == "tsubaki"
        assert subcommand in ("serve", "simulate")


@pytest.mark.slow
def test_app_and_simulator_of_compose_work_together_on_postgresql(
    services: Json, installation: Installation, postgres: PostgresServer
) -> None:
    processes, site = installation.processes, installation.site
    site.serve_arguments()  # Writes the fleet file with this site's ports.
    here = {
        "TSUBAKI_DATA_DIR": str(site.data_dir),
        "TSUBAKI_DATABASE_URL": postgres.create_database("compose"),
    }
    service_settings = {
        **settings_of(services["tsubaki"], here),
        "TSUBAKI_FLEET": str(site.data_dir / "fleet.toml"),
        "TSUBAKI_GATEWAY_BIND": f"udp:{HOST}:{site.gateway_port}",
    }
    # Of two options the last one counts: this machine and a free port instead of the container's.
    serve = [*services["tsubaki"]["command"], "--host", HOST, "--port", str(site.port)]
    simulate = [*services["simulator"]["command"], "--port-base", str(site.vehicle_base)]
    processes.start("app", serve, service_settings)
    processes.wait_for("the service on PostgreSQL", lambda: is_ready(site.url), READY_S)
    processes.start("simulator", simulate, settings_of(services["simulator"], here))
    with ApiClient(site.url, operator_key(processes.text("app"))) as operator:
        processes.wait_for(
            "all drones to be heard",
            lambda: all(drone["link"] == "fresh" for drone in operator.get("/drones")),
            READY_S,
        )
    assert not (site.data_dir / "tsubaki.sqlite3").exists()


def settings_of(service: Json, here: dict[str, str]) -> dict[str, str]:
    """Return the settings that compose gives a service, with the values of this machine."""
    return {name: here[name] for name in service.get("environment", {})}


def operator_key(printed: str) -> str:
    """Return the key as an administrator takes it from the log of the first start."""
    (key,) = re.findall(r"operator +(tsk_\S+)", printed)
    return str(key)
