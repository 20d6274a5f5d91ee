"""What the bot itself answers: each of it, for every platform to draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from core.text import text
from governance.changes.messages import ChangeRow
from governance.changes.model import ChangeState
from governance.chat.messages import AnsweredBefore, KnownHere
from governance.chat.model import ChatAnswer, Intent, MyMessage, ShallIPassItOn
from governance.feedback.model import ItemState
from governance.messages import Message
from governance.rules.messages import FoundSection, RuleAnswer
from governance.service_notices.messages import ServiceStatus
from governance.waves.my_surveys import MySurvey
from surveys.survey import Participation

AT = datetime(2026, 11, 25, 21, 40, tzinfo=UTC)
_PULSE = MySurvey(
    wave_id=UUID(int=901),
    title=text("Weekly pulse", es="Pulso semanal"),
    closes_at=AT + timedelta(days=7),
    became=Participation.ASKED,
    open=True,
    questions=3,
    minutes=1,
)
_CLOSED = MySurvey(
    wave_id=UUID(int=902),
    title=text("Technology priorities", es="Prioridades de tecnología"),
    closes_at=AT - timedelta(days=7),
    became=Participation.ANSWERED,
    open=False,
    heard_at=AT - timedelta(days=2),
)
_HAS_IT = {
    ItemState.RECEIVED: None,
    ItemState.FILED: None,
    ItemState.NEW: "Restricted",
    ItemState.ANSWERED: "Triage",
}
_SAID = tuple(
    MyMessage(
        item_id=UUID(int=910 + place),
        received_at=AT - timedelta(days=place),
        said="" if state is ItemState.RECEIVED else "The Wi-Fi drops <!channel> *daily*",
        state=state,
        committee=_HAS_IT.get(state, "Network Team"),
        asked_back=state is ItemState.ACKNOWLEDGED,
    )
    for place, state in enumerate(ItemState)
)


def answer(intent: Intent, *, known: bool = True, dropped: bool = False) -> ChatAnswer:
    """To somebody of whom much is known, or nothing."""
    return ChatAnswer(
        intent=intent,
        district="Example District",
        surveys=(_PULSE, _CLOSED) if known else (),
        messages=_SAID if known else (),
        contacts={"help-desk": "555-0100"},
        anonymous_door="7KQ2-M8FD",
        dropped=dropped,
    )


RULE = RuleAnswer(
    item_id=UUID(int=920),
    found=(
        FoundSection(
            rule_id=UUID(int=921),
            number="ITR 4",
            title=text("Passwords", es="Contraseñas"),
            version=2,
            section=5,
            heading="Sharing <!channel> *now*",
            words="Nobody shares a passphrase: not with a colleague, and not with the help desk.",
        ),
        FoundSection(
            rule_id=UUID(int=921),
            number="ITR 4",
            title=text("Passwords", es="Contraseñas"),
            version=2,
            section=0,
            heading="",
            words="Este reglamento pide pocas cosas.",
            language="es",
        ),
    ),
)

ASKED = ShallIPassItOn(item_id=UUID(int=900), until=AT + timedelta(days=7))

CHAT: dict[str, Message] = {
    "chat_shall_i": ASKED,
    "chat_rule": RULE,
    "chat_no_rule": replace(RULE, found=()),
    "chat_known_rule": KnownHere(item_id=UUID(int=920), rules=RULE.found),
    "chat_known_status": KnownHere(
        item_id=UUID(int=920),
        services=ServiceStatus(now=(), planned=(), ended=(), writes=False),
    ),
    "chat_known_training": KnownHere(item_id=UUID(int=920), sessions=()),
    "chat_known_change": KnownHere(
        item_id=UUID(int=920),
        changes=(
            ChangeRow(
                change_id=UUID(int=922),
                title=text("New gradebook", es="Nuevo libro de calificaciones"),
                who=text("Teachers", es="Maestros"),
                day=AT.date(),
                state=ChangeState.APPROVED,
            ),
        ),
    ),
    "chat_known_faq": KnownHere(
        item_id=UUID(int=920),
        answered=AnsweredBefore(
            change_id=UUID(int=922),
            title=text("New gradebook", es="Nuevo libro de calificaciones"),
            question=text("Are old grades kept?", es="¿Se guardan las notas anteriores?"),
            answer=text("Yes, <!channel> for *five* years.", es="Sí, cinco años."),
        ),
    ),
    "chat_dropped": answer(Intent.NO, dropped=True),
    "chat_closes": answer(Intent.CLOSES),
    "chat_stop": answer(Intent.STOP),
    "chat_who_reads": answer(Intent.WHO_READS),
    "chat_confidential": answer(Intent.CONFIDENTIAL),
    "chat_my_message": answer(Intent.MY_MESSAGE),
}
