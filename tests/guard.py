"""A guard at the door: nothing that this process does may leave the machine.

It listens to the audit events of Python's sockets, which no library that uses them
gets round. Browsers and other programs that are started are not seen.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

LEFT = 97
# Where in an event's arguments the name or the address stands.
_NAMES = {
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.getnameinfo": 0,
}
_ADDRESSES = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
_watchers: list[Callable[[str], object]] = []


@contextmanager
def standing(watcher: Callable[[str], object]) -> Iterator[None]:
    """Have ``watcher`` told of whatever would leave the machine, before it does."""
    _listen_from_now_on()
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)


def stand_for_good() -> None:
    """End this process at once when it asks, so that nothing hides it."""
    _listen_from_now_on()
    _watchers.append(_end)


@cache
def _listen_from_now_on() -> None:
    # An audit hook cannot be taken away again; without watchers it does nothing.
    sys.addaudithook(_listen)


def _listen(event: str, args: tuple[object, ...]) -> None:
    if not _watchers or not event.startswith("socket."):
        return
    if event in _NAMES:
        leaves = not _is_here(args[_NAMES[event]])
    elif event in _ADDRESSES:
        # An address that is no tuple is the path of a Unix socket.
        asked = args[_ADDRESSES[event]]
        leaves = isinstance(asked, tuple) and not _is_here(asked)
    else:
        return
    if leaves:
        for watcher in list(_watchers):
            watcher(f"the network was asked: {event} {args!r}")


def _is_here(address: object) -> bool:
    host = address[0] if isinstance(address, tuple) and address else address
    host = os.fsdecode(host) if isinstance(host, bytes) else host
    if not isinstance(host, str) or host in ("", "localhost"):
        return True  # None is this machine; a number is a socket of the kernel's
    try:
        place = ipaddress.ip_address(host)
    except ValueError:
        return False
    return place.is_loopback or place.is_unspecified


def _end(said: str) -> None:
    os.write(2, f"{said}\n".encode())
    os._exit(LEFT)
