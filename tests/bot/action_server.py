"""A tiny stand-in for the app's /rasa/actions: the same pure functions, over the stdlib."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from api.clients.lunar import solar
from nlu.forms.types import Calendar
from nlu.forms.webhook import answer_action
from tests.conftest import TODAY


@dataclass
class ActionServer:
    """Where it listens, what it was asked, and whether it is out of order."""

    secret: str
    port: int = 0
    calls: list[dict[str, Any]] = field(default_factory=list)
    broken: bool = False

    def answer(self, path: str, body: bytes) -> tuple[int, object]:
        """Status and JSON for one POST."""
        parts = urlsplit(path)
        if parts.path != "/rasa/actions" or parse_qs(parts.query).get("token") != [self.secret]:
            return 403, {}
        if self.broken:
            return 500, {}
        call = json.loads(body)
        self.calls.append(call)
        return 200, answer_action(call, Calendar(TODAY, solar))


@contextmanager
def action_server(secret: str) -> Iterator[ActionServer]:
    """Listen on a free port until the block ends."""
    server = ActionServer(secret)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = server.answer(self.path, body)
            payload = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.port = http.server_address[1]
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield server
        http.shutdown()
