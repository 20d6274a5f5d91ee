"""An assessment from its beginning to its close and the next year's, with canaries everywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from core.commands import Command
from governance.controls.answer_commands import AnswerSafeguard, Applies, HandOverSafeguards
from governance.controls.figure_commands import SetTarget
from governance.controls.model import AnswerState, Dimension
from governance.controls.running_commands import (
    CloseAssessment,
    NameOwners,
    OpenAssessment,
    ReviewSafeguard,
    ShowClosing,
    Verdict,
    WriteAssessment,
)
from governance.forms.commands import Open
from governance.gaps.commands import (
    AcceptRisk,
    BeginWork,
    CloseGap,
    DecideGap,
    DeclineRisk,
    SendTicket,
)
from governance.gaps.messages import GapView
from governance.gaps.model import GapChoice, WorkKind
from storage.store import Store
from storage.transaction import Transaction
from tests.attacks.practice_canaries import FRAMEWORK, NOT_APPLICABLE, SCORES, TARGET, typed
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER

Ask = Callable[[str, Command], Awaitable[Any]]
OWNER, OTHER, LATER = TEACHER, OFFICE, CHAIR
"""``OTHER`` hands one safeguard over to ``LATER``."""
HANDED_OVER = "72.2"
OWNS = {OWNER: ("71",), OTHER: ("72.1",), LATER: ("72.2",)}


@dataclass
class Play:
    """``ask``: a command as somebody, and what they are shown."""

    ask: Ask
    store: Store
    due: date
    by_day: date
    assessment: UUID = field(default_factory=uuid4)
    gaps: list[UUID] = field(default_factory=list)

    async def whole(self) -> None:
        await self.opened()
        await self.answered()
        await self.reviewed()
        await self.decided()
        await self.closed()

    async def opened(self) -> None:
        await self.store.write(put_framework)
        begun = WriteAssessment(
            framework=FRAMEWORK.key,
            assessment_id=self.assessment,
            name="Winter zones",
            version=FRAMEWORK.version,
            group="z1",
            due=self.due,
            committee="network",
        )
        await self.ask(ISO, begun)
        owners = f"71 {OWNER}\n72 {OTHER}"
        await self.ask(ISO, NameOwners(assessment_id=self.assessment, owners=owners))
        await self.ask(ISO, OpenAssessment(assessment_id=self.assessment, unowned=0))
        given = await self.store.read(lambda tx: tx.assessment(self.assessment))
        assert given is not None
        assert given.state == "open"

    async def answered(self) -> None:
        over = HandOverSafeguards(assessment_id=self.assessment, number=HANDED_OVER, to=LATER)
        await self.ask(OTHER, over)
        for number in SCORES:
            await self.answers(number)
        none = AnswerSafeguard(
            assessment_id=self.assessment,
            number=NOT_APPLICABLE,
            applies=Applies.NO,
            why_not=typed("none", NOT_APPLICABLE),
        )
        await self.ask(OWNER, none)
        rows = await self.store.read(lambda tx: tx.assessed(self.assessment))
        done = {one.number for one in rows if one.state is AnswerState.DONE}
        assert done == {*SCORES, NOT_APPLICABLE}

    async def answers(self, number: str) -> None:
        scores: dict[str, Any] = {
            one.value: str(n) for one, n in zip(Dimension, SCORES[number], strict=True)
        }
        owner = OWNER if number.startswith("71") else OTHER
        answer = AnswerSafeguard(
            assessment_id=self.assessment,
            number=number,
            applies=Applies.YES,
            evidence=typed("proof", number),
            next_step=typed("next", number),
            **scores,
        )
        await self.ask(LATER if number == HANDED_OVER else owner, answer)

    async def reviewed(self) -> None:
        """One goes back with a word and comes again; all but one are confirmed."""
        await self.reviews("71.1", Verdict.SEND_BACK, typed("doubt", "71.1"))
        found = await self.store.read(lambda tx: tx.assessed_one(self.assessment, "71.1"))
        assert found is not None
        assert found.state is AnswerState.SENT_BACK
        await self.answers("71.1")
        for number in SCORES:
            await self.reviews(number, Verdict.CONFIRM)

    async def reviews(self, number: str, verdict: Verdict, word: str = "") -> None:
        shows = Open(of=ReviewSafeguard(assessment_id=self.assessment, number=number))
        form = await self.ask(ISO, shows)
        await self.ask(ISO, replace(form.of, verdict=verdict, word=word))

    async def decided(self) -> None:
        """A decision of each kind and a target; of one gap comes work of each kind. The CTO
        declines a risk with a word about why, and accepts it once the ISO has decided again."""
        cto = await self.store.read(lambda tx: tx.person_by_email(CTO))
        assert cto is not None
        decisions: dict[str, dict[str, Any]] = {
            "71.2": {"choice": GapChoice.ACCEPT, "accepted_by": str(cto.id)},
            "71.6": {"choice": GapChoice.TRANSFER, "to": typed("insurer", "71.6")},
            "72.1": {"choice": GapChoice.MEND},
        }
        for number, more in decisions.items():
            self.gaps.append(await self.decides(number, **more))
        risk = self.gaps[0]
        declined = DeclineRisk(gap_id=risk, number=1, why=typed("refusal", "71.2"))
        await self.ask(CTO, declined)
        assert await self.decides("71.2", **decisions["71.2"]) == risk
        await self.ask(CTO, AcceptRisk(gap_id=risk, number=2))
        found = await self.store.read(lambda tx: tx.gap(risk))
        assert found is not None
        assert [one.refused_why for one in found.decisions] == [typed("refusal", "71.2"), ""]
        assert found.decision.agreed_at
        for kind in WorkKind:
            if kind is not WorkKind.TICKET:
                await self.ask(ISO, BeginWork(gap_id=self.gaps[0], kind=kind))
        await self.ask(ISO, SendTicket(gap_id=self.gaps[0], words="Please replace the switch."))
        for control in ("", "71"):
            target = SetTarget(
                assessment_id=self.assessment, control=control, score=f"{TARGET}", by=self.by_day
            )
            await self.ask(ISO, target)
        targets = await self.store.read(lambda tx: tx.targets(FRAMEWORK.key))
        assert [one.score for one in targets] == [TARGET, TARGET]

    async def decides(self, number: str, **more: Any) -> UUID:
        """The gap's id."""
        command = DecideGap(
            assessment_id=self.assessment,
            number=number,
            why=typed("why", number),
            by_day=self.by_day,
            **more,
        )
        decided = await self.ask(ISO, command)
        assert isinstance(decided, GapView), decided
        return decided.gap_id

    async def given_up(self) -> None:
        """A gap is closed with a word about why."""
        await self.ask(ISO, CloseGap(gap_id=self.gaps[2], why=typed("end", "72.1")))
        found = await self.store.read(lambda tx: tx.gap(self.gaps[2]))
        assert found is not None
        assert found.closed_at

    async def closed(self) -> None:
        await self.ask(ISO, ShowClosing(assessment_id=self.assessment))
        rows = await self.store.read(lambda tx: tx.assessed(self.assessment))
        left = sum(one.state is not AnswerState.CONFIRMED for one in rows)
        await self.ask(ISO, CloseAssessment(assessment_id=self.assessment, left=left))
        given = await self.store.read(lambda tx: tx.assessment(self.assessment))
        assert given is not None
        assert given.state == "closed"


def put_framework(tx: Transaction) -> None:
    tx.put_framework(FRAMEWORK, None, datetime(2026, 9, 1, tzinfo=UTC))
