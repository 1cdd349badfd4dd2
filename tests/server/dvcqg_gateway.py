"""A national gateway to try against: a real HTTP server that answers as the real one does.

It keeps dossiers by MaHoSo and every step; trouble is asked for call by call.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USER, PASSWORD = "donvi", "mat-khau"


class StubGateway:
    """What the gateway has, and what went over the line."""

    def __init__(self) -> None:
        self.dossiers: dict[str, dict[str, str]] = {}
        self.steps: list[dict[str, str]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.logins = 0
        self.sessions: set[str] = set()
        self.refuses: dict[str, dict[str, str]] = {}  # by MaHoSo: the answer to DongBoHoSoMC
        self.hidden: set[str] = set()  # codes TraCuuHoSo does not find although they are there
        self.ok = "0"
        self.broken_after = -1  # from the n-th service call on a proxy answers in HTML
        self.lost_replies: set[int] = set()  # service calls that take effect and are never answered
        self.url = ""

    def services(self, service: str) -> list[dict[str, Any]]:
        return [body for name, body in self.calls if name == service]

    def log_in(self, body: dict[str, str]) -> dict[str, str]:
        self.logins += 1
        if (body.get("username"), body.get("password")) != (USER, PASSWORD):
            return {"session": "", "error_code": "1", "message": "Sai tên đăng nhập hoặc mật khẩu"}
        session = f"session-{self.logins}"
        self.sessions.add(session)
        return {"session": session, "error_code": "0"}

    def serve(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["session"] not in self.sessions:
            return {"error_code": "99", "message": "Session đã hết hạn"}
        if not body["madonvi"]:
            return {"error_code": "98", "message": "Thiếu mã đơn vị"}
        if body["service"] == "TraCuuHoSo":
            known = body["mahoso"] in self.dossiers and body["mahoso"] not in self.hidden
            return {"error_code": self.ok, "result": [{"MaHoSo": body["mahoso"]}] if known else []}
        return self._take(body)

    def _take(self, body: dict[str, Any]) -> dict[str, Any]:
        fine = {"error_code": self.ok, "message": "Đồng bộ thành công"}
        if body["service"] == "CapNhatTienDoHoSoMC":
            if len(body["data"]) > 10:
                return {"error_code": "5", "message": "Quá 10 bước"}
            if any(step["MaHoSo"] not in self.dossiers for step in body["data"]):
                return {"error_code": "4", "message": "Hồ sơ không tồn tại"}
            self.steps += body["data"]
            return fine
        (dossier,) = body["data"]
        code = dossier["MaHoSo"]
        if code in self.refuses:
            return self.refuses[code]
        if body["isUpdating"] == "false" and code in self.dossiers:
            return {"error_code": "-3", "message": f"Hồ sơ {code} đã tồn tại"}
        if body["isUpdating"] == "true" and code not in self.dossiers:
            return {"error_code": "4", "message": "Hồ sơ không tồn tại"}
        self.dossiers[code] = dossier
        return fine


@contextmanager
def stub_gateway() -> Iterator[StubGateway]:
    gateway = StubGateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/login":
                self._reply(200, json.dumps(gateway.log_in(body)).encode())
                return
            number = len(gateway.calls)
            gateway.calls.append((body["service"], body))
            if 0 <= gateway.broken_after <= number:
                self._reply(502, b"<html><body>502 Bad Gateway<p>", "text/html")
                return
            reply = json.dumps(gateway.serve(body)).encode()
            if number in gateway.lost_replies:
                self.close_connection = True
                return
            self._reply(200, reply)

        def _reply(self, status: int, body: bytes, kind: str = "application/json") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
