"""What the forms of training sessions and guides show beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from core.forms import Opening, Said, counted
from core.people import Audience
from core.text import Text
from core.words import Words
from governance import links
from governance.learning.commands import ShowSession
from governance.learning.model import Guide, TrainingSession
from governance.second_person.model import SecondPerson
from governance.second_person.wording import first


def session(
    found: TrainingSession | None,
    audience: Audience,
    offered: Mapping[str, tuple[tuple[str, str], ...]],
    *,
    change_id: UUID | None,
    leader: str = "",
    told: int = 0,
) -> Opening:
    """``found``: the session as it is kept; None: a new one. ``audience``: whom it is for.
    ``offered``: what that can be chosen of. ``leader``: their address. ``told``: how many hear of
    it where it moves."""
    title = Said("Edit the session" if found else "Add a session")
    values: dict[str, object] = {"audience": audience}
    if found is not None:
        values |= {
            "title": found.title.default,
            "about": found.about.default if found.about else "",
            "format": found.format,
            "day": found.day,
            "begins": f"{found.begins:%H:%M}",
            "ends": f"{found.ends:%H:%M}",
            "place": found.place,
            "link": found.link,
            "capacity": "" if found.capacity is None else str(found.capacity),
            "leader": leader,
        }
    hear = counted(
        "If you move it, {n} person who signed up will be notified.",
        "If you move it, {n} people who signed up will be notified.",
        told,
    )
    yourself = Said(
        "An email address. Leave it empty to name yourself. Only this person sees who signed up."
    )
    return Opening(
        title=title,
        above=(hear,) if told else (),
        values=values,
        choices=offered,
        hints={} if found else {"leader": yourself},
        anew=found is None,
        submit=Said("Save"),
        shows=title,
        leave=links.training("", found.id) if found else links.learning("", change_id),
        up=(Said("Training"), links.learning("")),
    )


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
