"""The forms to write an announcement, and to decline one, beside the fields that are declared on
their commands."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from core.cards import Look
from core.forms import Above, Beside, Opening, Said, counted
from core.text import Text
from governance import links
from governance.announcements import urgent_wording
from governance.announcements.asked import LIMITS, REQUIRED, TRANSLATED, by_name
from governance.announcements.campaign_commands import ShowProgress
from governance.announcements.commands import ShowApproval, WriteAnnouncement
from governance.announcements.model import Announcement, Change, Reach
from governance.forms.commands import Open


def announcement(
    found: Announcement | None,
    offered: Mapping[str, tuple[tuple[str, str], ...]],
    *,
    language: str,
    of_file: bool = False,
) -> Opening:
    """``found``: the draft as it is kept; None: a new one. ``offered``: what its audience can be
    chosen of. ``of_file``: its texts come from a file, so that none is asked for."""
    values: dict[str, object] = {}
    if found is not None:
        values = {
            **by_name(words_of(found.change)),
            "due": found.due,
            "audience": found.audience,
            "joiners_until": found.joiners_until,
        }
    declined = found.declined_why or "" if found else ""
    said_no = Above(Said("Declined: {why}", {"why": declined}), Look.STRONG)
    return Opening(
        title=Said("Write an announcement"),
        above=(
            *((said_no,) if declined else ()),
            Said(
                "Nothing is sent yet. Next, you’ll see how it looks, who gets it and how "
                "long sending takes."
            ),
        ),
        values=values,
        choices=offered,
        without=frozenset(LIMITS) if of_file else frozenset(),
        language=language,
        anew=found is None,
        submit=Said("Save and check"),
        shows=Said("Write an announcement"),
        leave=links.announcements(""),
    )


def editing(
    announcement: UUID,
    change: Change,
    *,
    sent: int,
    everyone: bool,
) -> Opening:
    """``change``: what is put right, which ``sent`` people have. ``everyone``: a word is typed to
    confirm that it goes to everyone. A lesson has only a title and a text."""
    return Opening(
        title=Said("Edit what was sent"),
        above=(
            counted(
                "{n} person has it. Their message changes and says that it was edited. "
                "Where it can’t be changed, as in mail, a correction is sent.",
                "{n} people have it. Their message changes and says that it was edited. "
                "Where it can’t be changed, as in mail, a correction is sent.",
                sent,
            ),
        ),
        values=by_name(words_of(change)),
        without=frozenset() if everyone else frozenset({"everyone"}),
        optional=frozenset(name for name in REQUIRED if not getattr(change, name).default),
        language=change.title.language,
        apart=True,
        submit=Said("Save and send the change"),
        shows=Said("Edit what was sent"),
        leave=links.campaign("", announcement),
        back=ShowProgress(announcement_id=announcement),
    )


def urgent(found: Announcement, reach: Reach, approvers: tuple[str, ...], safety: str) -> Opening:
    """What sending it as urgent means: whom it reaches, who may say yes (by name), and whom to call
    in danger."""
    change = Open(of=WriteAnnouncement(announcement_id=found.id))
    return Opening(
        title=Said("Send “{title}” as urgent?", {"title": found.change.title}),
        above=(
            Said("It goes out right away, even in quiet hours, ahead of everything else."),
            lambda words: urgent_wording.needs_a_yes(words, approvers),
            lambda words: " ".join(urgent_wording.reach_lines(words, reach)),
            lambda words: urgent_wording.no_alarm(words, safety),
        ),
        submit=Said("Ask for approval"),
        leave=links.draft("", found.id),
        beside=(Beside(label=Said("Change it"), command=change),),
    )


def declining(announcement: UUID, title: Text) -> Opening:
    """Why an announcement is not approved."""
    return Opening(
        title=Said("Decline to send “{title}”?", {"title": title}),
        submit=Said("Decline"),
        leave=links.approval("", announcement),
        back=ShowApproval(announcement_id=announcement),
    )


def words_of(change: Change) -> dict[str, str]:
    """A change as a form shows it: "title", and "title.es" for its Spanish."""
    words = {"learn_url": change.learn_url or ""}
    for field in TRANSLATED:
        text: Text | None = getattr(change, field)
        if text is not None:
            words[field] = text.default
            words |= {f"{field}.{tag}": said for tag, said in text.translations.items()}
    return words
