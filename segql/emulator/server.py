"""A socket, a web server and a store, from start to clean end."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType

import uvicorn

from segql.emulator.app import create_app
from segql.emulator.errors import EmulatorError
from segql.emulator.store import SegmentStore

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_GRACE = 1  # seconds for the requests under way when the server stops


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    database: Path | str | None = None,
    token: str | None = None,
    announce: Callable[[str], object],
) -> None:
    """Serve until SIGINT or SIGTERM, then close the database and return.

    Args:
        host: the address to listen on.
        port: 0 takes a free one.
        database: a DuckDB file, made if it is not there; None keeps everything in memory.
        token: the only one that is let in; None lets in any that is not empty.
        announce: called once with the url, such as `http://127.0.0.1:8000`, as soon as the port
            takes connections.

    Raises:
        EmulatorError: the port or the database cannot be had.
    """
    with SegmentStore(database) as store, _listen(host, port) as listener:
        server = _Server(_config(store, token))
        with _stopped_by_signals(server):
            announce(_url(host, listener))
            server.run(sockets=[listener])


@contextmanager
def running(
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    database: Path | str | None = None,
    token: str | None = None,
) -> Generator[str, None, None]:
    """Serve in a thread while the block runs, and yield the url; the rest is as in `serve`."""
    with SegmentStore(database) as store, _listen(host, port) as listener:
        server = _Server(_config(store, token))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield _url(host, listener)
        finally:
            server.should_exit = True
            thread.join()


class _Server(uvicorn.Server):
    """A server that leaves the signals alone.

    The library would take them only once it runs, and would raise them again when it is done, which
    ends the process before the database is closed.
    """

    def capture_signals(self) -> nullcontext[None]:  # pyright: ignore
        return nullcontext()


def _config(store: SegmentStore, token: str | None) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(store, token),
        # The plain implementations, whatever else is installed: it is a server for one user.
        loop="asyncio",
        http="h11",
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
