"""Talking to the national gateway: session, envelope, and what its answers mean.

Source: public code of OpenCPS (session, envelope, TraCuuHoSo) and of a provincial system (answers), 2026-11.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

_OK = frozenset({"0", "00"})
_EXISTS = frozenset({"0", "00", "3", "-3"})
_NO_SESSION = frozenset({401, 403})
_SESSION_WORDS = ("session", "phiên")
_OVER_WORDS = ("hết hạn", "expired", "không hợp lệ", "không tồn tại", "invalid")


class LoginRefused(Exception):
    """The gateway does not know this user, or not with this password."""


class GatewayUnreachable(Exception):
    """No answer of the gateway's own came: no line, a time-out, a page of somebody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where the gateway is and who we are there. Addresses are whole URLs."""

    login_url: str
    service_url: str
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the gateway says. ``message`` may name a citizen: it is for the sender's eyes, not for logs.

    ``found`` tells whether a look-up found anything.
    """

    code: str
    message: str
    found: bool = False

    @property
    def _words(self) -> str:
        return unicodedata.normalize("NFC", self.message).casefold()

    @property
    def ok(self) -> bool:
        """Whether it was taken: code 0 alone is no proof, the words must not say otherwise."""
        return self.code in _OK and (not self.message or "thành công" in self._words)

    @property
    def exists(self) -> bool:
        """Whether a new dossier was refused because the gateway has one with that code."""
        return self.code in _EXISTS and "đã tồn tại" in self._words

    @property
    def session_over(self) -> bool:
        """Whether a new session is needed. No code for it is known, so the words tell."""
        about_session = any(word in self._words for word in _SESSION_WORDS)
        return self.code not in _OK and about_session and any(word in self._words for word in _OVER_WORDS)


class Gateway:
    """One client of the gateway; logs in when it must, and once more when its session is over."""

    def __init__(self, client: httpx.AsyncClient, access: Access) -> None:
        self._client = client
        self._access = access
        self._session = ""

    async def call(self, unit: str, service: str, body: Mapping[str, object]) -> Answer:
        """Call a service for an office.

        Raises:
            LoginRefused: name or password are wrong.
            GatewayUnreachable: nobody can tell whether the call had an effect; it may be repeated.
        """
        for last_try in (False, True):
            if not self._session:
                await self._login()
            status, reply = await self._post(
                self._access.service_url,
                {"session": self._session, "madonvi": unit, "service": service, **body},
            )
            answer = _answer(reply)
            if status not in _NO_SESSION and not answer.session_over:
                return answer
            self._session = ""
            if last_try:
                raise LoginRefused
        raise AssertionError("the second try returns or raises")

    async def _login(self) -> None:
        body = {"username": self._access.username, "password": self._access.password}
        status, reply = await self._post(self._access.login_url, body)
        session = reply.get("session")
        if status in _NO_SESSION or _text(reply, "error_code") not in _OK or not isinstance(session, str):
            raise LoginRefused
        if not session:
            raise LoginRefused
        self._session = session

    async def _post(self, url: str, body: Mapping[str, object]) -> tuple[int, Mapping[str, Any]]:
        try:
            response = await self._client.post(url, json=body)
        except httpx.HTTPError as error:
            raise GatewayUnreachable(type(error).__name__) from error
        if response.status_code in _NO_SESSION:
            return response.status_code, {}
        if response.status_code != httpx.codes.OK:
            raise GatewayUnreachable(f"HTTP {response.status_code}")
        try:
            reply = response.json()
        except ValueError as error:
            raise GatewayUnreachable("not JSON") from error
        if not isinstance(reply, dict) or "error_code" not in reply:
            raise GatewayUnreachable("not an answer")
        return response.status_code, reply


def _answer(reply: Mapping[str, Any]) -> Answer:
    result = reply.get("result")
    found = isinstance(result, Sequence) and not isinstance(result, str) and len(result) > 0
    return Answer(code=_text(reply, "error_code"), message=_text(reply, "message"), found=found)


def _text(reply: Mapping[str, Any], name: str) -> str:
    value = reply.get(name)
    return "" if value is None else str(value)
