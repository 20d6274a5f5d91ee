"""What is decided about a gap, by whom, and who reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.cards import card_of
from core.words import Words
from governance.access import Actor
from governance.controls.facets import Place, drawn, facets_at
from governance.controls.model import READ, Target
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.gaps.commands import (
    AcceptRisk,
    CloseGap,
    DecideGap,
    DeclineRisk,
    SendTicket,
    ShowGap,
    ShowGaps,
)
from governance.gaps.forms import ticket
from governance.gaps.handlers import CHANGED, CLOSED, NO_ADMINISTRATOR, NO_GAP, NO_PERSON
from governance.gaps.messages import (
    DecisionDue,
    GapsView,
    GapView,
    NamedInDecision,
)
from governance.gaps.model import GapChoice
from governance.gaps.practice_facets import GapsFound, SafeguardGap
from governance.home.commands import ShowInbox
from governance.messages import Refused
from governance.redaction.put_back import PutBack
from governance.refusals import GONE, ISO_AND_CTO, ISO_ONLY
from tests.attacks.hall import Hall, hall
from tests.bot.samples.forms import form
from tests.governance.announcements.test_campaigning import audited
from tests.governance.controls.frameworks import SMALL
from tests.governance.gaps.towns import LATER, SECRETS, assessed, decided, deciding
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=5) as found:
        yield found


@pytest.fixture
async def winter(town: Hall) -> UUID:
    return await assessed(town.core)


def shown(found: object) -> str:
    assert not isinstance(found, Refused), found
    return repr(card_of(found, Words("en", "America/New_York")))


def refused(found: object) -> str:
    assert isinstance(found, Refused), found
    return found.why.why


async def unfit(town: Hall, winter: UUID, **more: object) -> dict[str, str]:
    found = await town.ask(ISO, deciding(winter, **more))
    assert isinstance(found, FormView), found
    return {key: one.why for key, one in found.unfit.items()}


async def test_a_decision_is_kept_beside_those_before_it(town: Hall, winter: UUID) -> None:
    first = await decided(town, winter)
    teacher = await person(town.core, TEACHER)
    assert first.decisions[0].owner == teacher.name  # the safeguard's owner has the work
    second = await decided(town, winter, choice=GapChoice.TRANSFER, to="An insurer", owner=OFFICE)
    assert second.gap_id == first.gap_id
    holds, before = second.decisions
    assert (holds.decision.choice, holds.decision.to) == (GapChoice.TRANSFER, "An insurer")
    assert before.decision == first.decisions[0].decision
    again = await decided(town, winter, choice=GapChoice.TRANSFER, to="An insurer", owner=OFFICE)
    assert len(again.decisions) == 2  # handed in twice


async def test_what_is_no_gap_needs_no_decision(town: Hall, winter: UUID) -> None:
    assert refused(await town.ask(ISO, deciding(winter, number="1.1"))) == NO_GAP
    for number in ("1.10", "9.9"):  # not in its scope, and not in the framework
        assert refused(await town.ask(ISO, deciding(winter, number=number))) == GONE
    low = Target(framework="small", control="2", score=2.0, by=LATER, set_at=town.clock())
    await town.core.store.write(lambda tx: tx.put_target(low))
    assert refused(await town.ask(ISO, deciding(winter, number="2.1"))) == NO_GAP


async def test_what_a_decision_cannot_be_without(town: Hall, winter: UUID) -> None:
    assert set(await unfit(town, winter, choice=None, why=" ", by_day=None)) == {
        "choice",
        "why",
        "by_day",
    }
    assert set(await unfit(town, winter, by_day=date(2026, 10, 5))) == {"by_day"}  # today
    a_year_and_more = {"choice": GapChoice.ACCEPT, "by_day": date(2027, 10, 8)}
    assert set(await unfit(town, winter, **a_year_and_more)) == {"by_day", "accepted_by"}
    assert set(await unfit(town, winter, choice=GapChoice.TRANSFER)) == {"to"}
    assert await unfit(town, winter, owner="Nobody Atall") == {"owner": NO_PERSON}
    assert await unfit(town, winter, choice=GapChoice.ACCEPT, administrator=TEACHER) == {
        "administrator": NO_ADMINISTRATOR
    }
    assert set(await unfit(town, winter, choice=GapChoice.ACCEPT, accepted_by=str(uuid4()))) == {
        "accepted_by"
    }


async def test_a_risk_is_accepted_by_whoever_answers_for_it(town: Hall, winter: UUID) -> None:
    form = await town.ask(ISO, Open(of=DecideGap(assessment_id=winter, number="1.2")))
    cto = await person(town.core, CTO)
    assert (str(cto.id), cto.name) in form.opening.choices["accepted_by"]
    found = await decided(
        town, winter, choice=GapChoice.ACCEPT, accepted_by=str(cto.id), owner=cto.name.upper()
    )
    assert (found.decisions[0].accepted_by, found.decisions[0].owner) == (cto.name, cto.name)
    assert "Risk to be accepted until" in shown(found), "nobody accepts it for them"
    gap, first = found.gap_id, AcceptRisk(gap_id=found.gap_id, number=1)
    for who in (ISO, TEACHER, OFFICE):
        assert refused(await town.ask(who, first)) == GONE
    asked = await town.ask(CTO, ShowGap(gap_id=gap))
    assert "Accept this risk?" in shown(asked)
    waits = await town.ask(CTO, ShowInbox())
    assert any(isinstance(one.message, NamedInDecision) for one in waits.in_order)
    taken = await town.ask(CTO, first)
    assert "Risk accepted until" in shown(taken)
    assert f"{cto.name}, Mon" in shown(taken), "with the day of the answer"
    assert taken.answers == 0
    again = await town.ask(CTO, first)
    assert again.decisions[0].decision == taken.decisions[0].decision, "a second press"
    left = await town.ask(CTO, ShowInbox())
    assert not any(isinstance(one.message, NamedInDecision) for one in left.in_order)


async def test_whoever_decides_cannot_accept_the_risk_as_well(town: Hall, winter: UUID) -> None:
    form = await town.ask(ISO, Open(of=DecideGap(assessment_id=winter, number="1.2")))
    iso = await person(town.core, ISO)
    assert str(iso.id) not in dict(form.opening.choices["accepted_by"])
    assert set(await unfit(town, winter, choice=GapChoice.ACCEPT, accepted_by=str(iso.id))) == {
        "accepted_by"
    }


async def test_a_risk_that_is_declined_comes_back_to_the_iso(town: Hall, winter: UUID) -> None:
    cto = await person(town.core, CTO)
    accepts = {"choice": GapChoice.ACCEPT, "accepted_by": str(cto.id)}
    gap = (await decided(town, winter, **accepts)).gap_id
    form = await town.ask(CTO, DeclineRisk(gap_id=gap, number=1, why=" "))
    assert isinstance(form, FormView)
    assert set(form.unfit) == {"why"}
    assert refused(await town.ask(ISO, DeclineRisk(gap_id=gap, number=1, why="No"))) == GONE
    declined = await town.ask(CTO, DeclineRisk(gap_id=gap, number=1, why="Fix it this summer."))
    assert "The risk was not accepted." in shown(declined)
    read = await town.ask(ISO, ShowGap(gap_id=gap))
    assert read.returned
    assert "Fix it this summer." in shown(read)
    assert any(
        isinstance(one.message, DecisionDue) for one in (await town.ask(ISO, ShowInbox())).entries
    )
    await decided(town, winter, **accepts, why="Only until June")
    assert refused(await town.ask(CTO, AcceptRisk(gap_id=gap, number=1))) == CHANGED


async def test_personal_data_is_asked_about_and_taken_out(town: Hall, winter: UUID) -> None:
    asked = deciding(winter, why="Ask Naomi Whitehorse, 402-555-0134", put_back=PutBack(seen=""))
    found = await town.ask(ISO, asked)
    assert isinstance(found, FormView)
    assert found.doubt
    kept = await decided(
        town,
        winter,
        why="Ask Naomi Whitehorse, 402-555-0134",
        put_back=PutBack(keys=(), seen=found.doubt.seen),
    )
    assert "555" not in kept.decisions[0].decision.why


async def test_each_reads_what_is_theirs(town: Hall, winter: UUID) -> None:
    gap = (await decided(town, winter, owner=OFFICE)).gap_id
    await decided(town, winter, choice=GapChoice.TRANSFER, to="An insurer", owner=OFFICE)
    for who, many in ((ISO, 2), (CTO, 2), (OFFICE, 1)):
        found = await town.ask(who, ShowGap(gap_id=gap))
        assert isinstance(found, GapView)
        assert len(found.decisions) == many
    for who in (TEACHER, CHAIR):  # the safeguard's owner, and the committee that sees the summary
        assert refused(await town.ask(who, ShowGap(gap_id=gap))) == GONE
        assert refused(await town.ask(who, ShowGaps())) == ISO_AND_CTO
    for who in (CTO, OFFICE, TEACHER, CHAIR):
        assert refused(await town.ask(who, deciding(winter))) == ISO_ONLY
        assert refused(await town.ask(who, CloseGap(gap_id=gap, why="Done"))) == ISO_ONLY
    office = await town.ask(OFFICE, ShowGap(gap_id=gap))
    assert (office.begins, office.decides, office.opens) == ((), False, False)


async def test_the_register_is_by_day_and_says_what_is_undecided(town: Hall, winter: UUID) -> None:
    late = await decided(town, winter, by_day=date(2027, 1, 5))
    found = await town.ask(ISO, ShowGaps())
    assert isinstance(found, GapsView)
    assert [one.number for one in found.undecided] == ["2.1"]
    soon = await decided(town, winter, number="2.1", choice=GapChoice.TRANSFER, to="A vendor")
    found = await town.ask(CTO, ShowGaps())
    assert [one.gap_id for one in found.rows] == [soon.gap_id, late.gap_id]
    found = await town.ask(ISO, ShowGaps(choice=GapChoice.MEND))
    assert [one.gap_id for one in found.rows] == [late.gap_id]


async def test_closing_takes_a_reason_and_is_final(town: Hall, winter: UUID) -> None:
    gap = (await decided(town, winter)).gap_id
    assert isinstance(await town.ask(ISO, CloseGap(gap_id=gap)), FormView)
    found = await town.ask(ISO, CloseGap(gap_id=gap, why="It is fixed"))
    assert isinstance(found, GapView)
    assert (found.closed_why, found.begins, found.decides) == ("It is fixed", (), False)
    assert refused(await town.ask(ISO, CloseGap(gap_id=gap, why="Again"))) == CLOSED
    assert refused(await town.ask(ISO, Open(of=CloseGap(gap_id=gap)))) == CLOSED
    assert (await town.ask(ISO, ShowGaps())).rows == ()
    another = await decided(town, winter)  # it is still below its target
    assert another.gap_id != gap


async def test_the_pages_of_an_assessment_say_it_to_the_offices_alone(
    town: Hall, winter: UUID
) -> None:

    async def gaps_told(who: str, number: str = "") -> list[Any]:
        someone = await person(town.core, who)

        def facets(tx):  # type: ignore[no-untyped-def]
            place = Place(
                assessment=tx.assessment(winter),
                framework=SMALL,
                safeguard=SMALL.safeguard(number) if number else None,
                row=tx.assessed_one(winter, number) if number else None,
            )
            actor = Actor(person=someone, standing=tx.standing(someone.id))
            found = facets_at(tx, actor, place, town.clock())
            return [one for one in found if isinstance(one, SafeguardGap | GapsFound)]

        found: list[Any] = await town.core.store.write(facets)
        return found

    async def told(who: str, number: str = "") -> str:
        return str(drawn(Words("en"), await gaps_told(who, number)))

    assert "None has a decision yet." in await told(ISO)
    await decided(town, winter)
    assert "To be fixed by December 1, 2026" in await told(ISO, "1.2")
    assert "Decide about this gap" in await told(ISO, "2.1")
    assert "DecideGap" in await told(ISO, "2.1")
    assert "DecideGap" not in await told(CTO, "2.1")
    counts = await told(CTO)
    assert "2 safeguards in this assessment are scored below 5; no target is set." in counts
    assert "1 has a decision." in counts
    assert "Score 2.3, no target set.', 'Nothing is decided yet." in await told(ISO, "2.1")
    low = Target(framework="small", control="2", score=3.0, by=LATER, set_at=town.clock())
    await town.core.store.write(lambda tx: tx.put_target(low))
    counts = await told(CTO)
    assert "1 safeguard in this assessment is below its target." in counts
    assert "1 safeguard in this assessment is scored below 5; no target is set." in counts
    assert "Score 2.3, target 3.0.', 'Nothing is decided yet." in await told(ISO, "2.1")
    for who in (TEACHER, CHAIR, OFFICE):
        assert await gaps_told(who, "1.2") == await gaps_told(who) == []
    assert await gaps_told(ISO, "1.1") == []


async def test_who_read_and_entered_what_is_audited_without_what_it_says(
    town: Hall, winter: UUID
) -> None:
    gap = (await decided(town, winter)).gap_id
    await town.ask(CTO, ShowGap(gap_id=gap))
    await town.ask(ISO, CloseGap(gap_id=gap, why="Legacy firewall stays, said someone"))
    lines = await audited(town)
    assert "Practices read: SC 1.2" in lines
    assert lines.count("Practices entered: SC 1.2") == 2
    for line in lines:
        assert not any(one in line for one in SECRETS)


async def test_a_look_at_the_register_is_one_line_of_the_audit(town: Hall, winter: UUID) -> None:
    await decided(town, winter)
    await decided(town, winter, number="2.1")
    await town.ask(CTO, ShowGaps())
    read = [one for one in await audited(town) if one.startswith(READ)]
    assert read == [f"{READ}register"]


async def test_no_chat_keeps_what_is_decided(town: Hall, winter: UUID) -> None:
    view = await decided(town, winter)
    shown = [
        view,
        await town.ask(ISO, ShowGaps()),
        await town.ask(ISO, Open(of=DecideGap(assessment_id=winter, number="1.2"))),
        await town.ask(ISO, Open(of=CloseGap(gap_id=view.gap_id))),
        form(SendTicket(gap_id=view.gap_id), ticket(view.gap_id, "SC 1.2")),
    ]
    for message in shown:
        card = card_of(message, Words("en"))
        assert not card.kept
        assert card.subject in (
            "Close this work",
            "Help-desk ticket",
            "Work on security practices",
        )
        for locale in ("en", "es"):  # there is such a card of a gap alone
            assert "1.2" not in card_of(message, Words(locale)).subject
