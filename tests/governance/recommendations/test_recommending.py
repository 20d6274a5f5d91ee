"""A committee's advice: drafted, sent, decided with a reason, and heard by everybody behind it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.app import wiring
from governance.committees.model import RESTRICTED
from governance.composing import compose
from governance.docket.commands import MoveItem, ShowItem
from governance.docket.history import StepKind
from governance.feedback.model import Naming
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.home.commands import ShowDesk, ShowInbox
from governance.messages import Refused, Told
from governance.recommendations.commands import (
    DecideAdvice,
    SendAdvice,
    ShowAdvice,
    ShowChanges,
    ShowRecommendations,
    TellOutcome,
    WriteAdvice,
)
from governance.recommendations.messages import AdviceSent, AdviceSettled
from governance.recommendations.model import (
    AdviceState,
    AdviceView,
    ChangesView,
    RecommendationsView,
)
from governance.references.binding import FEWEST
from governance.views import DeskView
from storage.ledger_tables import audit, delivery
from storage.transaction import Transaction
from tests.attacks.hall import Hall, RoteReader, hall
from tests.attacks.visiting import send, signed_in, token
from tests.governance.redaction.test_put_back import doubted
from tests.journeys.running import running
from tests.journeys.town import (
    CHAIR,
    CTO,
    OFFICE,
    TEACHER,
    example,
    person,
    settle,
    small_roster,
    teachers,
)

SAID = "The wifi in the portables drops every afternoon"
WHY = "There is no money for it before July."


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def committee(key: str = "network") -> list[str]:
    found = example().district.committee(key)
    assert found is not None
    return [found.chair, found.deputy, *found.members]


def a_goal() -> str:
    return example().district.components[0].goals[0].key


async def written(town: Hall, *items: UUID, **more: object) -> UUID:
    """A draft of the network's, with items behind it."""
    draft = WriteAdvice(
        recommendation_id=uuid4(),
        queue="network",
        title="Access points in the portables",
        advice="Two access points in each portable, this winter.",
        items=tuple(str(one) for one in items),
        goals=(a_goal(),),
        **more,  # type: ignore[arg-type]
    )
    shown = await town.ask(CHAIR, draft)
    assert isinstance(shown, AdviceView), shown
    return draft.recommendation_id


async def sent(town: Hall, *items: UUID) -> UUID:
    advice = await written(town, *items)
    assert isinstance(await town.ask(CHAIR, SendAdvice(recommendation_id=advice)), AdviceView)
    return advice


async def queued(town: Hall, kind: str) -> list[str]:
    """The e-mail addresses of who was queued a kind, by the alphabet."""

    def recipients(tx: Transaction) -> list[str]:
        rows = tx.connection.execute(select(delivery.c.person_id).where(delivery.c.kind == kind))
        people = [tx.person(one) for one in rows.scalars()]
        return sorted(one.email for one in people if one is not None)

    return await town.core.store.read(recipients)


async def test_a_declined_recommendation_is_heard_with_its_reason_by_everybody_behind_it(
    town: Hall,
) -> None:
    """Named, name withheld and anonymous; who spoke twice hears it once."""
    items = [
        await town.item(TEACHER, SAID),
        await town.item(TEACHER, "The wifi is slow as well"),
        await town.item(OFFICE, "No wifi at the front desk", naming=Naming.NAMED),
    ]
    advice = await sent(town, *items)
    assert await queued(town, "advice") == [CTO]
    done = await town.ask(CTO, DecideAdvice(recommendation_id=advice, accept=False, reason=WHY))
    assert isinstance(done, AdviceSettled)
    assert await queued(town, "told-declined") == sorted([TEACHER, OFFICE])
    assert await queued(town, "advice-settled") == sorted(committee())
    author = await person(town.core, TEACHER)
    told = await town.core.store.read(
        lambda tx: compose(tx, "told-declined", items[0], author, None, town.clock())
    )
    assert isinstance(told, Told)
    assert (told.advice, told.reason) == ("Access points in the portables", WHY)
    assert told.committee == "Network and Infrastructure"


