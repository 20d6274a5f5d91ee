"""Writing an announcement: whom it is for, and what it says. The last step, which checks and sends
it, is in ``announcement_checks``.

The form is handed in again and again (``do``): "count" tells whom it reaches so far, the name of a
step leads there, and anything else keeps the draft and leads to the check. What was typed is kept
for its author at each step, so each step has an address that can be opened again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.conversation import Reader
from bot.web import stepping
from bot.web.announcement_checks import previews
from bot.web.composing import steps
from bot.web.composing.steps import CARRIED, CHOSEN, ID, INPUTS, Step
from bot.web.composing.typed import ANSWER, command_of, form_of, with_seen
from bot.web.forms import Form
from bot.web.render_card import drawn_parts
from bot.web.troubles import TroubleError
from bot.web.unsent import FIELD, Standing
from bot.web.visiting import RefusedError, Visit
from core.cards import Bullets, Look, Part, Secrecy
from core.forms import asked_of
from core.words import Words
from governance import links, wording
from governance.access import refusal
from governance.announcements import urgent_wording as urgent_words
from governance.announcements.asked import TEXTS
from governance.announcements.commands import CheckWritten, WriteAnnouncement
from governance.announcements.handlers import NO_DRAFT, digest
from governance.card_parts import lines
from governance.filling import MisfilledError
from governance.forms.messages import FormView
from governance.labels import Labels
from governance.languages import translations
from governance.lessons.commands import QUESTION, WRITE_IT, TypedQuestion
from governance.messages import AnnouncementDrafted
from governance.views import AnnouncementWritten
from surveys.questions import Unfit

NEW = links.new_announcement("")

ASKED = (*asked_of(WriteAnnouncement), *asked_of(TypedQuestion))
"""What is asked for, by its label, hint and limit."""

Troubles = Mapping[str, Unfit]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The form as it stands, and what the service says of it. ``at``: where it can be opened."""

    form: Form
    view: AnnouncementWritten
    reader: Reader

    @property
    def at(self) -> str:
        return links.edited("", self.view.draft.id) if self.view.saved else NEW

    @property
    def words(self) -> Words:
        return Words(self.reader.locale, self.reader.timezone)


def _standing(at: str) -> Standing:
    """Where the form can be opened again. It always has an id, so it is always kept."""
    return Standing(at, (ID,))


# -- opening it ------------------------------------------------------------------------------------


async def new(visit: Visit) -> Response:
    """A step of an announcement that was not kept as a draft yet."""
    draft = await stepping.kept(visit, _standing(NEW), CARRIED)
    if draft is None:
        if visit.request.query_params:
            return visit.go(NEW)
        return await _opened(visit, uuid4(), None)
    return await _opened(visit, draft.form.uuid(ID), draft)


async def edit(visit: Visit) -> Response:
    """A step of a draft. What else is a draft has a form of its own."""
    announcement = visit.subject("announcement")
    at = links.edited("", announcement)
    return await _opened(visit, announcement, await stepping.kept(visit, _standing(at), CARRIED))


async def _opened(visit: Visit, announcement: UUID, draft: stepping.Draft | None) -> Response:
    asked = visit.request.query_params.get("step")
    step = Step(asked) if asked in (Step.WHAT, Step.QUESTION) else Step.WHO
    seen = await _look(visit, announcement, draft.form if draft else None, step)
    if not isinstance(seen, Seen):
        return seen
    if seen.view.saved is None and visit.request.url.path != NEW:
        new = await stepping.kept(visit, _standing(NEW), (ID,))
        if new is None or new.form.one(ID) != str(announcement):
            raise RefusedError(refusal(NO_DRAFT), seen.reader)
        return visit.go(NEW)
    since = None if visit.request.query_params.get("step") else draft
    return await _step_page(visit, seen, step, {}, draft=since)


async def _look(
    visit: Visit, announcement: UUID, form: Form | None, step: Step | None
) -> Seen | Response:
    """What the service says of a form; without one, of the draft as it is kept. ``step``: that is
    shown of it."""
    written = None
    if form is not None:
        try:
            written = command_of(form, announcement)
        except MisfilledError:
            raise TroubleError(400) from None
    check = CheckWritten(
        announcement_id=announcement,
        written=written,
        offers=step is Step.WHO,
        previews=step is Step.WHAT,
    )
    reply = await visit.ask(check)
    view = reply.message
    if not isinstance(view, AnnouncementWritten):
        return await visit.anything(view, reply.reader)
    return Seen(form=form or form_of(view), view=view, reader=reply.reader)


