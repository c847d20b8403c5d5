"""What is being done with one flight, at whose word, and what may replace it."""

from collections.abc import Callable
from functools import partial

from flight.actions.action import Request, carry_out
from flight.actions.airborne import Airborne
from flight.actions.hold import HOLD_LIMIT_S
from flight.actions.proceed import Proceed
from flight.actions.resume import Resume
from flight.actions.return_home import ReturnHome
from flight.actions.seen import modes_of, seen
from flight.actions.strength import counts_more
from flight.errors import LocalFlightError
from flight.events import ActionRefused, ActionTaken, FlightEvent, FlightPhase
from flight.procedure import Announcement, Runner
from flight.protocol.messages import Message
from flight.situations import Action
from flight.supervision.flight import Supervision
from flight.vehicle import Vehicle

BY_LIMIT = "limit of the hold"


class Control:
    """Carries out one action after the other, and ends a hold when its time is over.

    What has been done is read from the vehicle and not remembered: a gateway that adopts a held flight times
    its hold anew. Only at whose word it was done is remembered.
    """

    def __init__(self, supervision: Supervision, vehicle: Vehicle) -> None:
        self._supervision = supervision
        self._vehicle = vehicle
        self._request: Request | None = None
        self._runner: Runner[bool] | None = None
        self._last: Request | None = None
        self._modes_before = supervision.expected_modes
        self._held_since: float | None = None
        self._events: list[FlightEvent] = []

    @property
    def flight(self) -> Airborne:
        """The flight as it is now."""
        phase = self._supervision.phase or FlightPhase.ENROUTE
        return Airborne(self._supervision.order, self._vehicle, phase)

    @property
    def idle(self) -> bool:
        """Say whether nothing is being asked of the vehicle."""
        return self._request is None

    @property
    def in_force(self) -> tuple[Action, Request | None]:
        """What the vehicle is doing off its plan, and the request that it came of, as far as we know."""
        if self._request is not None:
            return self._request.kind, self._request
        kind = seen(self.flight)
        request = self._last if self._last is not None and self._last.kind is kind else None
        planned = kind is Action.RETURN and request is None
        return (Action.CONTINUE if planned else kind), request

    def ask(self, request: Request, now: float) -> None:
        """Begin an action, unless it is being done, or a stronger one is."""
        if request.kind is Action.CONTINUE:
            self._take_note(request, now)
            return
        under_way = self._request
        if under_way is not None and not counts_more(request, under_way):
            if (request.kind, request.by) != (under_way.kind, under_way.by):
                self.refuse(request, f"{under_way.kind} at the word of {under_way.by} is under way", now)
            return
        if under_way is None and self._is_done(request):
            self._note_done(request, now)
            return
        if under_way is not None:
            self._replace(f"replaced by {request.kind} at the word of {request.by}", now)
        self._begin(request, now)

    def receive(self, message: Message, now: float) -> None:
        """Pass a message of the vehicle to the action under way."""
        if self._runner is not None:
            self._drive(partial(self._runner.receive, message, now), now)

    def handle_timer(self, now: float) -> None:
        """Pass the time to the action under way."""
        if self._runner is not None:
            self._drive(partial(self._runner.handle_timer, now), now)

    def look(self, now: float) -> None:
        """Let a held flight go on when its time is over: home, or on where it is on its way to a landing.

        What was not done when the flight ended is not done any more; motors are stopped all the same.
        """
        flight, under_way = self.flight, self._request
        if self._supervision.landed and under_way is not None and under_way.kind is not Action.TERMINATE:
            self._replace("the flight is over", now)
        if self._runner is not None or not flight.held:
            self._held_since = None
            return
        if self._held_since is None:
            self._held_since = now
        elif now - self._held_since >= HOLD_LIMIT_S:
            on_its_way = flight.homeward or flight.divert_under_way is not None
            action = Resume() if on_its_way else ReturnHome()
            reason = f"held for {HOLD_LIMIT_S:.0f} s"
            self.ask(Request(action, BY_LIMIT, reason, by_person=False), now)

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called."""
        return None if self._runner is None else self._runner.next_timer()

    def take_messages(self) -> list[Message]:
        """Return the messages to send, and forget them."""
        return [] if self._runner is None else self._runner.take_messages()

    def take_events(self) -> list[FlightEvent]:
        """Return the events since the last call."""
        events, self._events = self._events, []
        return events

    def abandon(self, reason: str, now: float) -> None:
        """End the action under way, if there is one, and tell why."""
        self._replace(reason, now)

    def announce(self, announcement: Announcement, now: float) -> None:
        """Tell something about this flight."""
        self._events.append(announcement(now))

    def _is_done(self, request: Request) -> bool:
        """Say whether a request has been met: commands may come twice, and late."""
        flight, last = self.flight, self._last
        repeats = last is not None and type(last.action) is type(request.action)
        return request.action.is_done(flight) and (repeats or request.action.refusal(flight) is None)

    def _note_done(self, request: Request, now: float) -> None:
        """Tell whoever asks for the first time that it is being done, and from now on at his word."""
        last, self._last = self._last, request
        if last is None or (type(last.action), last.by) != (type(request.action), request.by):
            divert = self.flight.divert_under_way if request.kind is Action.DIVERT else None
            details = {"action": request.kind, "by": request.by, "reason": f"{request.reason}; done already"}
            site_id = None if divert is None else divert.site_id
            self.announce(self._supervision.order.announce(ActionTaken, **details, site_id=site_id), now)

    def _take_note(self, request: Request, now: float) -> None:
        """Tell that the flight goes on, beside whatever is being done with it."""
        runner = Runner(carry_out(request, self.flight))
        runner.start(now)
        self._events.extend(runner.take_events())

    def _replace(self, reason: str, now: float) -> None:
        """End the action under way, which says so, without what would follow it."""
        runner = self._runner
        if runner is not None:
            self._runner = self._request = None
            self._supervision.expect_modes(self._modes_before)
            runner.interrupt(LocalFlightError(reason), now)
            self._events.extend(runner.take_events())

    def _begin(self, request: Request, now: float) -> None:
        flight = self.flight
        self._request, self._held_since = request, None
        self._modes_before = self._supervision.expected_modes
        self._expect(request.kind, Action.CONTINUE, beside=self._modes_before)
        self._runner = Runner(carry_out(request, flight))
        self._drive(partial(self._runner.start, now), now)

    def _drive(self, call: Callable[[], None], now: float) -> None:
        runner, request = self._runner, self._request
        if runner is None or request is None:
            return
        try:
            call()
        finally:
            self._events.extend(runner.take_events())
            if runner.done:
                self._runner = self._request = None
                self._finish(request, bool(runner.value), now)

    def _finish(self, request: Request, done: bool, now: float) -> None:
        """Remember what was done; try what comes next if it was not.

        A vehicle that is on its way all the same, say to a site and only not heard to change to its wing, is
        left on it.
        """
        if done:
            self._last = request
        self._expect_what_is_seen(request)
        if not done and request.otherwise:
            following, *rest = request.otherwise
            reason = f"{request.reason}; {request.kind} was refused"
            on_its_way = request.kind is not Action.HOLD and request.action.is_done(self.flight)
            action = Proceed() if on_its_way or following.is_done(self.flight) else following
            self.ask(Request(action, request.by, reason, request.by_person, tuple(rest)), now)

    def refuse(self, request: Request, reason: str, now: float) -> None:
        """Tell that something is not done, and why."""
        details = {"action": request.kind, "by": request.by, "reason": reason}
        self.announce(self._supervision.order.announce(ActionRefused, **details), now)

    def _expect_what_is_seen(self, request: Request) -> None:
        """Expect what the vehicle does after an action; a landing that was not asked for stays a surprise."""
        kind = seen(self.flight)
        if kind is Action.LAND and request.kind is not Action.LAND:
            self._supervision.expect_modes(self._modes_before)
        else:
            self._expect(kind)

    def _expect(self, *kinds: Action, beside: frozenset[int] = frozenset()) -> None:
        modes = (modes_of(kind, self._vehicle.vehicle_class) for kind in kinds)
        self._supervision.expect_modes(beside.union(*modes))
