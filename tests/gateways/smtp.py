"""As much of a mail server as a client needs, answering what a test tells it."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs. `server.answers` replaces the usual answer to a command."""

    def handle(self) -> None:
        self.say("220 ready")
        for line in iter(self.rfile.readline, b""):
            command = line[:4].decode().strip().upper()
            if command == "DATA" and not self.answers.get("DATA"):
                self.say("354 go on")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))  # type: ignore[attr-defined]
                command = "END"
                time.sleep(self.server.seconds_a_mail)  # type: ignore[attr-defined]
            self.say(self.answers.get(command, "221 bye" if command == "QUIT" else "250 ok"))
            if command == "QUIT":
                return

    @property
    def answers(self) -> dict[str, str]:
        return self.server.answers  # type: ignore[attr-defined]

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answers: dict[str, str] = {}
        self.mails: list[bytes] = []
        self.seconds_a_mail: float = 0

    @property
    def port(self) -> int:
        return self.server_address[1]


@contextmanager
def listening() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield server
        server.shutdown()
