"""Figures of the gateway and of the links to the vehicles, for Prometheus."""

from collections.abc import Iterable, Iterator, Mapping

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.service import FlightPort
from flight.links.quality import LinkQuality, LinkStatistics
from flight.plan import VehicleAddress

Qualities = Mapping[VehicleAddress, LinkQuality]


class LinkMetrics(Collector):
    """What the gateway dropped since it began, and how good each link is now, looked up for each scrape."""

    def __init__(self, flight: FlightPort) -> None:
        self._flight = flight

    def describe(self) -> Iterable[Metric]:
        """Return nothing: registering must not look anything up."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield the counters and the gauges."""
        yield from self._dropped()
        qualities = self._flight.link_qualities()
        yield _losses(qualities)
        yield _rates(qualities)
        yield _round_trips(qualities)

    def _dropped(self) -> Iterator[Metric]:
        counters = self._flight.counters
        for name, text, value in (
            ("bad_bytes", "Bytes that were no part of a good frame", counters.bad_bytes),
            ("unknown_frames", "Frames from an address of no vehicle", counters.unknown_frames),
            ("doubled_frames", "Frames that came over two links", counters.doubled_frames),
            ("moves", "Vehicles that were found at another address", counters.moves),
        ):
            yield CounterMetricFamily(f"tsubaki_gateway_{name}", text, value=value)
        rejected = CounterMetricFamily(
            "tsubaki_gateway_rejected_frames", "Frames that were not rightly signed", labels=["reason"]
        )
        for reason, count in counters.rejected_frames.items():
            rejected.add_metric([reason], count)
        yield rejected


def _losses(qualities: Qualities) -> Metric:
    family = GaugeMetricFamily(
        "tsubaki_link_loss_ratio", "Lost share of the frames of a link, 0 to 1", labels=["vehicle", "link"]
    )
    for address, quality in qualities.items():
        for link in _links(quality):
            if link.loss is not None:
                family.add_metric([str(address), link.link], link.loss)
    return family


def _rates(qualities: Qualities) -> Metric:
    family = GaugeMetricFamily(
        "tsubaki_messages_per_second",
        "Messages from a vehicle over the link in use, by their MAVLink name",
        labels=["vehicle", "message"],
    )
    for address, quality in qualities.items():
        for name, rate_hz in quality.best.rates_hz.items():
            family.add_metric([str(address), name], rate_hz)
    return family


def _round_trips(qualities: Qualities) -> Metric:
    family = GaugeMetricFamily(
        "tsubaki_link_round_trip_seconds", "Round trip to a vehicle and back", labels=["vehicle"]
    )
    for address, quality in qualities.items():
        if quality.round_trip_s is not None:
            family.add_metric([str(address)], quality.round_trip_s)
    return family


def _links(quality: LinkQuality) -> tuple[LinkStatistics, ...]:
    return quality.best, *quality.others
