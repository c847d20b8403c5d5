"""What an installation may decide about flights, from the environment to the gateway."""

import json

import pytest
from pydantic import ValidationError

from api.logs import LogFormat
from api.settings import Settings
from api.wiring import preflight_settings, tlog_limits
from flight.errors import LocalFlightError
from flight.events import Severity
from flight.records.daily import TlogLimits


def test_the_severities_of_preflight_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUBAKI_PREFLIGHT", json.dumps({"wind": "off", "battery": "hard_failure"}))
    monkeypatch.setenv("TSUBAKI_PREFLIGHT_OVERRIDE_S", "60")

    settings = preflight_settings(Settings())

    assert settings.severities == {"wind": Severity.OFF, "battery": Severity.HARD_FAILURE}
    assert settings.override_wait_s == 60


def test_a_severity_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="soft_failure"):
        Settings.model_validate({"preflight": {"wind": "fatal"}})


def test_a_check_that_does_not_exist_is_refused_with_those_that_do() -> None:
    settings = Settings(preflight={"weather": Severity.OFF})

    with pytest.raises(LocalFlightError, match="no preflight check 'weather'; there are link, position"):
        preflight_settings(settings)


def test_the_limits_of_recordings_and_the_form_of_logs_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUBAKI_TLOG_FILES", "5")
    monkeypatch.setenv("TSUBAKI_TLOG_FILE_BYTES", "1000000")
    monkeypatch.setenv("TSUBAKI_LOG_FORMAT", "json")

    settings = Settings()

    assert tlog_limits(settings) == TlogLimits(1_000_000, 5)
    assert settings.log_format is LogFormat.JSON