async def count(visit: Visit) -> Response:
    """How many people the audience in the address is, as a part of the page."""
    asked = visit.request.query_params
    form = Form({name: tuple(asked.getlist(name)) for name in CHOSEN if asked.getlist(name)})
    seen = await _look(visit, visit.subject("announcement"), form, None)
    if not isinstance(seen, Seen):
        return seen
    return HTMLResponse(_reach(seen, with_problem=True))


# -- handing it in ---------------------------------------------------------------------------------


_LEADS: Mapping[str, Step] = {
    "count": Step.WHO,
    "see": Step.WHAT,
    **{step.value: step for step in (Step.WHO, Step.WHAT, Step.QUESTION)},
}
"""The step that a button leads to; any other keeps the draft."""


async def write(visit: Visit) -> Response:
    """On to another step; or the draft is kept, and what it would be is looked at."""
    announcement = visit.subject("announcement")
    do = visit.form.one("do")
    form = _ours(visit.form, announcement)
    if do not in _LEADS:
        return await _keep(visit, announcement, form)
    to = _LEADS[do]
    try:
        command_of(form, announcement)
    except MisfilledError as error:
        return await _misfilled(visit, announcement, form, error.unfit)
    seen = await _look(visit, announcement, form, to)
    if not isinstance(seen, Seen):
        return seen
    kept = await stepping.keep(visit, form, _standing(seen.at), CARRIED)
    if do == Step.WHAT and (wrong := _of(Step.WHO, seen.view.unfit)):
        return await _step_again(visit, announcement, form, Step.WHO, wrong)
    if kept:
        at = {"count": "#reach-told", "see": "#seen-h"}.get(do, "")
        return visit.go(f"{seen.at}?step={to}{at}")
    return await _step_page(visit, seen, to, {})


async def _step_again(
    visit: Visit, announcement: UUID, form: Form, step: Step, unfit: Troubles
) -> Response:
    """A step with everything that was typed, and what of it does not fit."""
    seen = await _look(visit, announcement, form, step)
    if not isinstance(seen, Seen):
        return seen
    await stepping.keep(visit, form, _standing(seen.at), CARRIED)
    return await _step_page(visit, seen, step, _of(step, unfit))


async def _misfilled(visit: Visit, announcement: UUID, form: Form, unfit: Troubles) -> Response:
    """The same of what is no choice of ours: it is left out where the rest is looked at."""
    fitting = Form({name: said for name, said in form.fields.items() if name not in unfit})
    step = steps.first_of(unfit)
    seen = await _look(visit, announcement, fitting, step)
    if not isinstance(seen, Seen):
        return seen
    return await _step_page(visit, replace(seen, form=form), step, unfit)


async def _keep(visit: Visit, announcement: UUID, form: Form) -> Response:
    try:
        command = command_of(form, announcement)
    except MisfilledError as error:
        return await _misfilled(visit, announcement, form, error.unfit)
    if form.one("confirm") == ANSWER and not any(form.one(one).strip() for one in QUESTION):
        none = {"question": Unfit(why=WRITE_IT)}
        return await _step_again(visit, announcement, form, Step.QUESTION, none)
    reply = await visit.ask(command)
    match reply.message:
        case AnnouncementDrafted():
            return visit.go(links.draft("", announcement))
        case FormView(unfit=unfit) if unfit:
            return await _rejected(visit, announcement, form, unfit)
        case message:
            return await visit.anything(message, reply.reader)


async def _rejected(visit: Visit, announcement: UUID, form: Form, unfit: Troubles) -> Response:
    """The first step on which something does not fit, with everything that was typed."""
    form = with_seen(form, _told_of(unfit))
    step = steps.first_of(unfit)
    return await _step_again(visit, announcement, form, step, unfit)


def _told_of(unfit: Troubles) -> dict[str, str]:
    """What a form has now seen of the words that somebody else saved: it says them."""
    theirs = {key: why.values.get("theirs") for key, why in unfit.items()}
    return {key: digest(str(said)) for key, said in theirs.items() if said is not None}


def _ours(form: Form, announcement: UUID) -> Form:
    """What was typed and chosen, and nothing else that came along."""
    fields = {name: form.all(name) for name in CARRIED if name in form.fields}
    return Form({**fields, ID: (str(announcement),)})


