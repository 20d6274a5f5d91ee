"""A launch's form as it stands: what there is to choose from, what was typed, who reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation import Reader
from bot.web.forms import Form
from bot.web.launching.typed import Troubles, Typed, audience_of, read, with_files
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.people import Audience
from core.words import Words
from governance.authoring.commands import ShowLaunch
from governance.views import LaunchView


@dataclass(frozen=True, kw_only=True)
class Seen:
    """``reader``: with the district's time zone, in which the times of a launch are typed and
    told."""

    view: LaunchView
    form: Form
    typed: Typed
    reader: Reader

    @property
    def words(self) -> Words:
        return Words(self.reader.locale, self.reader.timezone)

    @property
    def at(self) -> str:
        return f"/desk/launch/{self.view.survey.key}"


async def choices(visit: Visit, audience: Audience | None = None) -> tuple[LaunchView, Reader]:
    """What there is to choose from; a page that is not there where no such survey is ready."""
    key = visit.path("survey")
    reply = await visit.ask(ShowLaunch(survey=key, audience=audience or Audience()))
    view = reply.message
    if not isinstance(view, LaunchView) or view.survey.key != key:
        raise TroubleError(404)
    return view, replace(reply.reader, timezone=view.timezone)


async def handed_in(visit: Visit) -> Seen:
    """The form that was sent, with what its files hold."""
    unread: Troubles
    form, unread = with_files(visit.form)
    view, reader = await choices(visit, audience_of(form))
    typed = read(form, view, visit.site.pages.now())
    typed = replace(typed, unfit={**typed.unfit, **unread})
    return Seen(view=view, form=form, typed=typed, reader=reader)
