"""One upload of a whole plan over a bad link, played to its end on virtual time and judged."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from flight.errors import FlightError
from flight.launching.compare import differences, planned_lists
from flight.launching.transfer import longest_transfer_s, transfer_plan
from flight.plan import FlightPlan
from flight.procedure import Runner
from flight.protocol.addressing import is_for
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.messages import Message
from flight.vehicle import Vehicle
from tests.unit.flight.fake_lists import FakeLists
from tests.uploads.link import BadLink, Quality
from tests.uploads.plans import drawn_plan

RIGHT, WRONG, HANG = "right", "WRONG PLAN", "HANG"
STATION, AUTOPILOT = (255, 190), (1, 1)
DRAIN_S = 30.0
"""What is still on the way, and an upload that is still open on board, may change the lists after the end."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How an upload ended, when, and over which link; ``text`` is the error's."""

    seed: int
    quality: Quality
    verdict: str
    text: str
    duration_s: float
    slipped: int

    @property
    def is_broken(self) -> bool:
        return self.verdict in (WRONG, HANG)


class Transfer:
    """The gateway's procedure at one end, the vehicle's lists at the other, and a link each way."""

    def __init__(
        self, plan: FlightPlan, old: FlightPlan, quality: Quality, random: np.random.Generator
    ) -> None:
        self.now = 0.0
        self.ended_at = 0.0
        self.error: FlightError | None = None
        self.lists = FakeLists()
        self.lists.stored = {kind.value: items for kind, items in planned_lists(old).items()}
        self.lists.home = replace(plan.mission[0], z_m=7.0)
        self.up, self.down = BadLink(quality, random), BadLink(quality, random)
        self._runner: Runner[None] = Runner(transfer_plan(plan, Vehicle(plan.vehicle, plan.vehicle_class)))
        self._ours, self._theirs = Encoder(*STATION), Encoder(*AUTOPILOT)
        self._decoder = Decoder()

    @property
    def is_done(self) -> bool:
        return self._runner.done

    def run(self, limit_s: float) -> None:
        """Play until the procedure is over or the limit is reached, and until the link is empty."""
        self._gateway(partial(self._runner.start, 0.0))
        while not self.is_done and self.now < limit_s:
            self._step()
        while self.now < self.ended_at + DRAIN_S and self._next_timer() is not None:
            self._step()

    def _next_timer(self) -> float | None:
        runner = None if self.is_done else self._runner.next_timer()
        timers = (self.up.next_timer(), self.down.next_timer(), self.lists.next_timer(), runner)
        return min((timer for timer in timers if timer is not None), default=None)

    def _step(self) -> None:
        timer = self._next_timer()
        self.now = self.now if timer is None else max(self.now, timer)
        for message in self._arrived(self.up, STATION, AUTOPILOT):
            self._answer(self.lists.receive(message, self.now))
        self._answer(self.lists.tick(self.now))
        for message in self._arrived(self.down, AUTOPILOT, STATION):
            self._gateway(partial(self._runner.receive, message, self.now))
        self._gateway(partial(self._runner.handle_timer, self.now))

    def _answer(self, messages: list[Message]) -> None:
        for message in messages:
            self.down.put(self._theirs.encode(message), self.now)

    def _gateway(self, call: partial[None]) -> None:
        if self.is_done:
            return
        try:
            call()
        except FlightError as error:
            self.error = error
        self.ended_at = self.now
        for message in self._runner.take_messages():
            self.up.put(self._ours.encode(message), self.now)

    def _arrived(self, link: BadLink, source: tuple[int, int], at: tuple[int, int]) -> Iterator[Message]:
        for datagram in link.due(self.now):
            for frame in self._decoder.frames(datagram):
                if (frame.system_id, frame.component_id) != source or frame.message is None:
                    continue
                if is_for(frame.message, *at):
                    yield frame.message


def run(seed: int, quality: Quality | None = None) -> Ending:
    """Play the upload of a seed, over the link of the seed if none is given."""
    random = np.random.default_rng(seed)
    drawn = Quality.drawn(random)
    plan, old = drawn_plan(random), drawn_plan(random)
    transfer = Transfer(plan, old, quality or drawn, random)
    transfer.run(longest_transfer_s(plan))
    return Ending(
        seed,
        quality or drawn,
        *_judged(transfer, plan),
        transfer.ended_at,
        transfer.up.slipped + transfer.down.slipped,
    )


def _judged(transfer: Transfer, plan: FlightPlan) -> tuple[str, str]:
    """Return verdict and text: a success that is claimed is compared with what is on board."""
    if not transfer.is_done:
        return HANG, ""
    if transfer.error is not None:
        return type(transfer.error).__name__, str(transfer.error)
    wrong = [
        text
        for kind, planned in planned_lists(plan).items()
        for text in differences(kind, planned, transfer.lists.stored[kind])
    ]
    return (WRONG, "; ".join(wrong)) if wrong else (RIGHT, "")
