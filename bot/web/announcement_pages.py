"""An announcement: written, checked and sent by the CTO."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from starlette.responses import Response

from bot.conversation import Reader
from bot.registry import fill
from bot.web.draw import draw_draft
from bot.web.rendering import local
from bot.web.visiting import Visit
from governance import wording
from governance.announcements import urgent_wording as urgent_words
from governance.announcements.commands import (
    CheckAnnouncement,
    SendAnnouncement,
    ShowAnnouncementForm,
    WriteAnnouncement,
)
from governance.announcements.handlers import LIMITS, digest
from governance.filling import MisfilledError
from governance.languages import translations
from governance.lists.model import AudienceChoices
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementForm,
    AnnouncementScheduled,
    Progress,
)
from governance.service_notices.messages import ServiceForm
from surveys.messages import Rejected
from surveys.questions import Unfit


async def write(visit: Visit) -> Response:
    announcement = visit.subject("announcement")
    blank = WriteAnnouncement(announcement_id=announcement)
    try:
        command = fill(blank, visit.form.raw())
    except MisfilledError as error:
        return await _again(visit, blank, error.unfit, visit.reader)
    reply = await visit.ask(command)
    match reply.message:
        case AnnouncementDrafted():
            return visit.go(f"/announcements/{announcement}/draft")
        case Rejected(unfit=unfit):
            written = command if isinstance(command, WriteAnnouncement) else blank
            return await _again(visit, written, unfit, reply.reader)
        case message:
            return await visit.anything(message, reply.reader)


async def draft(visit: Visit) -> Response:
    """The draft as people will see it, with its reach, before it is sent."""
    return await _draft(visit, visit.subject("announcement"), {})


async def send(visit: Visit) -> Response:
    """Send the draft now, or at a time in the CTO's zone."""
    announcement = visit.subject("announcement")
    command = SendAnnouncement(announcement_id=announcement, everyone=visit.form.one("everyone"))
    if visit.form.one("send") == "at":
        zone = (await visit.ask(CheckAnnouncement(announcement_id=announcement))).reader.timezone
        at = visit.form.moment("at", zone)
        if at is None:
            why = Unfit(why="Enter a date and a time for it to go out.")
            return await _draft(visit, announcement, {"at": why})
        command = replace(command, at=at)
    reply = await visit.ask(command)
    match reply.message:
        case AnnouncementScheduled() as scheduled:
            note = _on_its_way(visit, scheduled, reply.reader)
            path = f"/announcements/{announcement}/progress"
            return visit.go(path, note=note, did="announce")
        case Progress() as waiting:
            note = urgent_words.waiting(visit.words(reply.reader), waiting.announcement)
            path = f"/announcements/{announcement}/progress"
            return visit.go(path, note=note, did="announce")
        case Rejected(unfit=unfit):
            return await _draft(visit, announcement, unfit)
        case message:
            return await visit.anything(message, reply.reader)


async def _draft(visit: Visit, announcement: UUID, unfit: Mapping[str, Unfit]) -> Response:
    reply = await visit.ask(CheckAnnouncement(announcement_id=announcement))
    match reply.message:
        case AnnouncementDrafted() as drafted:
            return await _check(visit, drafted, reply.reader, unfit)
        case message:
            return await visit.anything(message, reply.reader)


async def _check(
    visit: Visit, drafted: AnnouncementDrafted, reader: Reader, unfit: Mapping[str, Unfit]
) -> Response:
    words = visit.words(reader)
    title = words.say("Check before you send")
    typed = (visit.form.one("at_date"), visit.form.one("at_time"))
    if not any(typed) and not unfit:
        morning = local(visit.site.pages.now(), reader.timezone) + timedelta(days=1)
        typed = (f"{morning:%Y-%m-%d}", "07:30")
    return await visit.page(
        "pages/form.html",
        words.say("Error: {title}", title=title) if unfit else title,
        reader,
        status=422 if unfit else 200,
        message=draw_draft(drafted, reader, csrf=visit.csrf, unfit=unfit, typed=typed),
        problems=[
            ("everyone" if key == "everyone" else "at_date", wording.unfit(words, why))
            for key, why in unfit.items()
        ],
    )


async def _again(
    visit: Visit, written: WriteAnnouncement, unfit: Mapping[str, Unfit], reader: Reader
) -> Response:
    shown = await visit.ask(ShowAnnouncementForm(announcement_id=None))
    form = AnnouncementForm(
        announcement_id=written.announcement_id,
        words={
            key: visit.form.one(key) for key in visit.form.fields if key.partition(".")[0] in LIMITS
        },
        audience=written.audience,
        unfit=unfit,
        language=visit.site.settings.locale,
        seen={**written.seen, **_told_of(unfit)},
        joiners_until=written.joiners_until,
        choices=shown.message.choices
        if isinstance(shown.message, AnnouncementForm)
        else AudienceChoices(),
        due=visit.form.one("due"),
    )
    return await write_form(visit, form, reader)


async def write_form(
    visit: Visit, form: AnnouncementForm | ServiceForm, reader: Reader
) -> Response:
    """The form: empty under a new id, or a draft to change. A service notice has another one."""
    if isinstance(form, ServiceForm):
        return await visit.anything(form, reader)
    say = visit.words(reader).say
    labels: dict[str, str] = {
        "title": say("Title"),
        "what": say("What changes"),
        "why": say("Why"),
        "when": say("When"),
        "who": say("Who is affected"),
        "action": say("What to do"),
    }
    labels |= {
        f"{key}.{tag}": say("{language}: {part}", language=language, part=label)
        for key, label in labels.items()
        for tag, language in translations(visit.words(reader), form.language)
    }
    title = say("Write an announcement")
    return await visit.page(
        "pages/form.html",
        say("Error: {title}", title=title) if form.unfit else title,
        reader,
        status=422 if form.unfit else 200,
        message=visit.drawn(form, reader),
        problems=[
            (f"f-{key}", f"{labels[key]}: {told}" if key in labels else told)
            for key, why in form.unfit.items()
            for told in (wording.unfit(visit.words(reader), why),)
        ],
    )


def _told_of(unfit: Mapping[str, Unfit]) -> dict[str, str]:
    """What a form has now seen of the words that somebody else saved: it says them."""
    theirs = {key: why.values.get("theirs") for key, why in unfit.items()}
    return {key: digest(str(said)) for key, said in theirs.items() if said is not None}


def _on_its_way(visit: Visit, scheduled: AnnouncementScheduled, reader: Reader) -> str:
    words = visit.words(reader)
    people = words.count("{n} person", "{n} people", scheduled.people)
    if scheduled.at is not None:
        said = words.say(
            "It goes out to {people} on {when}.", people=people, when=words.when(scheduled.at)
        )
    else:
        said = words.say(
            "It is going out to {people} now; that takes {time}.",
            people=people,
            time=words.duration(scheduled.seconds),
        )
    return f"{said} {wording.held(words, scheduled.held)}" if scheduled.held else said
