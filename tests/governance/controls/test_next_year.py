"""What a new assessment takes from the last one, over versions of its framework."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from core.text import text
from governance.controls.answer_commands import KeepAnswer
from governance.controls.commands import ShowSafeguard
from governance.controls.finding import seen_of
from governance.controls.model import AnswerState, Framework
from governance.controls.running_commands import (
    CloseAssessment,
    NameOwners,
    OpenAssessment,
    ShowClosing,
    Verdict,
    WriteAssessment,
)
from governance.controls.running_messages import RunView
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Refused
from tests.attacks.hall import Hall
from tests.governance.controls.assessed import answer, opened, review, row
from tests.governance.controls.frameworks import SMALL
from tests.journeys.town import ISO, OFFICE, TEACHER

LATER = date(2027, 1, 15)
OWNERS = f"1 {TEACHER}\n2 {OFFICE}"


async def put(town: Hall, framework: Framework) -> None:
    town.clock.moved += timedelta(days=1)
    await town.core.store.write(lambda tx: tx.put_framework(framework, None, town.clock()))


async def shut(town: Hall, which: UUID) -> None:
    view = await town.ask(ISO, ShowClosing(assessment_id=which))
    await town.ask(ISO, CloseAssessment(assessment_id=which, left=view.left))


async def following(town: Hall, version: str = "", name: str = "Next") -> UUID:
    which = uuid4()
    town.clock.moved += timedelta(days=1)
    begun = WriteAssessment(
        framework="small",
        assessment_id=which,
        name=name,
        version=version,
        group="g1",
        due=LATER,
        from_last=True,
    )
    assert isinstance(await town.ask(ISO, begun), RunView)
    return which


async def evidence(town: Hall, which: UUID, *numbers: str) -> dict[str, str]:
    return {one: (await row(town, which, one)).answer.evidence for one in numbers}


async def test_what_was_sent_back_or_not_looked_at_is_not_taken_over(town: Hall) -> None:
    first = await opened(town, owners=OWNERS)
    for who, number in ((TEACHER, "1.1"), (TEACHER, "1.2"), (OFFICE, "2.1")):
        await town.ask(who, answer(first, number, evidence=f"Proof of {number}"))
    await review(town, first, "1.1", Verdict.SEND_BACK, "This proves nothing.")
    await review(town, first, "1.2", Verdict.CONFIRM)
    await shut(town, first)
    second = await following(town)
    assert await evidence(town, second, "1.1", "1.2", "2.1") == {
        "1.1": "",
        "1.2": "Proof of 1.2",
        "2.1": "Proof of 2.1",
    }
    sent_back = await row(town, second, "1.1")
    assert sent_back.owner == (await row(town, first, "1.1")).owner
    await town.ask(ISO, OpenAssessment(assessment_id=second, unowned=0))
    keeps = KeepAnswer(assessment_id=second, number="1.1", seen=seen_of(sent_back))
    assert isinstance(await town.ask(TEACHER, keeps), Refused)
    assert (await row(town, second, "1.1")).state is AnswerState.OPEN

    seen = seen_of(await row(town, second, "1.2"))
    await town.ask(TEACHER, KeepAnswer(assessment_id=second, number="1.2", seen=seen))
    await shut(town, second)
    third = await following(town, name="Third")
    assert await evidence(town, third, "1.2", "2.1") == {"1.2": "Proof of 1.2", "2.1": ""}
    view = await town.ask(ISO, ShowSafeguard(assessment_id=third, number="2.1"))
    assert [one.assessment.id for one in view.earlier] == [first], "nobody looked at it in between"
    view = await town.ask(ISO, ShowSafeguard(assessment_id=third, number="1.2"))
    assert [one.assessment.id for one in view.earlier] == [second, first]
    view = await town.ask(ISO, ShowSafeguard(assessment_id=third, number="1.1"))
    assert view.earlier == ()


async def test_what_is_added_to_a_draft_starts_from_the_last_assessment_too(town: Hall) -> None:
    first = await opened(town, owners=OWNERS)
    for who, number in ((TEACHER, "1.1"), (OFFICE, "2.1")):
        await town.ask(who, answer(first, number, evidence=f"Proof of {number}"))
    await shut(town, first)
    second = await following(town)
    await town.ask(ISO, NameOwners(assessment_id=second, owners=f"1.1 {OFFICE}"))
    draft = WriteAssessment(
        framework="small", assessment_id=second, name="Next", group="g1", due=LATER
    )
    for controls in (("1",), ()):
        assert isinstance(await town.ask(ISO, replace(draft, controls=controls)), RunView)
    added, kept = await row(town, second, "2.1"), await row(town, second, "1.1")
    assert added.answer.evidence == "Proof of 2.1"
    assert added.owner == kept.owner == (await row(town, first, "2.1")).owner


def moved(version: str, **renumbered: str) -> Framework:
    """Control 1 with safeguards 1.1, 1.2 and 1.3, all in the first group."""
    first = SMALL.controls[0]
    one, two, _ = first.safeguards
    three = replace(two, number="1.3", name=text("Bags"))
    controls = (replace(first, safeguards=(one, two, three)), SMALL.controls[1])
    numbers = {f"1.{new[1:]}": f"1.{old[1:]}" for new, old in renumbered.items()}
    return replace(SMALL, version=version, controls=controls, renumbered=numbers)


async def test_an_answer_is_followed_through_every_version_in_between(town: Hall) -> None:
    """The safeguard 1.1 of version 2 is 1.2 in version 3, and 1.3 in version 4."""
    first = await opened(town, owners=OWNERS)
    for number in ("1.1", "1.2"):
        await town.ask(TEACHER, answer(first, number, evidence=f"Proof of {number}"))
    await shut(town, first)
    await put(town, moved("3", n2="n1", n3="n2"))
    await put(town, moved("4", n3="n2", n2="n3"))
    second = await following(town, "4")
    assert await evidence(town, second, "1.1", "1.2", "1.3") == {
        "1.1": "",
        "1.2": "Proof of 1.2",
        "1.3": "Proof of 1.1",
    }
    for number, was in (("1.1", []), ("1.2", ["1.2"]), ("1.3", ["1.1"])):
        view = await town.ask(ISO, ShowSafeguard(assessment_id=second, number=number))
        assert [one.row.number for one in view.earlier] == was


async def test_no_version_older_than_the_last_assessments_is_offered(town: Hall) -> None:
    await put(town, SMALL)
    await put(town, moved("3", n2="n1"))
    form = await town.ask(ISO, Open(of=WriteAssessment(framework="small")))
    assert [key for key, _ in form.opening.choices["version"]] == ["3", "2"]
    await shut(town, await opened(town, version="3", owners="", unowned=4))
    await put(town, moved("4"))
    form = await town.ask(ISO, Open(of=WriteAssessment(framework="small")))
    assert [key for key, _ in form.opening.choices["version"]] == ["4", "3"]
    older = WriteAssessment(
        framework="small",
        assessment_id=uuid4(),
        name="Back",
        version="2",
        group="g1",
        due=LATER,
    )
    back = await town.ask(ISO, older)
    assert isinstance(back, FormView)
    assert set(back.unfit) == {"version"}


async def test_a_version_whose_texts_are_mended_is_not_the_newest_for_it(town: Hall) -> None:
    await put(town, SMALL)
    await put(town, moved("3"))
    await put(town, replace(SMALL, name=text("A small checklist, mended")))
    form = await town.ask(ISO, Open(of=WriteAssessment(framework="small")))
    assert form.values["version"] == "3"
    found = await town.core.store.read(lambda tx: tx.framework("small"))
    assert found is not None
    assert found.version == "3"
    old = await town.core.store.read(lambda tx: tx.framework("small", "2"))
    assert old is not None
    assert old.name == text("A small checklist, mended")
