"""The form of a service notice's first message, which also takes the place of an announcement's."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from core.people import Platform
from governance.access import Actor
from governance.announcements.model import Announcement
from governance.languages import base_of, others_than
from governance.lists.audiences import choices_of
from governance.ports import GovernanceStore
from governance.service_notices.messages import ServiceForm


def form_of(
    store: GovernanceStore, actor: Actor, announcement_id: UUID, draft: Announcement | None = None
) -> ServiceForm:
    """Empty, or a draft to change."""
    form = ServiceForm(
        announcement_id=announcement_id,
        new=draft is None,
        choices=choices_of(store),
        languages=languages_beside(store, actor),
    )
    service = draft.change.service if draft else None
    if draft is None or service is None:
        return form
    words, title = dict[str, str](), draft.change.title
    for key, text in (("title", title), ("what", draft.change.what)):
        words[key] = text.default
        words |= {f"{key}.{tag}": said for tag, said in text.translations.items()}
    return replace(
        form,
        kind=service.kind,
        words=words,
        begins=service.begins,
        ends=service.ends,
        audience=draft.audience,
        languages=form.languages or tuple(title.translations),
        declined_why=draft.declined_why or "",
    )


def languages_beside(store: GovernanceStore, actor: Actor) -> tuple[str, ...]:
    """On the web translations are typed beside the text."""
    own = base_of(store.district().locale)
    return others_than(own) if actor.platform is Platform.WEB else ()
