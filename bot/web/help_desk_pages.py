"""The page on which the help desk gives its number."""

from __future__ import annotations

from starlette.responses import Response

from bot.web.notices import Ask, Notice, lines
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import TextField
from governance.help_desk.handlers import LONGEST_NUMBER

_NOTED = "noted"


async def number_form(visit: Visit) -> Response:
    """For the help desk, which has no account here: whoever has the link may say the number."""
    if visit.site.pages.tickets.item_of(visit.path("token")) is None:
        raise TroubleError(404)
    return await _number_page(visit, done=_NOTED in visit.request.query_params)


async def number(visit: Visit) -> Response:
    item = visit.site.pages.tickets.item_of(visit.path("token"))
    if item is None:
        raise TroubleError(404)
    typed = visit.form.one("number").strip()
    if not typed or len(typed) > LONGEST_NUMBER:
        why = visit.words().say("Enter the number as your system shows it.")
        return await _number_page(visit, why=why, status=422)
    await visit.site.pages.tickets.note(item, typed)
    return visit.go(f"{visit.request.url.path}?{_NOTED}")


async def _number_page(
    visit: Visit, *, why: str = "", done: bool = False, status: int = 200
) -> Response:
    say = visit.words().say
    number = TextField(
        key="number",
        label=say("Number"),
        value=visit.form.one("number"),
        longest=LONGEST_NUMBER,
        why=why,
        rows=1,
    )
    ask = Ask(at=visit.request.url.path, submit=say("Send it"), fields=(number,))
    notice = Notice(
        title=say("The ticket’s number"),
        parts=lines(f"{say('Thank you.')} {say('The author will get the number.')}")
        if done
        else (),
        ask=None if done else ask,
        problems=(("f-number", why),) if why else (),
    )
    response = await visit.notice(notice, status=status)
    if visit.session.person is None:  # a stranger's form needs a token, and so a session
        visit.remember(response, visit.session)
    return response
