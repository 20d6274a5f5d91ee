"""What the forms of a service notice and of its updates show beside their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from core.cards import Look
from core.forms import FILL_IN, Above, Opening, Said, counted
from core.text import Text
from core.words import Words
from governance import links
from governance.announcements.asked import TO_EVERYONE
from governance.announcements.model import Announcement
from governance.forms.messages import FormView, opened
from governance.languages import base_of, said_in
from governance.lists.audiences import offered
from governance.ports import GovernanceStore
from governance.service_notices import wording
from governance.service_notices.commands import (
    ShowServiceNotice,
    ShowServiceStatus,
    WriteServiceNotice,
)
from governance.service_notices.model import ServiceKind, ServiceNotice


def form_of(store: GovernanceStore, draft: Announcement) -> FormView:
    """The form that takes the place of an announcement's, where that is a service notice."""
    return opened(WriteServiceNotice(announcement_id=draft.id), opening(store, draft))


def opening(store: GovernanceStore, draft: Announcement | None) -> Opening:
    return first_message(draft, offered(store), language=base_of(store.district().locale))


def first_message(
    draft: Announcement | None,
    choices: Mapping[str, tuple[tuple[str, str], ...]],
    *,
    language: str,
) -> Opening:
    """``draft`` None: a new notice. ``choices``: what its audience can be chosen of."""
    service = draft.change.service if draft else None
    values: dict[str, object] = {}
    if draft is not None and service is not None:
        values = {
            "kind": service.kind,
            "title": said_in(draft.change.title, language),
            "what": said_in(draft.change.what, language),
            "begins": service.begins,
            "ends": service.ends,
            "audience": draft.audience,
        }
    declined = draft.declined_why or "" if draft else ""
    said_no = Above(Said("Declined: {why}", {"why": declined}), Look.STRONG)
    path = links.service_status("")
    return Opening(
        title=Said("Write a service notice"),
        above=(
            *((said_no,) if declined else ()),
            Said("Nothing is sent yet. Next, you’ll see how it looks and who gets it."),
            Said("Once it is sent, all staff can read it on the status page."),
        ),
        values=values,
        choices=choices,
        language=language,
        anew=draft is None,
        submit=Said("Save and check"),
        shows=Said("Write a service notice"),
        leave=path,
        back=ShowServiceStatus(),
        up=(Said("Service status"), path),
    )


def update(
    notice: ServiceNotice,
    title: Text,
    kind: ServiceKind,
    *,
    people: int,
    language: str,
    last: bool = False,
    to_everyone: bool = False,
) -> Opening:
    """``people``: how many have the first message. ``last``: it is over. ``to_everyone``: a typed
    word confirms."""
    found: UUID = notice.announcement_id
    label = _over(kind) if last else Said("Post an update")
    needed = {"everyone": TO_EVERYONE} if to_everyone else {}
    return Opening(
        title=Said("{what}: {title}", {"what": label, "title": title}),
        above=(
            counted(
                "{n} person has the notice and gets this.",
                "{n} people have the notice and get this.",
                people,
            ),
        ),
        values={} if last else {"ends": notice.ends},
        labels={"words": Said("Closing message")} if last else {},
        without=frozenset({"ends"} if last else ()) | ({"everyone"} - needed.keys()),
        required=needed if last else {"words": FILL_IN, **needed},
        language=language,
        anew=True,
        submit=label,
        shows=label,
        leave=links.service_notice("", found),
        back=ShowServiceNotice(announcement_id=found),
        up=(Said("Service status"), links.service_status("")),
    )


def _over(kind: ServiceKind) -> Callable[[Words], str]:
    return lambda words: wording.over(words, kind)
