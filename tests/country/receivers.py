"""Real servers that tests deliver to: one that takes mail, and one that takes events and answers as it is told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

PATIENCE_SECONDS = 30


@dataclass
class Taken:
    """What a receiver took in: headers and body of each event, and what it answers to the next."""

    address: str = ""
    answers: list[int] = field(default_factory=list)
    slow_seconds: float = 0.0
    events: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    together: int = 0
    most_together: int = 0

    def wait_for(self, count: int) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while len(self.events) < count:
            assert time.monotonic() < end, len(self.events)
            time.sleep(0.02)


@contextmanager
def event_server(*answers: int, slow_seconds: float = 0.0) -> Iterator[Taken]:
    """Serve on a free port; answer with each of ``answers`` in turn and 204 afterwards."""
    taken = Taken(answers=list(answers), slow_seconds=slow_seconds)
    lock = threading.Lock()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                taken.events.append((dict(self.headers), body))
                taken.together += 1
                taken.most_together = max(taken.most_together, taken.together)
                status = taken.answers.pop(0) if taken.answers else 204
            time.sleep(taken.slow_seconds)
            with lock:
                taken.together -= 1
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    taken.address = f"http://127.0.0.1:{server.server_port}/events?from=eenthuis"
    try:
        yield taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Mailbox:
    """What a mail server took in."""

    address: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    refuses: str = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - as the library calls it
        del server, session
        if self.refuses:
            return self.refuses
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Take mail on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox(address=f"smtp://127.0.0.1:{port}")
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