async def test_an_anonymous_author_finds_the_decision_with_the_receipt(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)

    def nobodys(tx: Transaction) -> None:
        from dataclasses import replace

        found = tx.item(item)
        assert found is not None
        tx.update_item(replace(found, author=None, naming=Naming.ANONYMOUS))

    await town.core.store.write(nobodys)
    advice = await sent(town, item)
    await town.ask(CTO, DecideAdvice(recommendation_id=advice, accept=True, reason="In March."))
    assert await queued(town, "told-accepted") == []
    news = await town.core.store.read(lambda tx: tx.news_of(item))
    assert [one for one, _ in news] == ["accepted"]


async def test_a_decision_needs_a_reason_and_is_made_once(town: Hall) -> None:
    advice = await sent(town, await town.item(TEACHER, SAID))
    for blank in ("", "  \n", "x" * 2001):
        back = await town.ask(
            CTO, DecideAdvice(recommendation_id=advice, accept=True, reason=blank)
        )
        assert isinstance(back, FormView)
        assert set(back.unfit) == {"reason"}
    await town.ask(CTO, DecideAdvice(recommendation_id=advice, accept=False, reason=WHY))
    late = await town.ask(CTO, DecideAdvice(recommendation_id=advice, accept=True, reason="Yes."))
    assert isinstance(late, FormView), "a second tab: nothing that was typed is dropped"
    assert late.values["reason"] == "Yes."
    assert late.unfit["reason"].values == {"reason": WHY}
    again = await town.ask(CTO, DecideAdvice(recommendation_id=advice, accept=False, reason=WHY))
    assert isinstance(again, AdviceSettled), "the same press again"
    assert (again.accepted, again.reason) == (False, WHY), "what was decided stands"
    assert await queued(town, "told-accepted") == []


async def test_a_decision_has_one_date_for_everybody_who_reads_of_it(town: Hall) -> None:
    """Whoever decided was sent the question days before; the committee heard of the decision."""
    advice = await sent(town, await town.item(TEACHER, SAID))
    town.clock.forward(days=5)
    decided = town.clock()
    await town.ask(CTO, DecideAdvice(recommendation_id=advice, accept=True, reason=WHY))
    arrived = delivery.update().where(delivery.c.kind.startswith("advice")).values(state="sent")
    await town.core.store.write(lambda tx: tx.connection.execute(arrived))
    dates = {}
    for who in (CTO, CHAIR):
        found = await town.ask(who, ShowInbox())
        (dates[who],) = [one.at for one in found.entries if isinstance(one.message, AdviceSettled)]
    assert dates[CTO] == dates[CHAIR]
    assert dates[CTO].date() == decided.date()


