"""What a log line of this package is about, as fields beside its text."""

from flight.order import Order
from flight.plan import VehicleAddress


def log_fields(vehicle: VehicleAddress, order: Order | None) -> dict[str, str | int]:
    """Return the vehicle, and the sortie with its attempt if there is an order (``extra`` of `logging`)."""
    about: dict[str, str | int] = {"vehicle": str(vehicle)}
    return about if order is None else {**about, "sortie_id": order.sortie_id, "attempt": order.attempt}
