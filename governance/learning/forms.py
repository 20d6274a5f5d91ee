"""What the forms of a guide, and to cancel a training session, show beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from core.forms import Opening, Said, counted
from core.people import Audience
from core.text import Text
from core.words import Words
from governance import links
from governance.learning.commands import ShowSession
from governance.learning.model import Guide
from governance.second_person.model import SecondPerson
from governance.second_person.wording import first


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


def guide(
    found: Guide | None,
    audience: Audience,
    offered: Mapping[str, tuple[tuple[str, str], ...]],
    *,
    change_id: UUID | None,
    second: SecondPerson | None,
) -> Opening:
    """``found``: the guide as it is kept; None: a new one. ``audience``: whom it is for.
    ``offered``: what that can be chosen of. ``second``: who may have to approve it first."""
    title = Said("Edit the guide" if found else "Add a guide")
    values: dict[str, object] = {"audience": audience}
    if found is not None:
        values |= {
            "title": found.title.default,
            "text": found.text.default if found.text else "",
            "link": found.link,
            "due": found.due,
        }

    def due(words: Words) -> str:
        asked = words.say(
            "Leave it empty if nobody has to. With a date, everyone gets a message now and "
            "reminders until they have done it."
        )
        return " ".join(one for one in (asked, first(words, second)) if one)

    return Opening(
        title=title,
        values=values,
        choices=offered,
        hints={"due": due},
        anew=found is None,
        submit=Said("Save"),
        shows=title,
        leave=links.guide("", found.id) if found else links.learning("", change_id),
        up=(Said("Training"), links.learning("")),
    )
