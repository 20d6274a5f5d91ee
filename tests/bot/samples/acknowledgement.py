"""Messages about acknowledging the IT rules, and about who has not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from core.people import Role
from core.text import Text
from governance.acknowledgements.messages import (
    Acknowledgement,
    AcknowledgementFigures,
    ChangedCount,
)
from governance.acknowledgements.model import AcknowledgementSet, Listed
from governance.duties.messages import OwedNews
from governance.duties.model import Count
from governance.messages import Message

AT = datetime(2026, 10, 5, 15, tzinfo=UTC)
PASSWORDS, DEVICES = (UUID(f"00000000-0000-4000-8000-00000000004{n}") for n in (4, 5))
GIVEN = AcknowledgementSet(
    id=UUID("00000000-0000-4000-8000-000000000048"), year="2026-27", due=date(2026, 11, 4), at=AT
)
RULES = (
    Listed(
        rule_id=PASSWORDS,
        number="ITR 4",
        title=Text(default="Passwords & <keys>", translations={"es": "Contraseñas y <llaves>"}),
        version=3,
        digest="a" * 64,
        changed="A number to call at night",
        texts={
            "en": "For all staff.\n\n## Passphrases\nUse **four** words & <b>no</b> name.",
            "es": "## Frases\nUse cuatro palabras.",
        },
    ),
    Listed(
        rule_id=DEVICES,
        number="ITP 9",
        title=Text(default="Lost devices"),
        version=1,
        digest="b" * 64,
        texts={"en": "## When\nTell the help desk on the same day."},
        new=True,
    ),
    Listed(
        rule_id=UUID("00000000-0000-4000-8000-000000000046"),
        number="ITR 12",
        title=Text(default="Video calls"),
        version=2,
        digest="c" * 64,
    ),
)
DONE = tuple(replace(one, changed="", new=False) for one in RULES)
ASKED = Acknowledgement(given=GIVEN, rules=RULES, mark=123456789, due=date(2026, 11, 4))
CHANGED = replace(GIVEN, rule_id=PASSWORDS, version=3)
FIGURES = AcknowledgementFigures(
    given=GIVEN,
    year="2026-27",
    buildings=tuple(
        Count(group=f"School {n:02} <b>", asked=40 + n, done=40 - 2 * n) for n in range(18)
    ),
    roles=(
        Count(group=Role.ADMINISTRATOR, asked=40, done=40),
        Count(group=Role.TEACHER, asked=833, done=374),
    ),
    changed=(
        ChangedCount(
            number="ITR 4", title=Text(default="Passwords"), version=3, asked=414, done=12
        ),
    ),
    may_list=True,
)

ACKNOWLEDGEMENT_MESSAGES: dict[str, Message] = {
    "acknowledge": ASKED,
    "acknowledge_again": replace(ASKED, reminder=True),
    "acknowledge_moved_on": replace(ASKED, moved_on=True),
    "acknowledge_changed": replace(ASKED, given=CHANGED, rules=RULES[:1]),
    "acknowledged": replace(ASKED, rules=DONE, done_at=AT),
    "acknowledged_changed": replace(ASKED, given=CHANGED, rules=DONE[:1], done_at=AT),
    "acknowledgement_figures": FIGURES,
    "acknowledgement_never": AcknowledgementFigures(given=None, year="2026-27", may_ask=True),
    "owed_news": OwedNews(building="Maple Elementary", people=3, in_chat=True),
    "owed_news_of_all": OwedNews(building="", people=1),
}
