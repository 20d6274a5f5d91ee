"""A chair's page: open messages by due date with drafted answers, several together; the agenda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from urllib.parse import urlencode
from uuid import UUID, uuid4

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.notices import Ask
from bot.web.reports import reported
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import DayField, Page, Style
from core.commands import Command
from governance import links, wording
from governance.chairs import wording as chair_words
from governance.chairs.agenda_report import agenda_report
from governance.chairs.bulk import Bulk, BulkAct
from governance.chairs.commands import DisposeTogether, ShowAgenda, ShowChair
from governance.chairs.views import AgendaView, ChairView
from governance.docket import wording as docket_words
from governance.docket.lists import committee_tabs
from governance.filling import put_back
from governance.labels import Labels
from surveys.messages import Rejected
from surveys.questions import Unfit

NOTHING: Mapping[str, Unfit] = MappingProxyType({})
ONE_ANSWER = "one-answer"
"""The button that sends the same words to all; ``answer`` sends each its own."""


async def dispose(visit: Visit) -> Response:
    command = _command(visit)
    reply, unfit = await visit.ask(command), NOTHING
    if isinstance(reply.message, Bulk):
        words = visit.words(reply.reader)
        said = chair_words.act(words, reply.message), chair_words.ending(words, reply.message)
        return visit.go(after(visit, reply.message), note=". ".join(said))
    if isinstance(reply.message, Rejected):
        unfit = reply.message.unfit
        reply = await visit.ask(ShowChair(queue=command.queue, items=command.only))
    if isinstance(reply.message, ChairView):
        return await chair(visit, reply.message, reply.reader, unfit, again=True)
    return await visit.anything(reply.message, reply.reader)


def after(_: Visit, bulk: Bulk) -> str:
    return f"/committees/{bulk.queue}/chair"


def shown(visit: Visit) -> Command:
    """The messages that the address names; all that are open where it names none."""
    named = visit.request.query_params.getlist("items")
    return ShowChair(queue=visit.path("queue"), items=_ids(named))


def _ids(written: Sequence[str]) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(one) for one in written)
    except ValueError:
        raise TroubleError(400) from None


def _command(visit: Visit) -> DisposeTogether:
    form, pressed = visit.form, visit.form.one("act")
    alone = form.one("one")
    items = _ids([alone] if alone else form.all("items"))
    try:
        act = BulkAct.ANSWER if alone or pressed == ONE_ANSWER else BulkAct(pressed)
    except ValueError:
        raise TroubleError(400) from None
    each = alone or pressed == BulkAct.ANSWER
    return DisposeTogether(
        bulk_id=form.uuid("bulk"),
        queue=visit.path("queue"),
        act=act,
        items=items,
        words=form.one("why") if act is BulkAct.MOVE else form.one("words"),
        own={one: form.one(f"own-{one}") for one in items} if each else {},
        to=form.one("to"),
        only=_ids(form.all("only")),
        put_back=put_back(form.raw()),
    )


async def chair(
    visit: Visit,
    view: ChairView,
    reader: Reader,
    unfit: Mapping[str, Unfit] = NOTHING,
    *,
    again: bool = False,
) -> Response:
    """``again``: with what was handed in."""
    words = visit.words(reader)
    form, title = visit.form, words.say("{committee}: bulk reply", committee=view.name)
    return await visit.page(
        "pages/chair.html",
        words.say("Error: {title}", title=title) if unfit else title,
        reader,
        status=422 if unfit else 200,
        view=view,
        tabs=committee_tabs(words, view.queue, view.name),
        heading=title,
        said=dict(view.said),
        new_bulk=uuid4(),
        chosen={*form.all("items"), *visit.request.query_params.getlist("items")},
        typed={
            line.brief.item_id: form.one(f"own-{line.brief.item_id}")
            if again
            else "".join(chair_words.draft(words, one) for one in line.drafts[:1])
            for line in view.lines
        },
        field=form.one,
        is_late=partial(docket_words.is_late, now=visit.site.pages.now()),
        problems=[wording.unfit(words, why) for why in unfit.values()],
        draft=partial(chair_words.draft, words),
        source=partial(chair_words.source, words),
        act=partial(chair_words.act, words),
        ending=partial(chair_words.ending, words),
        became=partial(chair_words.became, words),
        named=Labels(words),
    )


# -- the agenda ------------------------------------------------------------------------------------


def meeting(visit: Visit) -> Command:
    """The agenda that the address is of."""
    asked = visit.request.query_params
    return ShowAgenda(
        queue=visit.path("queue"),
        on=_day(asked.get("on")),
        since=_day(asked.get("since")),
        shared=asked.get("shared") == "yes",
    )


async def agenda(visit: Visit, view: AgendaView, reader: Reader) -> Response:
    words = visit.words(reader)
    days = {"on": view.on.isoformat(), "since": view.since.isoformat()}
    ask = Ask(
        at=links.agenda("", view.queue),
        submit=words.say("Show"),
        fields=(
            DayField(key="on", label=words.say("Day of the meeting"), value=view.on),
            DayField(key="since", label=words.say("Day of the last meeting"), value=view.since),
        ),
        carries={"shared": "yes"} if view.shared else {},
        style=Style.PLAIN,
        reads=True,
        known=False,
    )
    other = days if view.shared else {**days, "shared": "yes"}
    whole = f"{links.agenda('', view.queue)}?{urlencode(other)}"
    return await reported(
        visit,
        reader,
        agenda_report(words, view, visit.site.settings.district, whole),
        up=Page(label=wording.queue(words, view.name), path=links.docket("", view.queue)),
        tabs=committee_tabs(words, view.queue, view.name),
        asks=ask,
    )


def _day(written: str | None) -> date | None:
    """A day in the address; one that is none is as if it were not there."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
