"""Answering a survey, a page at a time; saying no; and the page that thanks."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bot.conversation import Reader, Reply
from bot.web import feedback_pages, keeping
from bot.web.asking import errors, fields
from bot.web.visiting import Visit
from governance import wording
from governance.messages import FeedbackReceived
from surveys.commands import AnswerPage, DeclineWave, ShowPage
from surveys.messages import Answered, Declined, QuestionPage, Rejected, WaveClosedAlready


async def show(visit: Visit) -> Response:
    page = visit.whole(visit.request.path_params.get("page", "0"))
    reply = await visit.ask(ShowPage(wave_id=visit.subject("wave"), page=page))
    match reply.message:
        case QuestionPage() as questions:
            return await _form(visit, questions, reply.reader)
        case _:
            return await _other(visit, reply)


async def answer(visit: Visit) -> Response:
    wave, page = visit.subject("wave"), visit.whole(visit.request.path_params.get("page", "0"))
    answers, back = visit.form.answers(), bool(visit.form.one("back"))
    reply = await visit.ask(AnswerPage(wave_id=wave, page=page, answers=answers, back=back))
    match reply.message:
        case QuestionPage(unfit=gaps) as questions if gaps:
            return await _form(visit, questions, reply.reader, status=422)
        case QuestionPage(page=following):
            return visit.go(f"/surveys/{wave}/{following}")
        case Rejected(page=QuestionPage() as questions, unfit=unfit):
            again = replace(questions, raw=answers, unfit=unfit)
            return await _form(visit, again, reply.reader, status=422)
        case Answered() as thanks:
            response = visit.go("/done", keep=reply)
            _note_wave(visit, response, thanks)
            return response
        case _:
            return await _other(visit, reply)


async def decline(visit: Visit) -> Response:
    reply = await visit.ask(DeclineWave(wave_id=visit.subject("wave")))
    if isinstance(reply.message, Declined):
        return visit.go("/done", keep=reply)
    return await _other(visit, reply)


async def done(visit: Visit) -> Response:
    """What the last form was answered with; a reload shows it again and repeats nothing."""
    kept = keeping.kept(visit.site.settings.secret, visit.cookie(keeping.KEPT))
    if kept is None:
        return visit.go("/")
    if isinstance(kept[0], FeedbackReceived):
        return await feedback_pages.received(visit, kept[0], kept[1])
    return await visit.anything(*kept)


async def _form(
    visit: Visit, questions: QuestionPage, reader: Reader, *, status: int = 200
) -> Response:
    words = visit.words(reader)
    asked = fields(questions, words)
    title = words.text(questions.title)
    if questions.pages > 1:
        title = f"{title} – {wording.place_of(words, questions)}"
    return await visit.page(
        "pages/survey.html",
        words.say("Error: {title}", title=title) if status == 422 else title,
        reader,
        status=status,
        m=questions,
        message=visit.drawn(questions, reader),
        problems=errors(questions, asked, words),
    )


async def _other(visit: Visit, reply: Reply) -> Response:
    """A message in the place of the form: closed already, or anything else there is to say."""
    status = 410 if isinstance(reply.message, WaveClosedAlready) else 200
    return await visit.anything(reply.message, reply.reader, status=status)


def _note_wave(visit: Visit, response: Response, thanks: Answered) -> None:
    if visit.site.settings.demo:
        toured = visit.session.toured | {"answer"}
        visit.remember(response, replace(visit.session, toured=toured, wave=thanks.wave_id))
