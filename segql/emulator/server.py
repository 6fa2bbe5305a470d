"""A socket, a web server and a store, from start to clean end."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from segql.catalog import Catalog
from segql.emulator.app import create_app
from segql.emulator.errors import EmulatorError
from segql.emulator.faults import Faults
from segql.emulator.loading import ProfileFile, load
from segql.emulator.state import Settings, State

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_GRACE = 1  # seconds for the requests under way when the server stops


class Setup(NamedTuple):
    """What an emulator is started with.

    database: a DuckDB file, made if it is not there; None keeps everything in memory.
    token: the only one that is let in; None lets in any that is not empty.
    catalogs: what is known of the fields beforehand.
    profiles: files of them, which are merged into what the database has.
    faults: what goes wrong on request.
    settings: what the vendor's documents leave open.
    tell: called with a line for each profile that cannot be read.
    """

    database: Path | str | None = None
    token: str | None = None
    catalogs: Sequence[Catalog] = ()
    profiles: Sequence[ProfileFile] = ()
    faults: Faults | None = None
    settings: Settings | None = None
    tell: Callable[[str], object] = lambda _: None


def serve(
    setup: Setup | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    database: Path | str | None = None,
    token: str | None = None,
    announce: Callable[[str], object],
) -> None:
    """Serve until SIGINT or SIGTERM, then close the database and return.

    Args:
        setup: what it is started with.
        host: the address to listen on.
        port: 0 takes a free one.
        database: in place of that of the setup, if given.
        token: in place of that of the setup, if given.
        announce: called once with the url, such as `http://127.0.0.1:8000`, as soon as the port
            takes connections.

    Raises:
        EmulatorError: the port, the database or a file of profiles cannot be had.
    """
    made = _with(setup or Setup(), database, token)
    with _account(made) as state, _listen(host, port) as listener:
        server = _Server(_config(state, made))
        with _stopped_by_signals(server):
            announce(_url(host, listener))
            server.run(sockets=[listener])


@contextmanager
def running(
    setup: Setup | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    database: Path | str | None = None,
    token: str | None = None,
) -> Generator[str, None, None]:
    """Serve in a thread while the block runs, and yield the url; the rest is as in `serve`."""
    made = _with(setup or Setup(), database, token)
    with _account(made) as state, _listen(host, port) as listener:
        server = _Server(_config(state, made))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield _url(host, listener)
        finally:
            server.should_exit = True
            thread.join()


def _with(setup: Setup, database: Path | str | None, token: str | None) -> Setup:
    return setup._replace(database=database or setup.database, token=token or setup.token)


@contextmanager
def _account(setup: Setup) -> Generator[State, None, None]:
    with State(setup.database, setup.settings) as state:
        for catalog in setup.catalogs:
            state.fields.declare(catalog)
        load(state, setup.profiles, setup.tell)
        yield state


class _Protocol(H11Protocol):
    """HTTP as the library speaks it; what handles a request can break the connection."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "abort": transport.abort}


class _Server(uvicorn.Server):
    """A server that leaves the signals alone.

    The library would take them only once it runs, and would raise them again when it is done, which
    ends the process before the database is closed.
    """

    def capture_signals(self) -> nullcontext[None]:  # pyright: ignore
        return nullcontext()


def _config(state: State, setup: Setup) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(state, setup.token, setup.faults),
        # The plain implementations, whatever else is installed: it is a server for one user.
        loop="asyncio",
        http=_Protocol,
        ws="none",
        lifespan="off",
        # The log of requests would hold their queries, and a query may hold the token.
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise EmulatorError(
            f"cannot listen on {host} port {port}: {reason}",
            "Take another port; 0 takes any that is free.",
        ) from error
    # The connections inherit it. Without it the two parts of an answer, head and body, wait for
    # each other's acknowledgement: some 40 ms a request.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _url(host: str, listener: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"


@contextmanager
def _stopped_by_signals(server: uvicorn.Server) -> Generator[None, None, None]:
    """Let the first signal stop the server, and a second one not wait for open requests."""

    def stop(number: int, frame: FrameType | None) -> None:
        server.force_exit = server.should_exit
        server.should_exit = True

    # Python allows handlers in the main thread alone.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
