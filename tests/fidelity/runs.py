"""Records scenarios as the command line wants them, and compares."""

import sys
from collections.abc import Callable

from tests.fidelity import totals, trace
from tests.fidelity.comparison.compare import compare
from tests.fidelity.comparison.report import Report
from tests.fidelity.expected import Knowledge, of
from tests.fidelity.in_process import BuiltIn, InProcessTransport
from tests.fidelity.launch import launched, port_of
from tests.fidelity.link import Transport
from tests.fidelity.options import Options
from tests.fidelity.recording import parameter_lines, record
from tests.fidelity.references import all_referenced, reference
from tests.fidelity.registry import KINDS, Scenario
from tests.fidelity.sockets import SocketTransport
from tests.fidelity.trace import Trace
from tests.fidelity.vehicle_clock import VehicleClock

Say = Callable[[str], None]


def built_in_trace(case: Scenario) -> Trace:
    """Record a scenario with the built-in vehicle, in this process, on virtual time."""
    return record(case, InProcessTransport(BuiltIn(case.kind)), None)[0]


class Run:
    """One call of the command.

    Parameters
    ----------
    options
        What is wanted.
    wall
        Returns wall seconds, for vehicles on sockets.
    knowledge
        What is known of the vehicle.
    say
        Takes one line for a person.
    """

    def __init__(self, options: Options, wall: Callable[[], float], knowledge: Knowledge, say: Say) -> None:
        self._options, self._wall, self._knowledge, self._say = options, wall, knowledge, say
        self.reports: dict[str, list[Report]] = {kind: [] for kind in KINDS}

    def all(self) -> bool:
        """Run the scenarios; return whether enough holds, for each kind of vehicle that was tried."""
        compared = set(all_referenced(self._options.reference))
        for case in self._options.cases:
            fresh = self._record(case)
            if case in compared:
                report = compare(reference(case, self._options.reference), fresh)
                self.reports[case.kind].append(report)
                self._show(report)
            else:
                self._say(f"{case.name}: recorded; there is no other recording to compare with")
        verdicts = [self._sum_up(kind, reports) for kind, reports in self.reports.items() if reports]
        return all(verdicts)

    def _record(self, case: Scenario) -> Trace:
        options = self._options
        with launched(options.launch, options.instance):
            fresh, recorder = record(case, self._transport(case), options.speedup if options.url else None)
        if options.out is not None:
            folder = options.out / case.kind
            trace.write(fresh, folder / f"{case.name}.jsonl.xz")
            if recorder.params:
                (folder / "params.txt").write_text(parameter_lines(recorder.params), encoding="utf-8")
        if "error" in fresh.meta:
            self._say(f"{case.name}: ended early: {fresh.meta['error']}")
        return fresh

    def _transport(self, case: Scenario) -> Transport:
        options = self._options
        if options.url is None:
            return InProcessTransport(BuiltIn(case.kind))
        clock = VehicleClock(options.speedup, self._wall)
        return SocketTransport(options.url.format(port=port_of(options.instance)), clock, self._wall)

    def _show(self, report: Report) -> None:
        held, total = totals.sums([report])
        self._say(f"{report.scenario}: {held} of {total} expectations hold")
        reasons = of(report.scenario, self._knowledge.differences)
        for each in report.differences:
            self._say(f"  {each.expectation}: {each.detail}")
            if each.expectation in reasons:
                self._say(f"      known: {reasons[each.expectation]}")

    def _sum_up(self, kind: str, reports: list[Report]) -> bool:
        """Print the sums of a kind of vehicle; return whether enough holds."""
        floors = self._knowledge.floors
        counted = [report for report in reports if report.scenario not in floors]
        further = [report for report in reports if report.scenario in floors]
        good = all(report.held.total() >= floors[report.scenario] for report in further)
        if further:
            self._say_sum(f"{kind}, not explained yet", further, "as known" if good else "FEWER")
        if counted:
            good &= totals.enough(kind, *totals.sums(counted))
            self._say_sum(kind, counted, f"{totals.NEEDED[kind]:.0%} needed")
        return good

    def _say_sum(self, what: str, reports: list[Report], remark: str) -> None:
        held, total = totals.sums(reports)
        self._say(f"{what}: {held} of {total} expectations hold, {held / total:.2%} ({remark})")


def print_line(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
