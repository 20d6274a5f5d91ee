"""What the forms about a change show beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from core.forms import Opening, Said, asked_of, counted
from core.text import Text
from core.words import Words
from governance import links
from governance.announcements.asked import by_name
from governance.announcements.forms import words_of
from governance.changes import wording
from governance.changes.commands import ShowChange, ShowPlanned, TranslateChange
from governance.changes.model import FIXED, ChangeRecord, ChangeStep, Phase, Planned
from governance.languages import language_name


def writing(
    record: ChangeRecord | None,
    offered: Mapping[str, tuple[tuple[str, str], ...]],
    *,
    owner: str,
    language: str,
) -> Opening:
    """``record``: the draft as it is kept; None: a new one. ``offered``: what its audience and its
    committee can be chosen of. ``owner``: the address of who owns it."""
    values: dict[str, object] = {}
    if record is not None:
        values = {
            **by_name(words_of(record.words)),
            "day": record.day,
            "audience": record.audience,
            "committee": record.committee,
            "serves": ", ".join(record.serves),
            "owner": owner,
            "sponsor": record.sponsor,
            "risk": record.risk,
            "risk_note": record.risk_note,
        }
    calendar = links.change_calendar("")
    return Opening(
        title=Said("Edit the change") if record else Said("Propose a change"),
        above=(Said("Nothing is sent yet. Staff see it once it is approved."),),
        values=values,
        choices=offered,
        without=frozenset({"when"}),
        language=language,
        anew=record is None,
        submit=Said("Save draft"),
        shows=Said("Edit the change") if record else Said("Propose a change"),
        leave=links.change("", record.id) if record else calendar,
        up=(Said("Change calendar"), calendar),
    )


def step(
    change: UUID,
    title: Text,
    taken: ChangeStep,
    *,
    planned: int,
    asks: frozenset[str],
    optional: bool = False,
    day: date | None = None,
) -> Opening:
    """What a step has to be told. ``planned``: how many messages move with the day, or are no
    longer sent. ``asks``: its fields. ``optional``: nothing has to be said."""

    def label(words: Words) -> str:
        return wording.step(words, taken)

    return Opening(
        title=Said("{step}: {title}", {"step": label, "title": title}),
        above=_consequence(taken, planned) if planned else (),
        submit=label,
        values={"day": day},
        labels={"why": lambda words: wording.asked(words, taken)},
        without=frozenset({"day", "why"}) - asks,
        optional=frozenset({"why"} if optional else ()),
        leave=links.change("", change),
        back=ShowChange(change_id=change),
    )


def translation(
    change: UUID, said: Mapping[str, str], there: Mapping[str, object], tag: str
) -> Opening:
    """``said``: the words as they were written, each above the field for its translation.
    ``there``: their translations so far. ``tag``: the other language."""

    def language(words: Words) -> str:
        return language_name(words, tag)

    path = links.change("", change)
    return Opening(
        title=Said("The change in {language}", {"language": language}),
        values=there,
        hints={
            key: text if len(text) <= _HINT else f"{text[:_HINT]}…" for key, text in said.items()
        },
        without=frozenset(one.name for one in asked_of(TranslateChange)) - said.keys(),
        submit=Said("Save the translation"),
        shows=Said("Translate it"),
        leave=path,
        up=(Said("Back to the change"), path),
    )


_HINT = 150
"""Characters of a text that fit above its translation in a chat's window."""


def planned(
    message: Planned,
    values: Mapping[str, object],
    offered: Mapping[str, tuple[tuple[str, str], ...]],
) -> Opening:
    """When a message about a change goes out, and to whom. ``offered``: what its audience can be
    chosen of."""

    def phase(words: Words) -> str:
        return wording.phase(words, message.phase)

    after = {"days": Said("School days after the change")}
    return Opening(
        title=Said("{phase}: date and audience", {"phase": phase}),
        values=values,
        choices=offered,
        labels=after if message.phase is Phase.FOLLOW_UP else {},
        without=frozenset({"days"} if message.phase in FIXED else ()),
        submit=Said("Save"),
        shows=Said("Change date or audience"),
        leave=links.sequence("", message.change_id),
        back=ShowPlanned(change_id=message.change_id, announcement_id=message.announcement_id),
        up=(Said("Messages"), links.sequence("", message.change_id)),
    )


def _consequence(taken: ChangeStep, planned: int) -> tuple[Said, ...]:
    match taken:
        case ChangeStep.APPROVED:
            return (
                counted(
                    "{n} message is then scheduled.", "{n} messages are then scheduled.", planned
                ),
            )
        case ChangeStep.MOVED:
            return (
                counted(
                    "{n} message that was not sent yet moves with it. People who know the old "
                    "date get nothing now; you can correct their messages afterwards.",
                    "{n} messages that were not sent yet move with it. People who know the old "
                    "date get nothing now; you can correct their messages afterwards.",
                    planned,
                ),
            )
        case ChangeStep.WITHDRAWN:
            return (
                counted(
                    "{n} message that was not sent yet won’t go out.",
                    "{n} messages that were not sent yet won’t go out.",
                    planned,
                ),
            )
        case _:
            return ()
