"""An announcement: written, checked and sent by the CTO."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bot.conversation import Reader
from bot.registry import fill
from bot.web.visiting import Visit
from governance import wording
from governance.announcements.commands import (
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