async def test_only_who_leads_the_committee_writes_and_sends_and_only_the_cto_decides(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    advice = await written(town, item)
    chair, deputy, member, *_ = committee()
    for email in (member, TEACHER, CTO, committee("library-media")[0]):
        for command in (
            Open(of=WriteAdvice(recommendation_id=advice, queue="network")),
            WriteAdvice(recommendation_id=advice, queue="network", title="Mine", advice="Mine"),
            SendAdvice(recommendation_id=advice),
        ):
            assert isinstance(await town.ask(email, command), Refused), (email, command)
    other = Open(of=WriteAdvice(recommendation_id=advice, queue="library-media"))
    assert isinstance(await town.ask(committee("library-media")[0], other), Refused)
    assert isinstance(await town.ask(member, ShowAdvice(recommendation_id=advice)), AdviceView)
    for email in (TEACHER, CTO, committee("library-media")[0]):
        seen = await town.ask(email, ShowAdvice(recommendation_id=advice))
        assert isinstance(seen, Refused), "a draft is the committee's own"
    assert isinstance(await town.ask(deputy, SendAdvice(recommendation_id=advice)), AdviceView)
    no = DecideAdvice(recommendation_id=advice, accept=False, reason=WHY)
    for email in (chair, deputy, member, TEACHER):
        assert isinstance(await town.ask(email, no), Refused), email
    assert isinstance(await town.ask(CTO, ShowAdvice(recommendation_id=advice)), AdviceView)
    assert isinstance(await town.ask(TEACHER, ShowAdvice(recommendation_id=advice)), Refused)


async def test_a_draft_is_kept_changed_and_after_it_was_sent_not_changed(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    advice = await written(town, item)
    opens = Open(of=WriteAdvice(recommendation_id=advice, queue="network"))
    form = await town.ask(CHAIR, opens)
    assert isinstance(form, FormView)
    assert (form.values["items"], form.values["goals"]) == ((str(item),), (a_goal(),))
    again = WriteAdvice(
        recommendation_id=advice, queue="network", title="Better", advice="Yes.", rule="ITR 4.2"
    )
    changed = await town.ask(CHAIR, again)
    assert [one.name for one in changed.about] == ["ITR 4.2"]
    await town.ask(CHAIR, SendAdvice(recommendation_id=advice))
    await town.ask(CHAIR, SendAdvice(recommendation_id=advice))
    assert await queued(town, "advice") == [CTO], "sent once"
    late = await town.ask(CHAIR, replace(again, title="X"))
    assert isinstance(late, AdviceView)
    assert isinstance(await town.ask(CHAIR, opens), AdviceView)
    assert late.recommendation.title == "Better"


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"advice": " "}, "advice"),
        ({"advice": "x" * 4001}, "advice"),
        ({"items": ("not an id",)}, "items"),
        ({"items": (str(uuid4()),)}, "items"),
        ({"goals": ("no-such-goal",)}, "goals"),
        ({"goals": ()}, "rule"),
    ],
)
async def test_what_does_not_fit_comes_back_with_what_was_typed(
    town: Hall, more: dict[str, object], wrong: str
) -> None:
    typed = {"title": "Access points", "advice": "Buy them.", "goals": (a_goal(),), **more}
    draft = WriteAdvice(recommendation_id=uuid4(), queue="network", **typed)  # type: ignore[arg-type]
    back = await town.ask(CHAIR, draft)
    assert isinstance(back, FormView)
    assert set(back.unfit) == {wrong}
    assert (back.values["title"], back.values["advice"]) == (draft.title, draft.advice)
    shown = await town.ask(CHAIR, ShowAdvice(recommendation_id=draft.recommendation_id))
    assert isinstance(shown, Refused), "nothing was kept"


async def test_how_many_messages_are_behind_it_is_told_from_five_people_on(
    tmp_path: Path,
) -> None:
    async with hall(tmp_path, staff=FEWEST) as town:
        staff = [one.email for one in teachers(small_roster(FEWEST), FEWEST)]
        items = [await town.item(email, SAID) for email in staff[: FEWEST - 1]]
        items.append(await town.item(staff[0], "And slow"))
        few = await sent(town, *items)
        items.append(await town.item(staff[-1], SAID))
        enough = await sent(town, *items)
        for advice, shown in ((few, None), (enough, FEWEST + 1)):
            seen = await town.ask(CTO, ShowAdvice(recommendation_id=advice))
            assert seen.voices == shown
            assert seen.items == (), "the CTO has no docket: no words of an item"
            card = await town.core.store.read(
                lambda tx, advice=advice: compose(tx, "advice", advice, None, None, town.clock())
            )
            assert isinstance(card, AdviceSent)
            assert card.voices == shown


