"""The guard at the door of the tests sees what would leave the machine."""

import socket
import threading

import pytest

import guard


@pytest.fixture
def told():
    """What the guard says; it refuses too, so that nothing is really asked."""
    said = []

    def refuse(what):
        said.append(what)
        raise ConnectionRefusedError(what)

    # The guard of all tests would fail this one: it stands aside.
    others, guard._watchers[:] = guard._watchers[:], []
    with guard.standing(refuse):
        yield said
    guard._watchers[:] = others


ASKS = {
    "a name": lambda: socket.getaddrinfo("example.org", 443),
    "the old way": lambda: socket.gethostbyname("example.org"),
    "an address": lambda: socket.create_connection(("192.0.2.1", 443), timeout=1),
    "a parcel": lambda: _parcel(("192.0.2.1", 53)),
}


def _parcel(address):
    with socket.socket(type=socket.SOCK_DGRAM) as one:
        one.sendto(b"", address)


@pytest.mark.parametrize("way", ASKS)
def test_what_leaves_the_machine_is_told(told, way):
    with pytest.raises(ConnectionRefusedError):
        ASKS[way]()
    assert len(told) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_machine_itself_may_be_asked(told, host):
    with socket.create_server((host, 0)) as server:
        answer = threading.Thread(target=lambda: server.accept()[0].close())
        answer.start()
        with socket.create_connection(server.getsockname(), timeout=5) as one:
            assert one.recv(1) == b""
        answer.join()
    assert told == []


def test_sockets_of_the_system_may_be_asked(told, tmp_path):
    path = str(tmp_path / "s")
    with (
        socket.socket(socket.AF_UNIX) as server,
        socket.socket(socket.AF_UNIX) as one,
    ):
        server.bind(path)
        server.listen()
        one.connect(path)
    assert told == []


def test_all_tests_are_guarded():
    with pytest.raises(pytest.fail.Exception, match="the network was asked"):
        socket.getaddrinfo("example.org", 443)
