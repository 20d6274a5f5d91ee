"""Composing: a delivery stores what it is about; its message is built when it is sent or shown."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.people import Person
from governance.announcements import approving, recalling
from governance.announcements import handlers as announcing
from governance.authoring import test_runs as trying
from governance.chat import introducing
from governance.committees import channels
from governance.committees import handlers as leading
from governance.conclusions import handlers as concluding
from governance.deliveries import Delivery, Occasion
from governance.digests import handlers as digesting
from governance.digests import monthly, trending
from governance.docket import assigning, triaging
from governance.docket import handlers as docket
from governance.feedback import author_news
from governance.help_desk import handlers as handing_over
from governance.messages import Message
from governance.people import roster_watch
from governance.ports import GovernanceStore
from governance.read_reminders import handlers as read_reminders
from governance.recommendations import handlers as recommending
from governance.redaction import handlers as taking_out
from governance.redaction import purging
from governance.sensitive import handlers as sensitive
from governance.series import jobs as repeating
from governance.urgent import handlers as responding
from governance.waves import messages as survey_messages

_AGAIN = "-now"  # scheduler.delivery.RENEWED

_FEATURES = (
    announcing,
    approving,
    assigning,
    author_news,
    channels,
    concluding,
    digesting,
    docket,
    handing_over,
    introducing,
    leading,
    monthly,
    purging,
    read_reminders,
    recalling,
    recommending,
    repeating,
    responding,
    roster_watch,
    sensitive,
    survey_messages,
    taking_out,
    trending,
    triaging,
    trying,
)


def _united() -> dict[str, Delivery]:
    found: dict[str, Delivery] = {}
    for one in (one for feature in _FEATURES for one in feature.DELIVERIES):
        if found.setdefault(one.kind, one) is not one:
            raise ValueError(f"the kind {one.kind!r} is declared twice")
    return found


DELIVERIES = _united()

ASKING = frozenset(kind for kind, one in DELIVERIES.items() if one.asks)
"""Kinds of a delivery that ask somebody to answer a survey."""


def compose(
    store: GovernanceStore,
    kind: str,
    subject: UUID,
    reader: Person | None,
    queue: str | None,
    now: datetime,
) -> Message | None:
    """The message of a delivery as it stands now. None: it is no longer wanted (a survey that
    closed meanwhile). ``reader`` is None for a committee's channel, whose key is ``queue``.
    A message that is drawn again in its place (``-now``) also says how it ended.

    Raises ValueError for a kind that nobody knows (a newer version's row).
    """
    declared = DELIVERIES.get(kind.removesuffix(_AGAIN))
    if declared is None:
        raise ValueError(f"a delivery of an unknown kind: {kind!r}")
    again = kind.endswith(_AGAIN)
    return declared.compose(
        Occasion(store=store, subject=subject, reader=reader, queue=queue, now=now, again=again)
    )
