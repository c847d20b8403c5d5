"""One request for one Idempotency-Key, however often a clinic's bad line makes it send again."""

import hashlib

from api.auth import Principal
from api.service import Service
from dispatch.values import NewRequest


def submit_once(service: Service, new: NewRequest, principal: Principal, key: str | None) -> str:
    """Submit the request unless this key was used before; return the id of the request.

    Runs in the dispatcher's thread, so two copies of one message cannot overtake each other.
    """
    if key is None:
        return service.dispatcher.submit_request(new, principal.name, service.clock.utc()).id
    # The key is the client's text: its hash is safe as the name of a setting, and has a fixed length.
    name = "idempotency." + hashlib.sha256(f"{principal.key_id}\n{key}".encode()).hexdigest()
    with service.store.reading() as work:
        known = work.settings.get(name)
    if known is not None:
        return known
    request = service.dispatcher.submit_request(new, principal.name, service.clock.utc())
    with service.store.writing() as work:
        work.settings.save(name, request.id)
    return request.id
