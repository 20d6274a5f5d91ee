"""The CTO's office: surveys that are ready, waves that run, announcements."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.visiting import Visit
from core.commands import Command
from governance.announcements import campaign_wording as campaign_words
from governance.announcements import urgent_wording as urgent_words
from governance.home.commands import ShowDesk
from governance.views import DeskView


def asked(visit: Visit) -> Command:
    """The pages of the two lists that the address is of; people count from 1."""
    query = visit.request.query_params
    waves, announcements = (
        max(0, visit.whole(query.get(name, "1")) - 1) for name in ("surveys", "announcements")
    )
    return ShowDesk(waves=waves, announcements=announcements)


async def desk(visit: Visit, view: DeskView, reader: Reader) -> Response:
    words = visit.words(reader)

    def page(of_waves: int, of_announcements: int, at: str) -> str:
        """The address of other pages of the two lists."""
        there = {"surveys": of_waves + 1, "announcements": of_announcements + 1}
        return f"/desk?{urlencode(there)}#{at}"

    return await visit.page(
        "pages/desk.html",
        words.say("Dashboard"),
        reader,
        view=view,
        tag=partial(campaign_words.tag, words),
        sentence=partial(campaign_words.sentence, words),
        declined=partial(urgent_words.declined, words),
        page_at=page,
    )
