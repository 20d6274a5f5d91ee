"""An OpenID provider that behaves, or misbehaves as it is told: discovery, authorize, token, keys.

Its tokens are written with PyJWT, which the product does not use for them.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

TENANT = "8a1f0c52-5b1e-4c6e-9a57-0d6c2f3b1e77"
CLIENT, CLIENT_SECRET = "sounding-board", "a client secret: of+the tests"


@cache
def key(number: int) -> RSAPrivateKey:
    """Made once for a whole run: it takes a moment."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class _Code:
    redirect_uri: str
    challenge: str
    nonce: str
    used: bool = False


@dataclass
class OpenIdStandIn:
    """``claims`` are of whoever signs in; a value None leaves a claim out. ``algorithm`` and
    ``stranger`` (signed with a key that it does not publish) are misbehaviours; so is whatever
    stands in ``discovery``, and a ``broken`` path, which answers 500."""

    claims: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    stranger: bool = False
    discovery: dict[str, Any] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    declines: bool = False
    """Whoever comes says no there."""
    calls: list[str] = field(default_factory=list)
    port: int = 0
    _key: int = 1
    _codes: dict[str, _Code] = field(default_factory=dict)
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}/{TENANT}/v2.0"

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of a service that signs people in here."""
        return {
            "openid_discovery_url": f"{self.issuer}/.well-known/openid-configuration",
            "openid_client_id": CLIENT,
            "openid_client_secret": CLIENT_SECRET,
        }

    def signs_in(self, email: str, **claims: Any) -> None:
        """Who comes next."""
        self.claims = {"email": email, "email_verified": True, **claims}

    def rotate(self) -> None:
        """Sign with another key from now on, and publish that one only."""
        self._key += 1

    # -- serving --------------------------------------------------------------------------------

    async def __aenter__(self) -> OpenIdStandIn:
        base = f"/{TENANT}/v2.0"
        app = Starlette(
            routes=[
                Route(f"{base}/.well-known/openid-configuration", self._discover),
                Route(f"{base}/authorize", self._authorize),
                Route(f"{base}/token", self._token, methods=["POST"]),
                Route(f"{base}/keys", self._keys),
                Route(f"{base}/logout", self._logout),
            ]
        )
        server = uvicorn.Server(
            uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off")
        )
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn offers no event for it
            await asyncio.sleep(0.01)
        self.port = server.servers[0].sockets[0].getsockname()[1]

        async def stop() -> None:
            server.should_exit = True
            await serving

        self._stack.push_async_callback(stop)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def _fails(self, request: Request) -> bool:
        name = request.url.path.rpartition("/")[2]
        self.calls.append(name)
        return name in self.broken

    async def _discover(self, request: Request) -> Response:
        if self._fails(request):
            return Response(status_code=500)
        document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/logout",
            "response_types_supported": ["code"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.discovery,
        }
        return JSONResponse({name: value for name, value in document.items() if value is not None})

    async def _authorize(self, request: Request) -> Response:
        """A page with one button, as an account chooser has."""
        url = self.answer(str(request.url))
        go_on = f'<a href="{url.replace("&", "&amp;")}">Go on</a>'
        title = "<title>District accounts</title>"
        return HTMLResponse(f'<!doctype html><html lang="en">{title}<main>{go_on}</main>')

    def answer(self, url: str) -> str:
        """Where whoever comes to this address is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert {"openid", "email"} <= set(asked["scope"].split())
        if self.declines:
            back = {"error": "access_denied", "error_description": "<b>no</b>"}
        else:
            code = secrets.token_urlsafe(8)
            self._codes[code] = _Code(
                redirect_uri=asked["redirect_uri"],
                challenge=asked["code_challenge"],
                nonce=asked["nonce"],
            )
            back = {"code": code}
        return f"{asked['redirect_uri']}?{urlencode(back | {'state': asked['state']})}"

    async def _token(self, request: Request) -> Response:
        if self._fails(request):
            return Response(status_code=500)
        form = {n: v[0] for n, v in parse_qs((await request.body()).decode()).items()}
        if _who(request, form) != (CLIENT, CLIENT_SECRET):
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        code = self._codes.get(form.get("code", ""))
        verified = base64.urlsafe_b64encode(
            hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        ).decode()
        if (
            code is None
            or code.used
            or form.get("redirect_uri") != code.redirect_uri
            or verified.rstrip("=") != code.challenge
        ):
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        code.used = True
        access = secrets.token_urlsafe(8)
        return JSONResponse(
            {
                "access_token": access,
                "token_type": "Bearer",
                "expires_in": 3600,
                "id_token": self._id_token(code.nonce),
            }
        )

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "a1b2c3",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 3600,
            "nonce": nonce,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        number = 99 if self.stranger else self._key
        headers = {"kid": f"key-{self._key}"}
        if self.algorithm == "none":
            return jwt.encode(claims, None, algorithm="none", headers=headers)
        if self.algorithm == "HS256":  # signed with what everybody can read: the public key
            return _with_public_key(claims, headers, key(number))
        return jwt.encode(claims, key(number), algorithm=self.algorithm, headers=headers)

    async def _keys(self, request: Request) -> Response:
        if self._fails(request):
            return Response(status_code=500)
        public = jwt.algorithms.RSAAlgorithm.to_jwk(key(self._key).public_key(), as_dict=True)
        published = {**public, "kid": f"key-{self._key}", "use": "sig", "alg": "RS256"}
        return JSONResponse({"keys": [published, {"kty": "oct", "k": "c2VjcmV0", "kid": "odd"}]})

    async def _logout(self, request: Request) -> Response:
        self.calls.append("logout")
        return RedirectResponse(request.query_params["post_logout_redirect_uri"])


def _who(request: Request, form: Mapping[str, str]) -> tuple[str, str]:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    name, _, word = base64.b64decode(given).decode().partition(":")
    return unquote_plus(name), unquote_plus(word)


def _with_public_key(
    claims: Mapping[str, Any], headers: Mapping[str, str], private: RSAPrivateKey
) -> str:
    """The old confusion of RSA's public key with a shared secret."""
    import hmac

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = {"alg": "HS256", "typ": "JWT", **headers}
    said = b".".join(_encoded(json.dumps(part).encode()) for part in (head, dict(claims)))
    return (said + b"." + _encoded(hmac.digest(public, said, "sha256"))).decode()


def _encoded(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")
