"""API keys: what they look like, how they are kept, and who holds one.

A key is ``tsk_<id>_<secret>``. The id finds the stored record without trying every digest; the secret has 192
bits of chance, and only its Argon2 digest is stored (RFC 9106). Argon2 is slow on purpose, so a key that was
right once is remembered in memory by a plain hash, for the life of the process.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.roles import Role
from dispatch.store.settings import ApiKey
from dispatch.store.store import Store

KEY_PREFIX = "tsk"
SECRET_BYTES = 24


@dataclass(frozen=True)
class Principal:
    """Who is asking: the holder of a valid key.

    A clinic's key may be bound to a site: it then asks for that site only, and sees what concerns it.
    """

    key_id: str
    name: str
    role: Role
    site_id: str | None

    @property
    def is_operator(self) -> bool:
        """Say whether this is an operator, who may do and see everything."""
        return self.role is Role.OPERATOR


class KeyRing:
    """Issues keys and recognises them.

    Parameters
    ----------
    store
        The database that keeps the digests.
    hasher
        Argon2 with its cost (tests hand in a cheap one).
    """

    def __init__(self, store: Store, hasher: PasswordHasher | None = None) -> None:
        self._store = store
        self._hasher = hasher or PasswordHasher()
        self._recognised: dict[str, Principal] = {}

    def issue(self, name: str, role: Role, site_id: str | None, now: datetime) -> str:
        """Make a key, store its digest, and return the key: the only time that it is seen."""
        key_id, secret = secrets.token_hex(4), secrets.token_urlsafe(SECRET_BYTES)
        with self._store.writing() as work:
            work.api_keys.save(ApiKey(key_id, name, role.value, self._hasher.hash(secret), now))
            if site_id is not None:
                work.settings.save(_site_setting(key_id), site_id)
        return f"{KEY_PREFIX}_{key_id}_{secret}"

    def holders(self) -> list[Principal]:
        """Return the holders of all keys, oldest key first."""
        with self._store.reading() as work:
            return [
                Principal(key.id, key.name, Role(key.role), work.settings.get(_site_setting(key.id)))
                for key in work.api_keys.all()
            ]

    def recognise(self, key: str) -> Principal | None:
        """Return who holds the key, or ``None`` where nobody does."""
        fingerprint = hashlib.sha256(key.encode()).hexdigest()
        if fingerprint not in self._recognised:
            principal = self._verified(key)
            if principal is None:
                return None
            self._recognised[fingerprint] = principal
        return self._recognised[fingerprint]

    def _verified(self, key: str) -> Principal | None:
        prefix, _, rest = key.partition("_")
        key_id, _, secret = rest.partition("_")
        with self._store.reading() as work:
            digest = next((stored.hash for stored in work.api_keys.all() if stored.id == key_id), None)
        if prefix != KEY_PREFIX or digest is None:
            return None
        try:
            self._hasher.verify(digest, secret)
        except (VerificationError, InvalidHashError):
            return None
        return next(holder for holder in self.holders() if holder.key_id == key_id)


def _site_setting(key_id: str) -> str:
    return f"api_key.{key_id}.site_id"
