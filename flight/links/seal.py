"""The key of one vehicle: signs what goes out to it, and says which frames are its own and new."""

from collections.abc import Mapping

from flight.protocol.signing import Signer, SigningKey, SigningMemory, Verdict, Verifier


class Seal:
    """Key, timestamps and counts of one vehicle.

    Parameters
    ----------
    key
        What vehicle and ground stations share.
    memory
        What was stored before a restart; without it only frames of the last minute are believed.
    """

    def __init__(self, key: SigningKey, memory: SigningMemory | None) -> None:
        self.memory = memory
        self._key = key
        self._signer: Signer | None = None
        self._verifier: Verifier | None = None

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many frames were judged how."""
        return {} if self._verifier is None else self._verifier.counts

    def accepts(self, frame: bytes, now: float) -> bool:
        """Say whether a frame is signed with this key and newer than all before it."""
        if self._verifier is None:
            self._verifier = Verifier(self._key, self._remember(now))
        return self._verifier.verify(frame) is Verdict.ACCEPTED

    def sign(self, frame: bytes, link_id: int, now: float) -> bytes:
        """Return a frame with its signature."""
        if self._signer is None:
            self._signer = Signer(self._key, self._remember(now))
        return self._signer.sign(frame, link_id, now)

    def _remember(self, now: float) -> SigningMemory:
        if self.memory is None:
            self.memory = SigningMemory(now)
        return self.memory
