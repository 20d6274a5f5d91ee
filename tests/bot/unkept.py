"""A message that no chat keeps, full of words that may be in no message and no mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from bot.cards import CARDS
from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Column,
    DayField,
    Entries,
    Facts,
    Figures,
    Form,
    Line,
    Link,
    MomentField,
    Page,
    Picture,
    Press,
    Preview,
    Quote,
    Secrecy,
    Share,
    Table,
    TextField,
)
from core.charts import Counts, Source
from core.messages import Concludes, InPlace
from core.words import Words
from governance import wording
from governance.conversations.commands import (
    AskAuthor,
    ReplyToCommittee,
)
from governance.forms.commands import Open
from surveys.questions import Unfit

ITEM = UUID("7a2f5f0e-1d5c-4b8e-9d62-0f3b5a1c2d3e")
CANARY = "canary"
TITLE = "Safeguard 4.1"
OPENS = "Assess it"
PATH = "/practices/4.1"


@dataclass(frozen=True, kw_only=True)
class Secret:
    """``form``: with one; ``many``: so many parts more."""

    form: bool = True
    many: int = 0
    text: str = f"{CANARY} typed"
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


class SecretInPlace(Secret, InPlace):
    """It takes the place of what was pressed."""


class SecretAtEnd(Secret, Concludes):
    """It is said in the window, and where the window was opened from."""

    @property
    def opened_for(self) -> UUID:
        return ITEM


def secret(**more: Any) -> Any:
    """As a message of any kind: the product's own kinds are listed one by one."""
    return Secret(**more)


def parts(said: str) -> tuple[Any, ...]:
    """One of each kind."""
    inside = Line(text=f"{said} inside", secrecy=Secrecy.ANYWHERE)
    page = Page(label=f"{said} entry", path="/practices/entry")
    figures = ((f"{said} figure", "4"),)
    return (
        Line(text=f"{said} line", secrecy=Secrecy.ANYWHERE),
        Quote(text=f"{said} quote", by=f"{said} by", secrecy=Secrecy.ANYWHERE),
        Bullets(lines=(f"{said} bullet",), secrecy=Secrecy.ANYWHERE),
        Facts(pairs=((f"{said} label", f"{said} fact"),), secrecy=Secrecy.ANYWHERE),
        Entries(rows=((page, f"{said} of it"),), secrecy=Secrecy.ANYWHERE),
        Link(label=f"{said} link", url=f"https://e.example/{said}-page", secrecy=Secrecy.ANYWHERE),
        Preview(
            label=f"{said} preview",
            title=f"{said} title",
            parts=(inside,),
            secrecy=Secrecy.ANYWHERE,
        ),
        Figures(
            pairs=figures,
            secrecy=Secrecy.ANYWHERE,
            share=Share(part=1, whole=4, label=f"{said} share"),
        ),
        Picture(
            of=Counts(
                key=f"{said} chart",
                title=f"{said} chart title",
                caption=f"{said} caption",
                rows=((f"{said} bar", 5),),
            ),
            source=Source(kind="digest", subject=ITEM, at=datetime(2026, 12, 1, 9, tzinfo=UTC)),
            secrecy=Secrecy.ANYWHERE,
        ),
        Table(
            caption=f"{said} table",
            columns=(Column(label=f"{said} column"), Column(label=f"{said} number", number=True)),
            rows=((f"{said} row", "6"),),
            rest=Page(label=f"{said} rest", path="/practices/rest"),
            secrecy=Secrecy.ANYWHERE,
        ),
    )


def draw(words: Words, message: Secret) -> Card:
    opens = Press(label=OPENS, command=Open(of=ReplyToCommittee(item_id=ITEM)))
    other = Press(label=f"{CANARY} press", command=Open(of=AskAuthor(item_id=ITEM)))
    why = " ".join(wording.unfit(words, one) for one in message.unfit.values())
    form = Form(
        fields=(
            TextField(
                key="text",
                label=f"{CANARY} text",
                value=message.text,
                longest=500,
                hint=f"{CANARY} hint",
                why=why,
            ),
            ChoiceField(
                key="level",
                label=f"{CANARY} level",
                choices=(("4", f"{CANARY} four"), ("5", f"{CANARY} five")),
                chosen=("4",),
                hint=f"{CANARY} what each step means",
                optional=True,
            ),
            DayField(key="day", label=f"{CANARY} day", value=date(2026, 12, 1), optional=True),
            MomentField(
                key="at", label=f"{CANARY} moment", value=datetime(2026, 12, 1, 9, tzinfo=UTC)
            ),
        ),
        submit=Press(label="Hand it in", command=ReplyToCommittee(item_id=ITEM)),
        opens=opens,
        leave=Page(label="Leave", path="/practices"),
    )
    return Card(
        title=f"{TITLE}: {CANARY} secret title",
        outside=TITLE,
        secrecy=Secrecy.SIGNED_IN,
        badge=f"{CANARY} badge",
        parts=parts(CANARY) * (1 + message.many),
        form=form if message.form else None,
        presses=(other,),
        more=(other, Press(label=f"{CANARY} more", command=opens.command)),
        page=Page(label="Open it on the web", path=PATH),
        note=f"{CANARY} note",
        kept=False,
    )


@pytest.fixture
def unkept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product draws it as it draws its own messages."""
    for kind in (Secret, SecretInPlace, SecretAtEnd):
        monkeypatch.setitem(CARDS, kind, draw)
