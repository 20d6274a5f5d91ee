"""The responder's page: urgent cases."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.visiting import Visit
from bot.wording import case_words
from governance.urgent.messages import CasesView


async def cases(visit: Visit, view: CasesView, reader: Reader) -> Response:
    title = visit.words(reader).say("Urgent cases")
    return await visit.page("pages/cases.html", title, reader, view=view, case=case_words)
