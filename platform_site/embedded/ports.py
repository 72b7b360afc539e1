"""Free TCP ports on the loopback address."""

import random
import socket

# below the range from which the kernel takes ports for outgoing connections, so that a stored port tends to stay free
LOWEST, HIGHEST = 15000, 32000


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
    except OSError:
        return False
    return True


def choose(*, keep: int | None = None, avoid: tuple[int, ...] = ()) -> int:
    """`keep` while it is free, else a free port taken at random."""
    if keep and keep not in avoid and is_free(keep):
        return keep
    while True:
        port = random.randint(LOWEST, HIGHEST)  # noqa: S311 - no secret, only two copies side by side should differ
        if port not in avoid and is_free(port):
            return port
