"""Figures for Prometheus: counted where things happen, or looked up when asked."""

from collections import Counter
from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client import Counter as CounterMetric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from api.feed import Feed
from api.link_metrics import LinkMetrics
from api.service import Service
from dispatch.states import RequestState, SortieState
from flight.events import FlightEvent, Launched, LaunchFailed, TelemetryUpdated
from flight.link_state import LinkState


class Metrics:
    """Counters of the flight side, and the registry with everything."""

    def __init__(self, service: Service, feed: Feed) -> None:
        self.registry = CollectorRegistry()
        self._launches = CounterMetric(
            "tsubaki_launches", "Drones that took off on a mission", registry=self.registry
        )
        self._refused = CounterMetric(
            "tsubaki_launches_refused",
            "Launches that ended before take-off",
            ["stage"],
            registry=self.registry,
        )
        self._telemetry = CounterMetric(
            "tsubaki_telemetry_updates", "Telemetry updates from vehicles", registry=self.registry
        )
        self.registry.register(_Present(service, feed))
        self.registry.register(LinkMetrics(service.flight))

    def count(self, event: FlightEvent) -> None:
        """Count an event of the flight gateway."""
        if isinstance(event, TelemetryUpdated):
            self._telemetry.inc()
        elif isinstance(event, Launched):
            self._launches.inc()
        elif isinstance(event, LaunchFailed):
            self._refused.labels(event.stage).inc()


class _Present(Collector):
    """What is true now, looked up for each scrape."""

    def __init__(self, service: Service, feed: Feed) -> None:
        self._service = service
        self._feed = feed

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Return nothing: registering must not look anything up."""
        return ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges."""
        with self._service.store.reading() as work:
            requests = Counter(request.state for request in work.requests.all())
            sorties = Counter(sortie.state for sortie in work.sorties.all())
        yield _by_label("tsubaki_requests", "Requests by state", "state", RequestState, requests)
        yield _by_label("tsubaki_sorties", "Sorties by state", "state", SortieState, sorties)
        links = Counter(seen.link for seen in self._service.flight.snapshots().values())
        yield _by_label("tsubaki_vehicles", "Vehicles by state of their link", "link", LinkState, links)
        hub = self._service.hub
        yield _gauge("tsubaki_live_clients", "Browsers that follow the live events", len(hub))
        yield _gauge("tsubaki_live_clients_dropped", "Browsers dropped for being slow", hub.dropped_clients)
        yield _gauge("tsubaki_event_lag_seconds", "From an event to its publication", self._feed.lag_s)


def _by_label(
    name: str,
    text: str,
    label: str,
    values: Iterable[str],
    counts: Counter[RequestState] | Counter[SortieState] | Counter[LinkState],
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=[label])
    present = {str(value): count for value, count in counts.items()}
    for value in values:
        family.add_metric([str(value)], present.get(str(value), 0))
    return family


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)