def _of(step: Step, unfit: Troubles) -> dict[str, Unfit]:
    return {key: why for key, why in unfit.items() if steps.of_trouble(key) is step}


# -- the pages -------------------------------------------------------------------------------------


async def _step_page(
    visit: Visit,
    seen: Seen,
    step: Step,
    unfit: Troubles,
    *,
    draft: stepping.Draft | None = None,
) -> Response:
    words, view, form = seen.words, seen.view, seen.form
    title = words.say("Change the announcement")
    if view.saved is None:
        title = words.say("New announcement")
    whys = {key: wording.unfit(words, why) for key, why in unfit.items()}
    labels = {one.name: words.say(one.label).rstrip("?") for one in TEXTS}
    for one in TEXTS:
        for tag, language in translations(words, view.language):
            said = words.say("{language}: {part}", language=language, part=labels[one.name])
            labels[f"{one.name}.{tag}"] = said
    return await visit.page(
        "pages/announcement.html",
        words.say("Error: {title}", title=title) if unfit else title,
        seen.reader,
        status=422 if unfit else 200,
        heading=title,
        step=step.value,
        steps_shown=steps.shown(words, step, asks=form.one("confirm") == ANSWER),
        problems=[
            (_input_of(key), f"{labels[key]}: {why}" if key in labels else why)
            for key, why in whys.items()
        ],
        at=links.edited("", view.draft.id),
        carried=_carried(form, INPUTS[step]),
        standing=_standing(seen.at).written,
        discards=FIELD,
        draft_at=draft.at if draft else None,
        form=form,
        whys=whys,
        declined=urgent_words.declined(words, view.draft.declined_why),
        saved=view.saved is not None,
        groups=_groups(words, view),
        count_at=f"/announcements/{view.draft.id}/count",
        count_of=sorted(CHOSEN),
        reach=_reach(seen),
        asked={one.name: one for one in ASKED},
        languages=translations(words, view.language),
        outdated_texts=view.saved.change.outdated if view.saved else frozenset(),
        choices=[one for one in ASKED if one.name.startswith("choice_")],
        previews=list(previews(visit, view.notice, {}, seen.reader)) if step is Step.WHAT else [],
    )


@dataclass(frozen=True, kw_only=True)
class Group:
    """One group of an audience's choices: (value, label) each. ``open``: few enough to be shown."""

    name: str
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    open: bool = False


def _groups(words: Words, view: AnnouncementWritten) -> list[Group]:
    named, say, offered = Labels(words), words.say, view.choices
    more = say(
        "Their members get it as well as the people chosen above. If nothing above is chosen, only "
        "they get it."
    )
    groups = (
        Group(
            name="levels",
            label=say("Levels"),
            hint="",
            choices=tuple(named.levels()),
            open=True,
        ),
        Group(name="roles", label=say("Roles"), hint="", choices=tuple(named.roles()), open=True),
        Group(name="buildings", label=say("Buildings"), hint="", choices=offered.buildings),
        Group(name="committees", label=say("Committees"), hint=more, choices=offered.committees),
        Group(name="lists", label=say("Lists of people"), hint=more, choices=offered.lists),
    )
    return [one for one in groups if one.choices]


def _reach(seen: Seen, *, with_problem: bool = False) -> Markup:
    """How many people it reaches, and on which platforms."""
    words, reach = seen.words, seen.view.reach
    named = Labels(words)
    people = words.count("{n} person", "{n} people", reach.people)
    by_platform = tuple(
        words.say("{platform}: {n}", platform=named(one), n=words.number(n))
        for one, n in reach.by_platform
    )
    wrong = [why for key, why in seen.view.unfit.items() if key in (*CHOSEN, "audience")]
    parts: tuple[Part, ...] = (
        *lines([people], Look.STRONG),
        *lines([wording.unfit(words, why) for why in wrong] if with_problem else [], Look.ALARM),
        Bullets(
            lines=(*by_platform, *urgent_words.waiting_lines(words, reach)),
            secrecy=Secrecy.ANYWHERE,
        ),
    )
    return drawn_parts(parts, seen.reader)


def _carried(form: Form, but: Collection[str]) -> list[tuple[str, str]]:
    """Empty texts, too: one that was deleted stays so."""
    held = [name for name in CARRIED if name not in but]
    return [(name, value) for name in held for value in form.all(name)]


def _input_of(key: str) -> str:
    return "f-audience" if key in CHOSEN else f"f-{key}"
