"""Parts and fields that cards of more than one feature have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from core.cards import (
    Card,
    ChoiceField,
    Facts,
    Field,
    Form,
    Line,
    Link,
    Look,
    Page,
    Part,
    Press,
    Prose,
    Quote,
    Secrecy,
    Style,
    is_ours,
    is_page,
)
from core.commands import Command
from core.people import Audience
from core.words import Words
from governance import links, wording
from governance.announcements.model import Change
from governance.docket.commands import ShowItem
from governance.filling import PUT_BACK
from governance.labels import Labels
from governance.languages import announcement_note
from governance.lists.model import AudienceChoices
from governance.redaction import wording as personal_words
from governance.redaction.put_back import Doubt
from governance.service_notices.wording import parts as service_parts
from surveys.questions import Unfit

Drawing = Callable[[Words, Any], Card]
Drawings = Mapping[type, Drawing]
"""How messages are drawn, by their type."""

Note = Callable[[Words, Any, Any], str]
Notes = Mapping[type, Note]
"""What is said above the page that follows a command, by its type: of the command, and of the
message that answers it. Where there is none, it is the message's title."""


def lines(
    said: Sequence[str], look: Look = Look.PLAIN, secrecy: Secrecy = Secrecy.ANYWHERE
) -> tuple[Line, ...]:
    """Our sentences, without the empty ones."""
    return tuple(Line(text=one, secrecy=secrecy, look=look) for one in said if one)


def quoted(text: str, by: str = "") -> tuple[Quote, ...]:
    """What somebody wrote, for signed-in readers only; nothing where it is empty."""
    return (Quote(text=text, secrecy=Secrecy.SIGNED_IN, by=by),) if text else ()


def opens(label: str, command: Command) -> Press:
    """The button that shows a form."""
    return Press(label=label, command=command, style=Style.PRIMARY)


def item_form(
    words: Words, item: UUID, fields: tuple[Field, ...], *, hands_in: Press, opens: Press
) -> Form:
    """A form about an item, which is left for the item."""
    return Form(
        fields=fields,
        submit=hands_in,
        opens=opens,
        leave=Page(label=words.say("Not now"), path=links.item("", item)),
        back=ShowItem(item_id=item),
    )


def why(words: Words, unfit: Mapping[str, Unfit], key: str) -> str:
    """Why an input does not fit; "" where it does."""
    return wording.unfit(words, unfit[key]) if key in unfit else ""


_NOTHING = AudienceChoices()


def audience_fields(
    words: Words,
    audience: Audience,
    unfit: Mapping[str, Unfit],
    choices: AudienceChoices = _NOTHING,
    *,
    optional: bool = True,
) -> tuple[ChoiceField, ...]:
    """For whom something is: levels, roles and, where they are offered, buildings, committees and
    named lists."""
    named, say = Labels(words), words.say
    all_, more = say("None chosen means all."), say("Added to the people chosen above, if any.")
    asked = (
        ("levels", say("Only these schools and offices"), named.levels(), audience.levels, all_),
        ("roles", say("Only these roles"), named.roles(), audience.roles, all_),
        ("buildings", say("Only these buildings"), choices.buildings, audience.buildings, all_),
        ("committees", say("Committees"), choices.committees, audience.committees, more),
        ("lists", say("Lists of people"), choices.lists, audience.lists, more),
    )
    return tuple(
        ChoiceField(
            key=key,
            label=label,
            choices=tuple(offered),
            chosen=tuple(sorted(chosen)),
            several=True,
            optional=optional,
            hint=hint,
            why=why(words, unfit, key)
            or (why(words, unfit, "audience") if key == "levels" else ""),
        )
        for key, label, offered, chosen, hint in asked
        if offered
    )


def put_back(words: Words, doubt: Doubt | None) -> tuple[ChoiceField, ...]:
    """Which words that look like personal data stay; no field where there are none."""
    if doubt is None:
        return ()
    return (
        ChoiceField(
            key=PUT_BACK,
            label=personal_words.doubt(words),
            choices=tuple(personal_words.doubted(words, doubt)),
            chosen=doubt.stay,
            several=True,
            hint=personal_words.doubt_hint(words),
            seen=doubt.seen,
        ),
    )


def sender(words: Words, name: str) -> Line:
    """Whom an announcement is from."""
    said = words.say("From {sender}", sender=name)
    return Line(text=said, secrecy=Secrecy.ANYWHERE, look=Look.QUIET)


def link(label: str, url: str, secrecy: Secrecy) -> tuple[Part, ...]:
    """A link to a page that somebody typed, or of ours; nothing where it leads to none."""
    leads = is_page(url) or is_ours(url)
    return (Link(label=label, url=url, secrecy=secrecy),) if leads else ()


def change(words: Words, announced: Change) -> tuple[Part, ...]:
    """The words of an announcement: what, why, when, who, what to do, where to learn and ask."""
    if announced.service is not None:
        note = lines([announcement_note(words, announced)], Look.QUIET)
        return (*note, *service_parts(words, announced.service, announced.what))
    say = words.say
    written = (
        (say("What changes") if announced.why.default else say("Read this"), announced.what),
        (say("Why"), announced.why),
        (say("When"), announced.when),
        (say("Who is affected"), announced.who),
        (say("What to do"), announced.action),
        (say("Who to ask"), announced.ask),
        (say("Where to learn more"), announced.learn),  # its link follows
    )
    pairs: tuple[tuple[str, Prose], ...] = tuple(
        (label, words.written(text)) for label, text in written if text and words.text(text).strip()
    )
    foreign = announcement_note(words, announced)
    return (
        *lines([foreign], Look.QUIET),
        Facts(pairs=pairs, secrecy=Secrecy.ANYWHERE),
        *link(say("Learn more"), announced.learn_url or "", Secrecy.ANYWHERE),
    )
