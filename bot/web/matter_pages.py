"""One matter with all that was said of it, and what the reader was taught."""

from __future__ import annotations

from uuid import UUID

from markupsafe import Markup
from starlette.responses import Response

from bot.cards import note_after
from bot.charts import weeks
from bot.conversation import Reader
from bot.web import lists
from bot.web.details import button
from bot.web.notices import Ask, Notice, Passage, lines
from bot.web.render_card import drawn_parts
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import ChoiceField, Line, Look, Page, Part, Quote, Secrecy
from core.lists import Row
from core.words import Words
from governance import links, wording
from governance.committees.model import TRIAGE
from governance.docket.lists import committee_tabs
from governance.duplicates import wording as matter_words
from governance.duplicates.commands import MergeItem
from governance.duplicates.listing import taught_list, taught_parts
from governance.duplicates.views import CorrectionsView, MatterView, SaidToo, TrendsView
from governance.labels import Labels
from governance.upkeep import trend_wording as trend_words
from governance.upkeep.trend_listing import trends_list


async def show(visit: Visit, view: MatterView, reader: Reader) -> Response:
    words, first = visit.words(reader), view.first.item_id
    back = f"{links.docket('', view.queue)}?item={first}"
    put_back = Markup("")
    undo = _undo(visit, view)
    if undo is not None:
        label, beside = words.say("Undo: put it back"), {"into": str(first)}
        put_back = button(
            visit, reader, f"/items/{undo}/merge", label, carries=beside, kind="plain"
        )
    into = ChoiceField(
        key="into",
        label=words.say("Combine it with"),
        choices=tuple((str(key), label) for key, label in view.choices),
        hint=words.say("They become one item. Everyone who said it gets the answer."),
        optional=True,
        depends=True,
    )
    nobody = "" if view.others else words.say("Nobody else said this.")
    notice = Notice(
        title=words.say("Combined messages"),
        parts=(
            *lines(matter_words.said_by(words, view.said_by) if view.said_by else ""),
            *_said(words, view.first),
        ),
        cards=(put_back,) if put_back else (),
        passages=(
            Passage(
                title=words.say("Said in other words"),
                parts=lines(nobody),
                cards=[_other(visit, reader, view, one) for one in view.others],
            ),
        ),
        ask=Ask(
            at=f"/items/{first}/merge",
            submit=words.say("Combine them"),
            title=words.say("Is it the same as another one?"),
            fields=(into,),
        )
        if view.choices
        else None,
        up=Page(label=wording.queue(words, view.queue_name), path=back),
    )
    return await visit.notice(notice, reader)


def _said(words: Words, one: SaidToo) -> tuple[Part, ...]:
    """What somebody wrote, with who and when below it."""
    here = Secrecy.SIGNED_IN
    received = words.say("Received {when}.", when=words.day(one.received_at))
    by = f"{Labels(words).byline(one.byline)} · {received}"
    return (
        Quote(text=one.redacted, secrecy=here),
        Line(text=by, secrecy=here, look=Look.QUIET),
    )


def _other(visit: Visit, reader: Reader, view: MatterView, one: SaidToo) -> Markup:
    """A message that says the same, while it is open with the button that takes it out."""
    words = visit.words(reader)
    body = drawn_parts(_said(words, one), reader)
    if not view.open:
        return body
    about = words.say("item of {when}", when=words.day(one.received_at))
    label = words.say("This is about something else")
    return body + button(visit, reader, f"/items/{one.item_id}/split", label, about, kind="plain")


def _undo(visit: Visit, view: MatterView) -> UUID | None:
    """An item that was just split off, while it can be put back."""
    wanted = visit.request.query_params.get("undo", "")
    return next((key for key, _ in view.choices if str(key) == wanted), None)


def after_split(visit: Visit, view: MatterView) -> str:
    """The matter that an item was in, from where it can be put back."""
    return f"/items/{view.first.item_id}/matter?undo={visit.subject('item')}"


async def merge(visit: Visit) -> Response:
    item, chosen = visit.subject("item"), visit.form.one("into")
    if not chosen:
        return visit.go(f"/items/{item}/matter")
    try:
        command = MergeItem(item_id=item, into=UUID(chosen))
    except ValueError:
        raise TroubleError(404) from None
    reply = await visit.ask(command)
    if not isinstance(reply.message, MatterView):
        return await visit.anything(reply.message, reply.reader)
    note = note_after(command, reply.message, visit.words(reply.reader))
    return visit.go(f"/items/{reply.message.first.item_id}/matter", note=note)


async def trends(visit: Visit, view: TrendsView, reader: Reader) -> Response:
    words, growing = visit.words(reader), view.growing
    name = wording.queue(words, view.name)
    said = trend_words.lines(words, growing) if growing else []
    charts = weeks.charts(words, growing) if growing else []

    def opened(row: Row) -> str:
        about = Markup('<figure class="figure"><p class="label-seen">{}</p>{}</figure>')
        few = words.say("Weeks with fewer than 5 people have no column.")
        figure = about.format(said[int(row.key)], charts[int(row.key)])
        return figure + Markup('<p class="quiet small">{} {}</p>').format(said[-1], few)

    return await lists.listed(
        visit,
        reader,
        words.say("{committee}: trends", committee=name),
        trends_list(words, growing),
        open_row=opened,
        tabs=committee_tabs(words, view.queue, view.name),
        up=Page(label=name, path=links.docket("", view.queue)),
    )


async def learned(visit: Visit, view: CorrectionsView, reader: Reader) -> Response:
    words = visit.words(reader)
    taught = {str(one.item_id): one for one in view.taught}

    def opened(row: Row) -> str:
        one = taught[row.key]
        forget = button(
            visit,
            reader,
            f"/items/{one.item_id}/forget",
            words.say("Forget this"),
            kind="plain",
        )
        return lists.beside(row.cells[1].text, taught_parts(words, one), reader) + forget

    return await lists.listed(
        visit,
        reader,
        words.say("What the automatic reader learned"),
        taught_list(words, view),
        open_row=opened,
        lead=words.say(
            "Each time a person moves a message, the automatic reader learns from it and sends "
            "others like it there."
        ),
        up=Page(label=wording.queue(words, "Triage"), path=links.docket("", TRIAGE)),
    )