async def test_names_that_were_typed_do_not_travel(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    advice = await written(town, item)
    loose = WriteAdvice(
        recommendation_id=advice,
        queue="network",
        title="Ask Naomi Whitehorse",
        advice="My student Emily Johnson (emily.j@students.example.org) cannot log in.",
        items=(str(item),),
    )
    shown = await town.ask(CHAIR, loose)
    assert "Emily" not in shown.recommendation.advice
    assert "@" not in shown.recommendation.advice
    assert "Whitehorse" not in shown.recommendation.title


async def test_on_the_web_the_author_sees_what_would_be_taken_out_and_puts_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "DistrictReader", RoteReader)
    advice = uuid4()
    at = f"/committees/network/recommendations/{advice}"
    typed = {
        "title": "Cable drops in gyms",
        "advice": "Harper Wing has none. Emily Johnson asked at 555-123-4567.",
        "goals": a_goal(),
    }
    async with running(tmp_path, settle(staff=5)) as service, signed_in(service, CHAIR) as chair:
        first = await send(chair, at, **typed)
        assert "Harper Wing" in first.text
        assert "Which of them should stay?" in first.text
        shown = doubted(first.text)
        assert set(shown) == {"Harper Wing", "Emily Johnson", "555-123-4567"}
        (seen,) = re.findall(r'name="seen" value="([^"]*)"', first.text)
        csrf = await token(chair, "/")
        back = {"seen": seen, "put_back": shown["Harper Wing"]}
        again = await chair.post(at, data={"csrf": csrf, **typed, **back})
        assert again.status_code == 303
        page = (await chair.get(f"/recommendations/{advice}")).text
        log = await service.core.store.read(
            lambda tx: [row.what for row in tx.connection.execute(select(audit))]
        )
    assert "Cable drops in gyms" in page
    assert "Harper" in page
    assert "Emily" not in page
    assert "555-123" not in page
    assert "put back what was taken for personal data: 1" in log


async def test_what_was_moved_to_the_restricted_page_is_not_said_again(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    advice = await sent(town, item)
    await town.ask(CHAIR, MoveItem(item_id=item, to=RESTRICTED, why="A grievance."))
    seen = await town.ask(CHAIR, ShowAdvice(recommendation_id=advice))
    assert SAID not in repr(seen)


async def test_a_committee_alone_sees_all_that_it_recommended(town: Hall) -> None:
    item = await town.item(TEACHER, SAID, naming=Naming.NAMED)
    yes, waits = await sent(town, item), await sent(town, item)
    await town.ask(CTO, DecideAdvice(recommendation_id=yes, accept=True, reason="In March."))
    shown = await town.ask(CHAIR, ShowRecommendations(queue="network"))
    assert isinstance(shown, RecommendationsView)
    assert shown.leads
    states = {one.id: one.state for one in shown.recommendations}
    assert states == {yes: AdviceState.ACCEPTED, waits: AdviceState.SENT}
    for other in (TEACHER, CTO):
        assert isinstance(await town.ask(other, ShowRecommendations(queue="network")), Refused)


async def test_everybody_reads_what_was_accepted_and_what_came_of_it_and_of_nobody_who_spoke(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID, naming=Naming.NAMED)
    yes, no = await sent(town, item), await sent(town, item)
    await town.ask(CTO, DecideAdvice(recommendation_id=yes, accept=True, reason="In March."))
    await town.ask(CTO, DecideAdvice(recommendation_id=no, accept=False, reason=WHY))
    assert isinstance(
        await town.ask(CTO, TellOutcome(recommendation_id=no, outcome="Done.")), Refused
    )
    told = await town.ask(CTO, TellOutcome(recommendation_id=yes, outcome="40 are installed."))
    assert isinstance(told, AdviceView)
    view = await town.ask(OFFICE, ShowChanges())
    assert isinstance(view, ChangesView)
    (change,) = view.changes
    assert change.recommendation.outcome == "40 are installed."
    author = await person(town.core, TEACHER)
    assert author.name not in repr(view)
    assert SAID not in repr(view)
    assert change.voices is None


async def test_lists_and_the_items_page_show_where_it_stands(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    advice = await sent(town, item)
    theirs = await town.ask(CHAIR, ShowRecommendations(queue="network"))
    assert isinstance(theirs, RecommendationsView)
    assert [(one.id, one.state) for one in theirs.recommendations] == [(advice, AdviceState.SENT)]
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert [one.kind for one in page.steps] == [StepKind.RECOMMENDED]
    desk = await town.ask(CTO, ShowDesk())
    assert isinstance(desk, DeskView)
    assert [one.id for one in desk.recommendations] == [advice]
