"""The last steps: a test to oneself, and making it ready to be launched."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from starlette.responses import Response

from bot.web.authoring.checking import checked
from bot.web.authoring.holding import Opened, opened
from bot.web.authoring.inputs import new_key, words_of
from bot.web.authoring.overview import show
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from governance.commands import FinishDraft, TrySurvey
from governance.views import DraftChanged, DraftView
from surveys.messages import Rejected
from surveys.survey import Survey


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
    if survey is None:
        alarm = words.say("It cannot be launched yet. This is still missing:")
        return await show(visit, held, status=422, alarm=alarm)
    after = visit.form.whole("after")
    reply = await visit.ask(FinishDraft(draft_id=held.id, after=after, survey=survey))
    match reply.message:
        case DraftView():
            note = words.say("It is ready. Choose whom it is for and when it closes.")
            return visit.go(f"/desk/launch/{survey.key}", note=note)
        case DraftChanged(theirs=theirs):
            alarm = words.say(
                "{who} saved this survey on {when}, after you opened it. Please look at it as it "
                "is now, and finish it then.",
                who=theirs.edits[0].by or words.say("Somebody"),
                when=words.when(theirs.edits[0].at),
            )
            return await show(visit, await opened(visit), status=409, alarm=alarm)
        case Rejected(unfit=unfit):
            alarm = " ".join(words.unfit(why) for why in unfit.values())
            return await show(visit, held, status=422, alarm=alarm)
        case message:
            return await visit.anything(message, reply.reader)


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
