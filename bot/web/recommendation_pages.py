"""Recommendations on the web: written by a committee, decided by the CTO, read by everybody."""

from __future__ import annotations

from uuid import uuid4

from starlette.responses import Response

from bot.cards import note_after
from bot.conversation import Reader
from bot.web.render_card import at
from bot.web.visiting import Visit
from bot.wording import recommendation_words
from bot.words import Words
from governance.commands import ShowAdvice, ShowDecisionForm, TellOutcome, WriteAdvice
from governance.filling import put_back
from governance.recommendations.model import AdviceForm, AdviceView, ChangesView
from governance.redaction.put_back import Doubt
from surveys.messages import Rejected


async def new(visit: Visit) -> Response:
    """An address of its own for each that is begun."""
    return visit.go(f"/committees/{visit.path('queue')}/recommendations/{uuid4()}")


async def write(visit: Visit) -> Response:
    sent = visit.form
    command = WriteAdvice(
        recommendation_id=visit.subject("recommendation"),
        queue=visit.path("queue"),
        title=sent.one("title"),
        advice=sent.one("advice"),
        rule=sent.one("rule"),
        items=sent.all("items"),
        goals=sent.all("goals"),
        put_back=put_back(sent.raw()),
    )
    reply = await visit.ask(command)
    return await form(visit, reply.message, reply.reader)


async def form(visit: Visit, message: object, reader: Reader) -> Response:
    match message:
        case AdviceForm() as view:
            return await _form_page(visit, view, reader)
        case AdviceView(recommendation=found):
            return visit.go(f"/recommendations/{found.id}")
        case _:
            raise TypeError(f"not of a recommendation: {type(message).__name__}")


async def _form_page(visit: Visit, view: AdviceForm, reader: Reader) -> Response:
    words = visit.words(reader)
    title = words.say("Recommend something to the CTO")

    def why(key: str) -> str:
        return words.unfit(view.unfit[key]) if key in view.unfit else ""

    return await visit.page(
        "pages/advice_form.html",
        words.say("Error: {title}", title=title) if view.unfit else title,
        reader,
        status=422 if view.unfit else 200,
        view=view,
        why=why,
        problems=[(f"f-{key}", why(key)) for key in view.unfit],
    )


async def show(
    visit: Visit,
    view: AdviceView,
    reader: Reader,
    *,
    why: str = "",
    typed: str = "",
    doubt: Doubt | None = None,
) -> Response:
    words, subject = visit.words(reader), view.recommendation.id
    return await visit.page(
        "pages/advice.html",
        view.recommendation.title,
        reader,
        status=422 if why else 200,
        view=view,
        about=_about(words, view),
        behind=recommendation_words.voices(words, view.voices),
        why=why,
        typed=typed,
        doubt=doubt,
        problems=[("f-outcome", why)] if why else [],
        accept=at(ShowDecisionForm(recommendation_id=subject, accept=True)),
        decline=at(ShowDecisionForm(recommendation_id=subject, accept=False)),
    )


def _about(words: Words, view: AdviceView) -> str:
    names = []
    for one in view.about:
        if one.now is None:
            names.append(one.name)
        elif one.now:
            names.append(words.say("{goal} (reworded since)", goal=one.name))
        else:
            names.append(words.say("{goal} (retired since)", goal=one.name))
    return ", ".join(names)


async def outcome(visit: Visit) -> Response:
    subject, typed, why = visit.subject("recommendation"), visit.form.one("outcome"), ""
    back = put_back(visit.form.raw())
    command = TellOutcome(recommendation_id=subject, outcome=typed, put_back=back)
    reply = await visit.ask(command)
    doubt = reply.message.doubt if isinstance(reply.message, AdviceView) else None
    if isinstance(reply.message, Rejected):
        why = visit.words(reply.reader).unfit(reply.message.unfit["outcome"])
        reply = await visit.ask(ShowAdvice(recommendation_id=subject))
    if isinstance(reply.message, AdviceView) and (why or doubt):
        return await show(visit, reply.message, reply.reader, why=why, typed=typed, doubt=doubt)
    note = note_after(command, reply.message, visit.words(reply.reader))
    return visit.go(f"/recommendations/{subject}", note=note)


async def changes(visit: Visit, view: ChangesView, reader: Reader) -> Response:
    words = visit.words(reader)
    return await visit.page(
        "pages/changes.html",
        words.say("What changed because staff spoke"),
        reader,
        changes=[
            (
                one.recommendation,
                words.queue(one.committee),
                _about(words, one),
                recommendation_words.voices(words, one.voices),
                one.decided_by,
            )
            for one in view.changes
        ],
    )
