"""An assessment with words and scores that stand nowhere else, and how a leak of them is found."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from core.text import text
from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Control,
    Dimension,
    Framework,
    Named,
    Safeguard,
    Target,
)
from governance.gaps.model import Gap, GapChoice, GapDecision
from storage.transaction import Transaction

CANARY = "quagmire"
"""Stands in all that somebody types. It looks like no name."""


_TYPED = re.compile(rf"{CANARY} \w+ of zone (\d+\.\d)|{CANARY}", re.IGNORECASE)


def typed(what: str, number: str) -> str:
    """Something that is typed about a safeguard."""
    return f"the {CANARY} {what} of zone {number}"


def _control(number: str, *functions: str) -> Control:
    return Control(
        number=number,
        name=text(f"Zone {number}"),
        safeguards=tuple(
            Safeguard(
                number=f"{number}.{n}", name=text(f"Zone {number}.{n}"), group="z1", function=one
            )
            for n, one in enumerate(functions, start=1)
        ),
    )


FRAMEWORK = Framework(
    key="zones",
    version="8",
    name=text("Zones of trust", es="Zonas de confianza"),
    short="ZN",
    groups=(Named(key="z1", name=text("Z1")),),
    functions=(Named(key="protect", name=text("Protect")), Named(key="detect", name=text("Watch"))),
    controls=(
        _control("71", *(["protect"] * 3), *(["detect"] * 4)),
        _control("72", "protect", "protect"),
    ),
    steps={one: tuple(text(f"Step {n}") for n in range(1, 6)) for one in Dimension},
)
"""No number of it could be a score."""

SCORES: Mapping[str, tuple[int, int, int, int]] = {
    "71.1": (4, 4, 4, 3),
    "71.2": (2, 1, 1, 1),
    "71.3": (5, 4, 4, 4),
    "71.4": (3, 2, 4, 3),
    "71.6": (1, 1, 2, 3),
    "72.1": (2, 2, 2, 3),
    "72.2": (3, 3, 3, 4),
}
NOT_APPLICABLE, UNASSESSED = "71.5", "71.7"
TARGET = 4.7

_MEANS = {number: sum(four) / 4 for number, four in SCORES.items()}


def _written(*means: float) -> frozenset[str]:
    """As a page in English or Spanish has them: a half goes up."""
    said = {one for mean in means for one in (f"{mean:g}", f"{mean + 0.001:.1f}", f"{mean:.2f}")}
    found = {one for one in said if "." in one}
    return frozenset(found | {one.replace(".", ",") for one in found})


OF_SAFEGUARDS = _written(*_MEANS.values())
OF_ALL = OF_SAFEGUARDS | _written(TARGET, 2.8, 2.75, 2.775, 19.5 / 7)
"""With a target, and the means of controls, of the whole and of the group."""

_OUT_OF_FIVE = re.compile(
    r"(?<![\d.,:/-])[1-5]([.,]\d+)?( (of|out of|de) | ?/ ?)5(?![\d:/-]|[.,]\d)"
    r"(?! (safeguards|medidas|assessed|evaluadas|answered|respondidas))"
)
_GAP = re.compile(r"(?<!\bno )(?<!\bninguna )\b(gaps?|brechas?)\b", re.IGNORECASE)
_TOOK = re.compile(r'"ms": ?[\d.]+')
_NUMBERS = re.compile(r"(?<![\w.,:/-])\d[.,]\d{1,2}(?![\w.,:/-]*\d)")
_VERSION = re.compile(r'"?version"?\s*[:=]\s*"?[\d.]+"?')
_HTML = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)


def visible(page: str) -> str:
    """A page without its tags, and what its fields and links hold."""
    held = re.findall(r'(?:value|title|alt|aria-label|href|content)="([^"]*)"', page)
    return html.unescape(" ".join((_HTML.sub(" ", page), *held)))


def words_in(said: str) -> list[str]:
    """What was typed."""
    at = said.casefold().find(CANARY)
    return [said[max(0, at - 30) : at + 40]] if at >= 0 else []


def words_of_others(said: str, owned: tuple[str, ...] = ()) -> list[str]:
    """What was typed about safeguards other than those whose numbers begin so."""
    found = _TYPED.finditer(said)
    return [one.group() for one in found if not (one.group(1) or "?").startswith(owned or "!")]


def scores_in(said: str, known: frozenset[str] = OF_ALL, *, out_of_five: bool = True) -> list[str]:
    plain = _VERSION.sub("", said)
    found = [one.group() for one in _NUMBERS.finditer(plain) if one.group() in known]
    if out_of_five:
        found += [one.group() for one in _OUT_OF_FIVE.finditer(plain)]
    return found


def gaps_in(said: str) -> list[str]:
    return [said[max(0, one.start() - 30) : one.end() + 30] for one in _GAP.finditer(said)]


def in_log(text: str) -> list[str]:
    """Milliseconds are numbers of another kind."""
    return leaks(_TOOK.sub("", text))


def leaks(said: str) -> list[str]:
    """All of it, in something that tells of no safeguard more than its number."""
    return [*words_in(said), *scores_in(said), *gaps_in(said)]


@dataclass(frozen=True, kw_only=True)
class Town:
    """Who has to do with it. ``author``: whose message is evidence."""

    iso: UUID
    cto: UUID
    owner: UUID
    other: UUID
    committee: str = "network"


def begun(who: Town, now: datetime, due: date) -> tuple[Assessment, tuple[Assessed, ...]]:
    """Answered, sent back, not applicable and not answered yet: of two owners."""
    given = Assessment(
        id=uuid4(),
        name="Winter zones",
        framework=FRAMEWORK.key,
        version=FRAMEWORK.version,
        group="z1",
        due=due,
        committee=who.committee,
        state=AssessmentState.OPEN,
        made_by=who.iso,
        made_at=now,
        opened_at=now,
    )
    rows = []
    for one in given.scope(FRAMEWORK):
        scores = SCORES.get(one.number)
        answer = Answer()
        if scores:
            answer = Answer(
                applicable=True,
                scores=dict(zip(Dimension, scores, strict=True)),
                evidence=typed("proof", one.number),
                next_step=typed("next", one.number),
            )
        elif one.number == NOT_APPLICABLE:
            answer = Answer(applicable=False, why_not=typed("none", one.number))
        rows.append(
            Assessed(
                assessment_id=given.id,
                number=one.number,
                owner=who.other if one.number.startswith("72") else who.owner,
                due=due,
                state=AnswerState.DONE if answer.given else AnswerState.OPEN,
                answer=answer,
                answered_by=who.owner if answer.given else None,
                answered_at=now if answer.given else None,
            )
        )
    back = replace(
        rows[0],
        state=AnswerState.SENT_BACK,
        answer=replace(rows[0].answer, word=typed("doubt", rows[0].number)),
    )
    return given, (back, *rows[1:])


def put(tx: Transaction, who: Town, now: datetime, due: date) -> tuple[UUID, UUID]:
    """The assessment and a gap that it found, with a decision of each kind and a target."""
    given, rows = begun(who, now, due)
    tx.put_framework(FRAMEWORK, who.iso, now)
    tx.put_assessment(given)
    tx.put_assessed(rows)
    decided = GapDecision(
        choice=GapChoice.ACCEPT,
        why=typed("why", "71.2"),
        by_day=due,
        owner=who.owner,
        accepted_by=who.cto,
        decided_by=who.iso,
        decided_at=now,
    )
    moved = replace(decided, choice=GapChoice.TRANSFER, to=typed("insurer", "71.2"))
    gap = Gap(
        id=uuid4(),
        framework=FRAMEWORK.key,
        number="71.2",
        assessment_id=given.id,
        decisions=(moved, decided),
    )
    tx.put_gap(gap)
    target = Target(framework=FRAMEWORK.key, score=TARGET, by=due, set_by=who.iso, set_at=now)
    for control in ("", "71"):
        tx.put_target(replace(target, control=control))
    return given.id, gap.id
