"""The last steps: a test to oneself, and making it ready to be launched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from starlette.responses import Response

from bot.web.authoring import body
from bot.web.authoring.checking import Warned, checked, reason_for
from bot.web.authoring.holding import Opened, opened, save
from bot.web.authoring.inputs import new_key, too_long, words_of
from bot.web.authoring.overview import show
from bot.web.notices import Ask, Notice, lines
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Page, TextField
from governance import wording
from governance.authoring.commands import FinishDraft, TrySurvey
from governance.views import DraftChanged, DraftView
from surveys.messages import Rejected
from surveys.questions import Unfit
from surveys.survey import Survey

LONGEST_REASON = 500


async def try_it(visit: Visit) -> Response:
    """A test to oneself: in one's own chat (``send``), or right here."""
    held, survey = await _whole(visit)
    if survey is None:
        alarm = held.words.say("A test needs the whole survey. This is still missing:")
        return await show(visit, held, status=422, alarm=alarm)
    trial, send = uuid4(), visit.form.one("send") == "yes"
    await visit.ask(TrySurvey(trial_id=trial, survey=survey, send=send))
    if not send:
        return visit.go(f"/surveys/{trial}")
    note = held.words.say(
        "The test is on its way to where you get your messages. Its answers are not kept."
    )
    return visit.go(held.at, note=note)


async def finish(visit: Visit) -> Response:
    held, survey = await _whole(visit)
    words = held.words
    if held.version != visit.form.whole("after"):
        return await _overtaken(visit, held)
    if survey is None:
        alarm = words.say("It cannot be launched yet. This is still missing:")
        return await show(visit, held, status=422, alarm=alarm)
    open_questions = [one for one in checked(visit, held).warnings if not one.reason]
    if open_questions:
        return await _ask_why(visit, held, survey, open_questions)
    return await _finish(visit, held, survey)


async def _finish(visit: Visit, held: Opened, survey: Survey) -> Response:
    words = held.words
    command = FinishDraft(draft_id=held.id, after=held.version, survey=survey)
    reply = await visit.ask(command)
    match reply.message:
        case DraftView():
            note = words.say("It is ready. Choose who it is for and when it closes.")
            return visit.go(f"/desk/launch/{survey.key}", note=note)
        case DraftChanged():
            return await _overtaken(visit, await opened(visit))
        case Rejected(unfit=unfit):
            alarm = " ".join(wording.unfit(words, why) for why in unfit.values())
            return await show(visit, held, status=422, alarm=alarm)
        case message:
            return await visit.anything(message, reply.reader)


async def _ask_why(
    visit: Visit, held: Opened, survey: Survey, warned: Sequence[Warned]
) -> Response:
    """Warnings stop nobody: the author says why it is right here, and that is kept. What is said
    already comes with the form and is saved first."""
    said = {one.name: visit.form.one(f"why.{one.name}").strip() for one in warned}
    told = {name: why for name, why in said.items() if why and len(why) <= LONGEST_REASON}
    if told:
        data = body.parse(held.view.draft.body)
        kept = {name: reason_for(survey, name, why) for name, why in told.items()}
        data[body.REASONS] = {**(data.get(body.REASONS) or {}), **kept}
        saved = await save(visit, held, data)
        held = saved.held
        if saved.theirs:
            return await _overtaken(visit, held)
    left = [one for one in warned if one.name not in told]
    if not left:
        return await _finish(visit, held, survey)
    words, asked = held.words, visit.form.one("asked") == "yes"
    heading = words.say("Before you finish it")
    errors = {
        one.name: wording.unfit(
            words,
            too_long(LONGEST_REASON, len(said[one.name]))
            if said[one.name]
            else Unfit(why="Say why it is right to ask this, or change the question."),
        )
        for one in left
        if asked
    }
    prompts = {q.key: words.text(q.prompt) for q in survey.questions}
    fields = tuple(
        TextField(
            key=f"why.{one.name}",
            label=prompts.get(one.question, words.say("Several questions together")),
            value=said[one.name],
            longest=LONGEST_REASON,
            hint=one.told,
            why=errors.get(one.name, ""),
            rows=3,
        )
        for one in left
    )
    notice = Notice(
        title=heading,
        parts=lines(
            words.say(
                "These questions could reveal who answers, ask the same thing twice, or touch on "
                "what the district bargains over with its staff. You decide. Say why it is right "
                "to ask them here: your reason is kept with the survey."
            )
        ),
        ask=Ask(
            at=f"{held.at}/finish",
            submit=words.say("Keep my reasons and finish it"),
            fields=fields,
            carries={"after": str(held.version), "asked": "yes"},
            leave=Page(label=words.say("Back to the questions"), path=held.at),
        ),
        problems=tuple((f"f-why.{name}", why) for name, why in errors.items()),
        up=Page(label=words.say("The survey"), path=held.at),
    )
    return await visit.notice(notice, held.reader, status=422 if errors else 200)


async def _overtaken(visit: Visit, held: Opened) -> Response:
    """Nobody finishes what they have not seen."""
    alarm = held.words.say(
        "{who} saved this survey on {when}, after you opened it. Review the current "
        "version, then finish it.",
        who=held.last_edit.by or held.words.say("Someone"),
        when=held.words.when(held.last_edit.at),
    )
    return await show(visit, held, status=409, alarm=alarm)


async def _whole(visit: Visit) -> tuple[Opened, Survey | None]:
    """The draft, and the survey that it is; None while something is missing."""
    held = await opened(visit)
    if not held.editable:
        raise TroubleError(404)
    survey = checked(visit, held).survey
    return held, replace(survey, key=_key(held)) if survey else None


def _key(held: Opened) -> str:
    """The key that it replaces, else the one that it was given, else one made of its title."""
    if held.view.draft.replaces:
        return held.view.draft.replaces
    first = held.languages[0]
    title = words_of(held.data.get("title"), first).get(first, "")
    given = held.data.get("key")
    return str(given) if given else new_key(title, set(held.view.taken), otherwise="survey")
