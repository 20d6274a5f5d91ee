"""Charts in Slack: drawn, uploaded once, and shown in a message by their file's id.

The upload is shared with nobody: a file is seen where a message shows it. A message never waits
long for its pictures and never fails for want of them, because every number is in its text, too.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import structlog
from slack_sdk.errors import SlackApiError

from bot.cards import card_of, has_card
from bot.charts.beside_chat import beside, beside_picture
from bot.charts.chart_pictures import Picture, picture
from bot.charts.count_charts import count_picture
from bot.slack.blocks import Block, Pen, image
from bot.slack.client import TROUBLES, SlackClient, error_code, trouble
from bot.slack.draw_results import district
from core import cards
from surveys.messages import Results

MOST_PICTURES = 5
"""Of one message: it is scrolled through on a phone. The page has all of them."""

MOST_BESIDE = 2
"""Of these, who answered and what changed."""

PATIENCE = 15.0
"""Seconds in which all pictures of a message must be there; the pump waits 45 for the message."""

WAITS = (1.0, 2.0, 3.0)
"""Seconds between tries. Slack takes a file in after it was uploaded, and refuses a message that
shows it before; nothing tells when it is done but another try."""

_REFUSED = ("invalid_blocks", "invalid_arguments")
"""What Slack says of a message and of a view that show a file which it does not know (yet)."""

REMEMBERED = 500

FILE_ALT = 1000
"""Characters of a description that Slack keeps with a file."""

Body = dict[str, Any]
Answer = TypeVar("Answer")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Charted:
    question: str
    picture: Picture

    @property
    def mark(self) -> str:
        return hashlib.sha256(self.picture.png).hexdigest()


class Pictures:
    """Uploads charts; the same chart once."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client
        self._known: dict[str, str] = {}

    async def show(
        self,
        message: object,
        pen: Pen,
        draw: Callable[[Pen], Body],
        post: Callable[[Body], Awaitable[Answer]],
    ) -> Answer:
        """Post what ``draw`` makes of a message: with its pictures and its table, again where
        Slack has not taken the pictures in yet, and at last without what it refuses. Only what
        was refused is posted again: nobody gets it twice. Raises what ``draw`` and ``post``
        raise."""
        if not isinstance(message, Results) and not _pictures(message, pen):
            return await post(draw(pen))
        pen = replace(pen, pictures=await self._of(message, pen))
        waits = list(WAITS)
        while True:
            try:
                return await post(draw(pen))
            except SlackApiError as error:
                less = self._less(pen, error, waits)
                if less is None:
                    raise
                if less == pen:
                    await asyncio.sleep(waits.pop(0))
                pen = less

    def _less(self, pen: Pen, error: SlackApiError, waits: list[float]) -> Pen | None:
        """With what a refused message is tried next; None: it is refused for something else."""
        if error_code(error) not in _REFUSED or not (pen.pictures or pen.tables):
            return None
        of_pictures = _names_a_file(error)
        if not pen.pictures or (pen.tables and of_pictures is False):
            _log.warning("slack.table_refused")
            return replace(pen, tables=False)
        if waits:
            return pen
        _log.warning("slack.pictures_refused")
        self._forget(pen.pictures)
        return replace(pen, pictures={})

    async def _of(self, message: object, pen: Pen) -> dict[str, Block]:
        """The pictures of what is going to be drawn, by question; none where Slack does not take
        them."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._uploaded(await asyncio.to_thread(_charts, message, pen))
        except TROUBLES as error:
            _log.warning("slack.no_pictures", error=trouble(error))
        except Exception:  # a chart that cannot be drawn, or an answer that is none
            _log.exception("slack.no_pictures")
        return {}

    async def _uploaded(self, charts: list[_Charted]) -> dict[str, Block]:
        new = {one.mark: one.picture for one in charts if one.mark not in self._known}
        files = {one.mark: self._known[one.mark] for one in charts if one.mark not in new}
        if new:
            ids = await asyncio.gather(*(self._upload(one) for one in new.values()))
            await self._client.web.files_completeUploadExternal(files=[{"id": one} for one in ids])
            files |= zip(new, ids, strict=True)
            if len(self._known) + len(new) > REMEMBERED:
                self._known.clear()
            self._known |= files
        return {one.question: image(files[one.mark], one.picture.alt) for one in charts}

    async def _upload(self, one: Picture) -> str:
        answer = await self._client.web.files_getUploadURLExternal(
            filename="chart.png", length=len(one.png), alt_txt=one.alt[:FILE_ALT]
        )
        await self._client.upload(str(answer["upload_url"]), one.png)
        return str(answer["file_id"])

    def _forget(self, pictures: Mapping[str, Block]) -> None:
        """They may be gone, deleted or kept for too long: the next message uploads its own."""
        gone = {block["slack_file"]["id"] for block in pictures.values()}
        self._known = {mark: one for mark, one in self._known.items() if one not in gone}


def _names_a_file(error: SlackApiError) -> bool | None:
    """Whether Slack's reasons are about a file; None where it gives none."""
    data = getattr(error.response, "data", error.response)
    reasons = (data.get("response_metadata") or {}).get("messages") or ()
    return any("slack_file" in str(reason) for reason in reasons) if reasons else None


def _pictures(message: object, pen: Pen) -> tuple[cards.Picture, ...]:
    """Those of its card, as far as a chat may keep it."""
    if not has_card(message):
        return ()
    card = card_of(message, pen.words)
    return card.pictures if card.kept else ()


def _charts(message: object, pen: Pen) -> list[_Charted]:
    """The first charts of what a message tells of the whole district, and of who answered; of a
    card its own."""
    if not isinstance(message, Results):
        charts = [one.of for one in _pictures(message, pen)[:MOST_PICTURES]]
        made = [(one.key, count_picture(one, pen.words)) for one in charts]
        return [_Charted(question=key, picture=drawn) for key, drawn in made if drawn]
    results = message.results
    told = [(one.key, beside_picture(one)) for one in beside(results, pen.words)]
    found = [_Charted(question=key, picture=drawn) for key, drawn in told if drawn is not None]
    del found[MOST_BESIDE:]
    for question in district(results):
        drawn = picture(question, pen.words, as_of=results.as_of)
        if drawn is not None:
            found.append(_Charted(question=question.question, picture=drawn))
        if len(found) == MOST_PICTURES:
            break
    return found
