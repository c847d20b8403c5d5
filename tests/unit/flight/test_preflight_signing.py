"""The test of a link that should take signed messages only, operation by operation."""

from typing import Any

import pytest

from flight.preflight.ask import ATTEMPTS, AskMessage
from flight.preflight.facts import Signing
from flight.preflight.probe import PROBED, SIGNED_ATTEMPTS, UNSIGNED_ATTEMPTS, ProbeSigning
from flight.protocol.messages import (
    AutopilotVersion,
    CommandAck,
    CommandLong,
    Message,
    ParamRequestRead,
    ParamValue,
    Unsigned,
)
from flight.protocol.operation import Operation, Target
from tests.unit.flight.harness import START

TARGET = Target(1)
VALUE = ParamValue(PROBED, 120.0, 4, 1375, 65535)


def run(
    operation: Operation[Any], answers: dict[type[Message], Message], limit_s: float = 60.0
) -> list[tuple[float, Message]]:
    """Let time pass; answer each kind of message at once. Return what was sent and when."""
    sent: list[tuple[float, Message]] = []
    now = START
    operation.start(now)
    while not operation.done and now < START + limit_s:
        for message in operation.take_messages():
            sent.append((now - START, message))
            if type(message) in answers:
                operation.receive(answers[type(message)], now)
        now += 0.25
        operation.handle_timer(now)
    return sent


def test_a_link_that_ignores_the_unsigned_and_answers_the_signed_request_is_safe() -> None:
    probe = ProbeSigning(TARGET)

    sent = run(probe, {ParamRequestRead: VALUE})

    assert probe.result() is Signing.ENFORCED
    assert [type(message) for _, message in sent] == [Unsigned] * UNSIGNED_ATTEMPTS + [ParamRequestRead]
    assert {message.message for _, message in sent[:-1] if isinstance(message, Unsigned)} == {sent[-1][1]}


def test_a_link_that_answers_an_unsigned_request_is_open() -> None:
    probe = ProbeSigning(TARGET)

    run(probe, {Unsigned: VALUE})

    assert probe.result() is Signing.OPEN


def test_a_link_that_answers_nothing_is_unclear_in_bounded_time() -> None:
    probe = ProbeSigning(TARGET)

    sent = run(probe, {})

    assert probe.result() is Signing.UNCLEAR
    assert len(sent) == UNSIGNED_ATTEMPTS + SIGNED_ATTEMPTS


def test_an_answer_to_the_last_unsigned_request_has_the_longest_round_trip_to_come() -> None:
    probe = ProbeSigning(TARGET)
    run(probe, {}, limit_s=9.5)

    probe.receive(VALUE, START + 9.5)

    assert probe.result() is Signing.OPEN


@pytest.mark.parametrize(
    "other", [ParamValue("FS_GCS_ENABLE", 6.0, 4, 1375, 65535), ParamValue(PROBED, 120.0, 4, 1375, 2)]
)
def test_values_that_others_asked_for_say_nothing(other: ParamValue) -> None:
    probe = ProbeSigning(TARGET)

    run(probe, {Unsigned: other, ParamRequestRead: VALUE})

    assert probe.result() is Signing.ENFORCED


def test_a_message_is_asked_for_until_it_comes() -> None:
    ask = AskMessage(TARGET, AutopilotVersion, 148)
    version = AutopilotVersion(0, 0x04060000, 0, (0,) * 18)
    ask.start(START)
    ask.handle_timer(START + 1.0)

    ask.receive(version, START + 1.5)

    assert ask.result() == version
    first, second = ask.take_messages()
    assert isinstance(first, CommandLong)
    assert isinstance(second, CommandLong)
    assert (first.command, first.param1, first.confirmation, second.confirmation) == (512, 148, 0, 1)


@pytest.mark.parametrize(
    "answers", [{}, {CommandLong: CommandAck(512, 0)}, {CommandLong: CommandAck(512, 4)}]
)
def test_a_message_that_does_not_come_is_not_told_whatever_is_acknowledged(
    answers: dict[type[Message], Message],
) -> None:
    ask = AskMessage(TARGET, AutopilotVersion, 148)

    sent = run(ask, answers)

    assert ask.result() is None
    assert len(sent) == ATTEMPTS
