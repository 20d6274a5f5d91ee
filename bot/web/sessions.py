"""Who is signed in: a signed cookie, the token of every form, and links to sign in with.

Everything is signed with keys derived from one secret by a salt per purpose, so that a token
made for one purpose is worth nothing for another. Time comes in; nothing here reads the clock.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer


@dataclass(frozen=True, kw_only=True)
class Session:
    """A browser's session. ``person`` None: not signed in, but able to send a form. ``key`` names
    the session in the database, where it can be ended.

    ``issued`` is in seconds since the epoch. ``toured``, ``wave`` and ``item`` are the demo's
    memory of what was tried, which wave was answered and what was told.
    """

    person: UUID | None
    issued: int
    csrf: str
    key: str = ""
    toured: frozenset[str] = frozenset()
    wave: UUID | None = None
    item: UUID | None = None


def new_session(person: UUID | None, now: datetime, key: str = "") -> Session:
    """A session with a secret of its own: signing in never keeps an older one."""
    csrf = secrets.token_urlsafe(18)
    return Session(person=person, issued=int(now.timestamp()), csrf=csrf, key=key)


def sign(secret: bytes, purpose: str, value: object) -> str:
    """A signed, URL-safe text for one purpose."""
    return _serializer(secret, purpose).dumps(value)


def unsign(secret: bytes, purpose: str, text: str) -> Any:
    """What was signed for this purpose, or None where the signature is not ours."""
    try:
        return _serializer(secret, purpose).loads(text)
    except BadData:
        return None


def write_session(secret: bytes, session: Session) -> str:
    return sign(
        secret,
        "session",
        {
            "p": session.person.hex if session.person else None,
            "i": session.issued,
            "c": session.csrf,
            "k": session.key,
            "t": sorted(session.toured),
            "w": session.wave.hex if session.wave else None,
            "m": session.item.hex if session.item else None,
        },
    )


def read_session(secret: bytes, cookie: str, now: datetime, hours: float) -> Session | None:
    """The session of a cookie; None when it is not ours, is malformed or has expired."""
    held = unsign(secret, "session", cookie)
    if not isinstance(held, Mapping):
        return None
    session = Session(
        person=UUID(held["p"]) if held["p"] else None,
        issued=held["i"],
        csrf=held["c"],
        key=held.get("k", ""),
        toured=frozenset(held["t"]),
        wave=UUID(held["w"]) if held["w"] else None,
        item=UUID(held["m"]) if held.get("m") else None,
    )
    age = now.timestamp() - session.issued
    return session if -60 <= age < hours * 3600 else None


def form_token(secret: bytes, session: Session) -> str:
    """The token that every form of this session carries."""
    message = f"form:{session.csrf}:{session.person}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


def is_form_token(secret: bytes, session: Session, token: str) -> bool:
    return hmac.compare_digest(form_token(secret, session).encode(), token.encode())


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """What a sign-in link says. ``token_id`` is used up when the link is."""

    person: UUID
    token_id: str


def signin_token(secret: bytes, person_id: UUID, expires: datetime) -> str:
    """A link's token for one person until ``expires`` (aware): ``/signin?token=…``."""
    held = {
        "p": person_id.hex,
        "t": secrets.token_urlsafe(16),
        "e": int(expires.timestamp()),
    }
    return sign(secret, "signin", held)


def read_signin(secret: bytes, token: str, now: datetime) -> SignIn | None:
    """Whom a token signs in; None when it is not ours or has expired. Does not use it up."""
    held = unsign(secret, "signin", token)
    if not isinstance(held, Mapping) or held["e"] <= now.timestamp():
        return None
    return SignIn(person=UUID(held["p"]), token_id=held["t"])


def _serializer(secret: bytes, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret,
        salt=f"soundingboard.web.{purpose}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
