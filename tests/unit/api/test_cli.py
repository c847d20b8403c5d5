"""The command line against a running service, and its one-line errors."""

import json
from pathlib import Path

import pytest

from api.cli.app import MODULES
from api.cli.simulate import simulator_arguments
from api.roles import Role
from tests.unit.api.conftest import Run
from tests.unit.api.harness import Harness


def at(harness: Harness, role: Role) -> list[str]:
    return ["--url", harness.url, "--key", harness.keys[role]]


def test_a_request_is_made_with_names_and_followed_to_its_receipt(demo: Harness, run: Run) -> None:
    demo.hear_drones()
    order = ["--from", "福江港", "--to", "saganoshima clinic", "--mass", "1.2", "--item", "インスリン"]

    made = run("request", *order, "--temperature", "cold", "--urgency", "urgent", *at(demo, Role.CLINIC))
    request_id = made[1].strip()
    demo.fly(demo.wait_for_launch())
    watched = run("watch", *at(demo, Role.OPERATOR))
    received = run("receipt", request_id, *at(demo, Role.CLINIC))

    assert (made[0], request_id) == (0, "R-0001")
    assert watched[0] == 0
    assert "R-0001" in watched[1]
    assert received == (0, "R-0001 received\n", "")


def test_an_operator_approves_on_the_command_line(harness: Harness, run: Run) -> None:
    harness.hear_drones()
    run("request", "--from", "FKP", "--to", "SGC", "--mass", "1", "--item", "x", *at(harness, Role.CLINIC))
    harness.wait_for(lambda: bool(harness.service.dispatcher.sorties()))

    approved = run("approve", "S-0001", *at(harness, Role.OPERATOR))
    cancelled = run("cancel", "R-0001", "--reason", "不要", *at(harness, Role.CLINIC))

    assert approved == (0, "S-0001 approved\n", "")
    assert cancelled == (0, "R-0001 cancelled\n", "")


WRONG = [
    pytest.param(["bogus"], 2, "No such command", "--help", id="unknown command"),
    pytest.param(["request", "--from", "FKP"], 2, "--to", "tsubaki request --help", id="missing option"),
    pytest.param(["route", "FKP", "Atlantis"], 2, "Atlantis", "use one of", id="unknown site"),
    pytest.param(["route", "FKP", "診療所"], 2, "several pads", "give one of these ids", id="ambiguous name"),
    pytest.param(
        ["route", "FKP", "SGP", "--drone", "balloon"], 2, "balloon", "quadplane", id="unknown drone type"
    ),
    pytest.param(["route", "FKP", "FKP"], 1, "same pad", "another place", id="from = to"),
    pytest.param(["serve", "--port", "99999"], 2, "--port", "correct it", id="port out of range"),
    pytest.param(["watch"], 1, "no API key", "TSUBAKI_KEY", id="no key"),
    pytest.param(
        ["watch", "--url", "http://127.0.0.1:9", "--key", "k"],
        1,
        "no answer",
        "tsubaki serve",
        id="no service",
    ),
    pytest.param(["keys", "create", "--role", "clinic"], 2, "--site", "SGC", id="a clinic without a site"),
    pytest.param(["demo", "--data-dir", "full"], 1, "not empty", "new folder", id="a folder in use"),
    pytest.param(["inspect", "/dev/no-such-device"], 1, "inspection", "vehicle", id="no vehicle"),
]


@pytest.mark.parametrize(("arguments", "code", "problem", "remedy"), WRONG)
def test_every_error_is_one_line_with_a_remedy(
    run: Run, tmp_path: Path, arguments: list[str], code: int, problem: str, remedy: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()

    result = run(*arguments)

    assert result[0] == code
    assert result[2].startswith("tsubaki: ")
    assert result[2].count("\n") == 1
    assert problem in result[2]
    assert remedy in result[2]


def test_a_refusal_of_the_service_is_one_line_with_its_remedy(harness: Harness, run: Run) -> None:
    order = ["--from", "FKP", "--to", "SGC", "--item", "x"]

    heavy = run("request", *order, "--mass", "99", *at(harness, Role.CLINIC))
    late = run("request", *order, "--mass", "1", "--deadline", "2001-01-01", *at(harness, Role.CLINIC))
    vague = run("request", *order, "--mass", "1", "--deadline", "soon", *at(harness, Role.CLINIC))
    forbidden = run("approve", "S-0001", *at(harness, Role.CLINIC))

    assert heavy[2].startswith("tsubaki: mass_kg: 99 kg is more")
    assert "ferry" in heavy[2]
    assert "deadline" in late[2]
    assert "+4h" in vague[2]
    assert "operator" in forbidden[2]
    assert all(result[2].count("\n") == 1 for result in (heavy, late, vague, forbidden))


def test_the_key_of_the_demonstration_is_found(harness: Harness, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "build" / "demo"
    folder.mkdir(parents=True)
    (folder / "keys.json").write_text(json.dumps(harness.keys), encoding="utf-8")

    result = run("approve", "S-9999", "--url", harness.url)

    assert result[0] == 1
    assert "S-9999" in result[2]


@pytest.mark.parametrize("command", ["", *MODULES])
def test_help_tells_what_there_is(run: Run, command: str) -> None:
    result = run(*([command] if command else []), "--help")

    assert result[0] == 0
    assert "Usage: tsubaki" in result[1]


def test_a_route_is_shown_with_its_proof_and_drawn(run: Run, tmp_path: Path) -> None:
    result = run("route", "福江港", "嵯峨島診療所", "--png", "route.png")

    assert result[0] == 0
    assert "海岸 coast: " in result[1]
    assert (tmp_path / "route.png").read_bytes().startswith(b"\x89PNG")


def test_keys_are_made_and_listed_without_showing_them_again(run: Run) -> None:
    made = run("keys", "create", "--role", "clinic", "--site", "嵯峨島診療所", "--data-dir", "here")
    listed = run("keys", "list", "--data-dir", "here")

    assert made[1].startswith("tsk_")
    assert made[1].strip() not in listed[1]
    assert "SGC" in listed[1]
    assert "嵯峨島診療所" in listed[1]


def test_the_simulator_gets_the_services_time() -> None:
    assert simulator_arguments(Path("f.toml"), 5.0, 60.0, ["--seed", "7"]) == [
        "--fleet",
        "f.toml",
        "--epoch",
        "5.0",
        "--speedup",
        "60.0",
        "--seed",
        "7",
    ]
    assert "--fleet" not in simulator_arguments(None, 5.0, 1.0, ["--vehicle", "copter"])
