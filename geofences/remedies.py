"""What may solve a conflict between flights, and the sentences that tell a person what was done about one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geofences.conflicts import Conflict
from geofences.route import Route


class Remedy(StrEnum):
    """How a conflict may be solved, the simplest first."""

    WAIT = "wait"
    LAYER = "layer"
    OTHER_WAY = "other way"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence for a person, in English and Japanese."""

    en: str
    ja: str


@dataclass(frozen=True)
class Alternative:
    """One remedy: its route without and with the delay it needs, and what it costs.

    ``conflicts`` are those of the route without delay, by the name of the reservation.
    """

    remedy: Remedy
    route: Route
    rise_m: float
    delay_s: float
    cost_s: float
    conflicts: Mapping[str, tuple[Conflict, ...]]


@dataclass(frozen=True, slots=True)
class Impossible:
    """A remedy for which there is no route, and why."""

    remedy: Remedy
    rise_m: float
    problem: str


def explained(
    planned: Alternative, best: Alternative, rejected: Sequence[Alternative | Impossible]
) -> Iterator[Sentence]:
    """Yield why a remedy was taken, and what each of the others would have cost."""
    if not planned.conflicts:
        yield Sentence("The route is free as planned.", "予定どおりの経路と時刻で空いています。")
        return
    names = ", ".join(planned.conflicts)
    yield Sentence(f"As planned it would meet {names}.", f"予定のままでは {names} と重なります。")
    yield from _change(best, planned.route)
    for each in rejected:
        yield _refusal(each)


def _change(best: Alternative, route: Route) -> Iterator[Sentence]:
    if best.remedy is Remedy.LAYER:
        yield Sentence(f"It flies {best.rise_m:.0f} m higher.", f"{best.rise_m:.0f} m 高い層を飛びます。")
    if best.remedy is Remedy.OTHER_WAY:
        longer_km = (best.route.length_m - route.length_m) / 1000
        yield Sentence(
            f"It takes a way {longer_km:.1f} km longer.", f"{longer_km:.1f} km 長い経路を飛びます。"
        )
    if best.delay_s > 0.0:
        yield Sentence(f"It starts {best.delay_s:.0f} s later.", f"{best.delay_s:.0f} 秒遅れて出発します。")
    yield Sentence(
        f"It arrives {best.cost_s:.0f} s later than planned.",
        f"到着は予定より {best.cost_s:.0f} 秒遅れます。",
    )


def _refusal(each: Alternative | Impossible) -> Sentence:
    en, ja = {
        Remedy.WAIT: ("Waiting", "待機"),
        Remedy.LAYER: (f"Flying {each.rise_m:.0f} m higher", f"{each.rise_m:.0f} m 高い層"),
        Remedy.OTHER_WAY: ("Another way", "別の経路"),
    }[each.remedy]
    if isinstance(each, Impossible):
        return Sentence(f"{en} is not possible: {each.problem}.", f"{ja}は使えません（{each.problem}）。")
    return Sentence(
        f"{en} would arrive {each.cost_s:.0f} s later than planned.",
        f"{ja}では到着が予定より {each.cost_s:.0f} 秒遅れます。",
    )
