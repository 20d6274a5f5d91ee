"""What the form to cancel a training session shows beside its field."""

from __future__ import annotations

from uuid import UUID

from core.forms import Opening, Said, counted
from core.text import Text
from governance import links
from governance.learning.commands import ShowSession


def cancelling(session: UUID, title: Text, told: int) -> Opening:
    """``told``: how many hear of it."""
    hear = counted(
        "{n} person who signed up will be notified.",
        "{n} people who signed up will be notified.",
        told,
    )
    return Opening(
        title=Said("Cancel: {title}", {"title": title}),
        above=(hear,) if told else (),
        submit=Said("Cancel the session"),
        danger=True,
        leave=links.training("", session),
        back=ShowSession(session_id=session),
    )
