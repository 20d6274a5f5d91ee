"""A card with every part that there is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Column,
    Confirm,
    DayField,
    Entries,
    Facts,
    Figures,
    Form,
    Line,
    Link,
    Look,
    MomentField,
    Page,
    Picture,
    Press,
    Preview,
    Quote,
    Run,
    Secrecy,
    Share,
    Style,
    Table,
    TextField,
)
from core.charts import Counts, Source
from governance.announcements.campaign_commands import ResumeCampaign, ShowProgress, StopCampaign
from governance.forms.commands import Open
from governance.recommendations.commands import DecideAdvice

SUBJECT = UUID("00000000-0000-4000-8000-000000000016")
HOSTILE = '<script>alert("x")</script> & <b>bold</b> <!channel> [a](https://evil.example)'
ANYWHERE, SIGNED_IN = Secrecy.ANYWHERE, Secrecy.SIGNED_IN

_OPENS = Press(
    label="Say why", command=Open(of=DecideAdvice(recommendation_id=SUBJECT, accept=True))
)

EVERYTHING = Card(
    badge="Urgent",
    title=(Run("About “"), Run("Redes", "es"), Run("”")),
    secrecy=SIGNED_IN,
    outside="Something waits for you",
    parts=(
        Line(text="Plain.", secrecy=ANYWHERE),
        Line(text="Strong.", secrecy=ANYWHERE, look=Look.STRONG),
        Line(text="Small print.", secrecy=ANYWHERE, look=Look.QUIET),
        Line(text="Now.", secrecy=SIGNED_IN, look=Look.ALARM),
        Quote(text=HOSTILE + "\nA second line.", secrecy=SIGNED_IN, by="A teacher wrote:"),
        Bullets(lines=("One.", Page(label="Two.", path="/heard/2")), secrecy=ANYWHERE),
        Facts(
            pairs=(("Why", (Run("Porque sí.", "es"),)), ("Who to ask", "402-555-0100")),
            secrecy=ANYWHERE,
        ),
        Entries(
            rows=((Page(label="ITR 4", path="/rules/4/2"), "Changed: a number for the night"),),
            secrecy=ANYWHERE,
        ),
        Figures(
            pairs=(("Sent", "1,200"), ("Read", "300")),
            share=Share(part=300, whole=1200, label="read"),
            secrecy=ANYWHERE,
        ),
        Link(label="Learn more", url="https://learning.example.org/?a=1&b=2", secrecy=ANYWHERE),
        Preview(
            label="What people will read",
            title=HOSTILE,
            parts=(Line(text="Inside.", secrecy=ANYWHERE),),
            secrecy=ANYWHERE,
        ),
        Picture(
            of=Counts(
                key="themes",
                title="New messages by theme",
                caption="New since Monday.",
                rows=((HOSTILE, 7), ("Printers", 3), ("Few", None)),
            ),
            source=Source(
                kind="digest", subject=SUBJECT, at=datetime(2026, 11, 25, 15, tzinfo=UTC)
            ),
            secrecy=ANYWHERE,
        ),
        Table(
            caption="By building",
            columns=(
                Column(label="Building"),
                Column(label="Sent", number=True),
                Column(label="Confirmed", number=True),
                Column(label="Note"),
            ),
            rows=((HOSTILE, "40", "12", ""), ("Adams", "30", "29", "Done")),
            rest=Page(label="57 more on the page", path="/announcements/1"),
            secrecy=ANYWHERE,
        ),
        Picture(
            of=Counts(key="own", title="Secret counts", caption="", rows=(("Secret theme", 5),)),
            secrecy=SIGNED_IN,
        ),
        Table(
            columns=(Column(label="Secret label"), Column(label="Secret number", number=True)),
            rows=(("Secret row", "6"),),
            secrecy=SIGNED_IN,
        ),
    ),
    presses=(
        _OPENS,
        Press(
            label="Stop",
            command=StopCampaign(subject=SUBJECT),
            style=Style.DANGER,
            confirm=Confirm(title="Stop it?", text="It cannot go on.", yes="Stop", no="Not yet"),
        ),
    ),
    more=(
        Press(label="Go on", command=ResumeCampaign(subject=SUBJECT)),
        Press(label="Check again", command=ShowProgress(announcement_id=SUBJECT)),
        Press(
            label="Show progress",
            command=ShowProgress(announcement_id=UUID(int=5)),
            chat_only=True,
        ),
    ),
    page=Page(label="Read it on the web", path=f"/recommendations/{SUBJECT}"),
    note="Not monitored around the clock.",
)

FORM = Card(
    title="Decide",
    secrecy=ANYWHERE,
    parts=(Line(text="Say why.", secrecy=ANYWHERE),),
    form=Form(
        fields=(
            TextField(key="reason", label="Why?", value=HOSTILE, longest=900, hint="All read it."),
            TextField(key="title", label="Title", value="", longest=80, rows=1, why="Say more."),
            ChoiceField(
                key="put_back",
                label="Which stay?",
                choices=(("k1", "Ann"), ("k2", HOSTILE)),
                chosen=("k2",),
                several=True,
                seen="abc123",
                hint="This is what others read.",
            ),
            ChoiceField(key="to", label="Where to?", choices=(("network", "Network"), ("a", "A"))),
            ChoiceField(
                key="many",
                label="Which one?",
                choices=tuple((f"c{n}", f"Choice {n}") for n in range(30)),
                chosen=("c7",),
                why="Choose one.",
            ),
            TextField(key="note", label="Note", value="", longest=300, optional=True),
            MomentField(
                key="at",
                label="Send at",
                value=datetime(2026, 11, 25, 15, 40, tzinfo=UTC),
                hint="Leave it empty to send now.",
            ),
            DayField(
                key="on", label="On which day?", value=date(2026, 11, 30), hint="A school day."
            ),
            ChoiceField(key="or", label="Or", choices=(("b", "B"), ("c", "C")), optional=True),
        ),
        submit=Press(label="Accept", command=DecideAdvice(recommendation_id=SUBJECT, accept=True)),
        opens=_OPENS,
        leave=Page(label="Not now", path=f"/recommendations/{SUBJECT}"),
        back=Open(of=DecideAdvice(recommendation_id=SUBJECT, accept=False)),
    ),
)
