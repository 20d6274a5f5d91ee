"""Pictures of released results for cards: each has an address that nobody can guess, that names
what is drawn and not what it says, and that ends.

Teams fetches a card's pictures from Microsoft's side and without anybody's account, so that the
address itself is what lets in (decision 25). Only results of closed surveys have one: they passed
the gate when the survey was sealed, and do not change any more.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.cards import card_of, has_card
from bot.charts.beside_chat import beside, beside_picture
from bot.charts.chart_pictures import Picture, picture
from bot.charts.count_charts import count_picture
from core.words import Words
from governance.messages import Message
from governance.results.matrices import Told, together
from surveys.results.model import WaveResults

PATH = "/teams/charts/{token}.png"

KEPT = timedelta(days=90)
"""After the survey's closing. The card has the figures in words for as long as it is there."""

_MOST_KEPT = 64
_HEADERS = {
    "Cache-Control": "public, max-age=86400, immutable",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}

ResultsOf = Callable[[UUID], Awaitable[WaveResults | None]]
MessageOf = Callable[[str, UUID], Awaitable[Message | None]]


@dataclass(frozen=True, kw_only=True)
class Drawable:
    """Where what is named is found."""

    results: ResultsOf
    message: MessageOf


@dataclass(frozen=True, kw_only=True)
class Named:
    """Which result is drawn, and for whom: places in the released tables, language and zone; or, of
    what is beside the tables, its key (``beside``)."""

    wave: UUID
    table: int = 0
    cell: int = 0
    question: int = 0
    locale: str
    timezone: str
    beside: str = ""
    sums: str = ""
    """The kind of a message whose card has the picture; ``wave`` is its subject then, and
    ``beside`` the picture's key."""

    def of(self, results: WaveResults) -> Told | None:
        """The result that is named; None where there is none such."""
        try:
            cell = results.tables[self.table].cells[self.cell]
            return together(cell.questions)[self.question]
        except IndexError:
            return None


@dataclass(frozen=True, kw_only=True)
class PictureLinks:
    """Writes and reads addresses. ``web_url`` is the service's public address (no slash)."""

    secret: bytes = field(repr=False)
    web_url: str

    def address(self, named: Named, as_of: datetime) -> str:
        """The picture's address, good for 90 days after ``as_of``."""
        ends = int((as_of + KEPT).timestamp())
        said = [named.wave.hex, *_place(named)]
        token = self._serializer.dumps([*said, named.locale, named.timezone, ends])
        return self.web_url + PATH.format(token=token)

    def read(self, token: str, now: datetime) -> Named | None:
        """What an address names; None where it is not ours or has ended."""
        try:
            wave, *place, locale, timezone, ends = self._serializer.loads(token)
        except (BadData, ValueError, TypeError):
            return None
        if ends <= now.timestamp():
            return None
        named = Named(wave=UUID(wave), locale=locale, timezone=timezone)
        match place:
            case ["sums", str(kind), str(key)]:
                return replace(named, sums=kind, beside=key)
            case [str(key)]:
                return replace(named, beside=key)
            case [int(table), int(cell), int(question)]:
                return replace(named, table=table, cell=cell, question=question)
            case _:
                return None

    @property
    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(
            self.secret,
            salt="soundingboard.teams.picture",
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )


def _place(named: Named) -> list[str | int]:
    if named.sums:
        return ["sums", named.sums, named.beside]
    return [named.beside] if named.beside else [named.table, named.cell, named.question]


def picture_route(links: PictureLinks, found: Drawable, now: Callable[[], datetime]) -> Route:
    """The door that serves them. Whatever is wrong with an address, it is not here."""
    drawn: OrderedDict[Named, bytes] = OrderedDict()

    async def serve(request: Request) -> Response:
        named = links.read(request.path_params["token"], now())
        if named is None:
            return _nothing()
        if named not in drawn:
            png = await _draw(named, found)
            if png is None:
                return _nothing()
            drawn[named] = png
            while len(drawn) > _MOST_KEPT:
                drawn.popitem(last=False)
        return Response(drawn[named], media_type="image/png", headers=_HEADERS)

    return Route(PATH, serve, methods=["GET"])


async def _draw(named: Named, found: Drawable) -> bytes | None:
    if named.sums:
        message = await found.message(named.sums, named.wave)
        return await asyncio.to_thread(_of_card, named, message) if has_card(message) else None
    results = await found.results(named.wave)
    if results is None or not results.final:
        return None
    made = await asyncio.to_thread(_picture, named, results)
    return made.png if made else None


def _of_card(named: Named, message: Message | None) -> bytes | None:
    """Only a picture that says that it has an address."""
    words = Words(locale=named.locale, timezone=named.timezone)
    found = (
        count_picture(one.of, words)
        for one in card_of(message, words).pictures
        if one.source is not None and one.of.key == named.beside
    )
    made = next(found, None)
    return made.png if made else None


def _picture(named: Named, results: WaveResults) -> Picture | None:
    words = Words(locale=named.locale, timezone=named.timezone)
    if named.beside:
        told = (one for one in beside(results, words) if one.key == named.beside)
        return next(map(beside_picture, told), None)
    result = named.of(results)
    return picture(result, words, as_of=results.as_of) if result is not None else None


def _nothing() -> Response:
    return PlainTextResponse("This picture is not here.\n", status_code=404)
