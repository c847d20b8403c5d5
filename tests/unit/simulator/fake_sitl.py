"""Stands in for ArduPilot's SITL: takes its options, and behaves as ``FAKE_SITL`` says."""

import os
import socket
import sys
import time
from pathlib import Path

PORT = 5760


def main() -> None:
    """Open the port of the instance, die, or do nothing."""
    words = [word for word in sys.argv[1:] if word != "--wipe"]
    options = dict(zip(words[::2], words[1::2], strict=True))
    print("options", options, "wiped", "--wipe" in sys.argv, flush=True)
    print("folder", sorted(path.name for path in Path.cwd().iterdir()), flush=True)
    behaviour = os.environ["FAKE_SITL"]
    if behaviour == "die":
        sys.exit("cannot load the airframe")
    if behaviour == "serve":
        server = socket.create_server(("127.0.0.1", PORT + 10 * int(options["--instance"])))
        print("listening", server.getsockname(), flush=True)
    time.sleep(600)


if __name__ == "__main__":
    main()
