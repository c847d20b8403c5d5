"""A TCP link that can be cut: the connection stays, and nothing comes through any more."""

import socket
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Self

from flight.protocol.codec import Encoder
from flight.protocol.messages import Heartbeat

READ_BYTES = 65536
HOST = "127.0.0.1"
BEAT_S = 0.1
COPTER_ON_GROUND = Heartbeat(2, 3, 81, 0, 3)


class Relay:
    """Stands between one client and one server; ``mute`` drops what either says from then on.

    Parameters
    ----------
    server
        ``tcp:HOST:PORT`` of a program that listens, or ``None`` for one that never says anything.
    """

    def __init__(self, server: str | None) -> None:
        self._server = server
        self._muted = Event()
        self._listener = socket.create_server((HOST, 0))
        self._sockets = [self._listener]
        self._threads = [Thread(target=self._accept, name="relay", daemon=True)]

    @property
    def connection(self) -> str:
        """Where the client connects to."""
        return f"tcp:{HOST}:{self._listener.getsockname()[1]}"

    def mute(self) -> None:
        """Let nothing through any more."""
        self._muted.set()

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self._sockets:
            # Closing alone does not wake a thread that waits for the socket.
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
            finally:
                each.close()
        for thread in self._threads:
            thread.join(5.0)

    def _accept(self) -> None:
        try:
            client, _ = self._listener.accept()
        except OSError:
            return
        self._sockets.append(client)
        if self._server is None:
            self._pass_on(client, client)
            return
        host, port = self._server.removeprefix("tcp:").split(":")
        server = socket.create_connection((host, int(port)))
        self._sockets.append(server)
        back = Thread(target=self._pass_on, args=(server, client), name="relay back", daemon=True)
        self._threads.append(back)
        back.start()
        self._pass_on(client, server)

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(READ_BYTES):
                if not self._muted.is_set() and source is not sink:
                    sink.sendall(data)
        except OSError:
            return


class Beacon:
    """A vehicle that sends heartbeats to one client, and says nothing else, whatever it is asked."""

    def __init__(self) -> None:
        self._listener = socket.create_server((HOST, 0))
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="beacon", daemon=True)

    @property
    def connection(self) -> str:
        """Where the client connects to."""
        return f"tcp:{HOST}:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._thread.join(5.0)
        self._listener.close()

    def _run(self) -> None:
        encoder = Encoder(1, 1)
        client, _ = self._listener.accept()
        with client, suppress(OSError):
            while not self._stopping.wait(BEAT_S):
                client.sendall(encoder.encode(COPTER_ON_GROUND))
