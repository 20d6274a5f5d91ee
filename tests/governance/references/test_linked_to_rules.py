"""What reads like it is about a rule is proposed, a person links it, and who works on the rule
reads it there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from core.cards import flat
from core.words import Words
from governance.committees.model import RESTRICTED, TRIAGE
from governance.docket.brief_cards import brief as card_of
from governance.docket.commands import AnswerItem, MoveItem, ShowItem
from governance.docket.history import StepKind
from governance.duplicates.model import Alike
from governance.forms.cards import prose
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Brief, Refused, Told
from governance.reading.embedding import embed
from governance.reading.matching import packed
from governance.references.commands import LinkItem, SettleProposal
from governance.references.model import Bound, BoundKind
from governance.refusals import TEN_LINKS
from governance.rules.commands import ReadInPublic, ShowRule
from governance.rules.messages import RuleView
from governance.rules.model import RuleState
from tests.attacks.hall import Hall
from tests.bot.cli.test_rules import LEADS
from tests.governance.announcements.test_campaigning import audited
from tests.governance.docket.test_triaging import owner
from tests.governance.references.test_linking import names
from tests.governance.references.test_linking import told as heard
from tests.governance.rules.test_asking import with_rules
from tests.governance.rules.test_asking_by_meaning import Room, room
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, person
from tests.postgres import migrated_database

__all__ = ["room"]

SAID = "The second step to sign in needs a code from an app, and I have no phone for it"
SECTION = "ITR 4: Passwords and passphrases, 6. A second step"
KEY = "ITR 4 §6"
RULE = Bound(kind=BoundKind.RULE, key="ITR 4", version=1)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    with ExitStack() as stack:
        on_postgres = request.param == "postgres"
        url = stack.enter_context(migrated_database()) if on_postgres else ""
        async with with_rules(tmp_path, url) as found:
            yield found


async def item(town: Hall, words: str = SAID, queue: str = "network") -> UUID:
    return await town.item(TEACHER, words, queue, alike=Alike(vector=packed(embed([words])[0])))


async def seen(town: Hall, one: UUID, who: str = CHAIR) -> Brief:
    found = await town.ask(who, ShowItem(item_id=one))
    assert isinstance(found, Brief), found
    return found


async def rule(town: Hall, who: str, number: str = "ITR 4") -> RuleView:
    found = await town.core.store.read(lambda tx: tx.rule_by_number(number))
    assert found is not None
    shown = await town.ask(who, ShowRule(rule_id=found.id))
    assert isinstance(shown, RuleView), shown
    return shown


async def test_a_rule_is_proposed_and_one_press_links_it(town: Hall, room: Room) -> None:
    one = await item(town)
    before = await seen(town, one)
    assert before.proposed is not None
    assert (before.proposed.name, before.links) == (SECTION, ())
    card = card_of(Words("en"), before)
    assert f"This may be about {SECTION}." in str(card.parts)
    (yes,) = [p for p in card.presses if isinstance(p.command, SettleProposal)]
    (no,) = [p for p in card.more if isinstance(p.command, SettleProposal)]
    assert (yes.label, no.label) == ("Link it to this rule", "Not about this rule")
    assert (yes.command, no.command) == (
        SettleProposal(item_id=one, links=True),
        SettleProposal(item_id=one, links=False),
    )

    for _ in range(2):  # pressed twice it is one
        after = await town.ask(CHAIR, yes.command)
        assert (names(after.links), after.proposed) == ([SECTION], None)
    page = await seen(town, one)
    assert [(step.kind, step.about) for step in page.steps] == [(StepKind.LINKED, SECTION)]
    assert page.links[0].path.endswith("#section-6")
    assert page.links[0].path in str(card_of(Words("en"), page).parts)
    await town.ask(CHAIR, AnswerItem(item_id=one, text="Your office hands out key fobs."))
    told = await heard(town, one, "answered")
    assert isinstance(told, Told)
    assert [(link.name, link.path) for link in told.became] == [(SECTION, page.links[0].path)]


@pytest.mark.parametrize("typed", ["ITR 4 §x", "ITR 4 §2 and §3", "ITR 4 §²"])
async def test_what_somebody_typed_behind_a_number_never_closes_the_rules_page(
    town: Hall, room: Room, typed: str
) -> None:
    one = await item(town)
    await town.ask(CHAIR, LinkItem(item_id=one, rule=typed))
    assert (await rule(town, ISO)).rule.number == "ITR 4"


async def test_no_is_kept_and_links_nothing(town: Hall, room: Room) -> None:
    one = await item(town)
    after = await town.ask(CHAIR, SettleProposal(item_id=one, links=False))
    assert (after.links, after.proposed) == ((), None)
    assert (await seen(town, one)).proposed is None
    late = await town.ask(CHAIR, SettleProposal(item_id=one, links=True))
    assert late.links == (), "somebody was faster"
    assert f"not about rule:{KEY}" in await audited(town)


async def test_nothing_is_proposed_without_reason(town: Hall, room: Room) -> None:
    away = await item(town, "The wifi in the portables drops every afternoon")
    assert (await seen(town, away)).proposed is None
    ended = await town.core.store.read(lambda tx: tx.rule_by_number("ITR 4"))
    assert ended is not None
    one = await item(town)
    await town.ask(CHAIR, LinkItem(item_id=one, rule="ITR 4"))
    assert (await seen(town, one)).proposed is None, "it is linked to that rule"
    other = await item(town)
    retired = replace(ended, state=RuleState.RETIRED, in_force=1)
    await town.core.store.write(lambda tx: tx.put_rule(retired))
    assert (await seen(town, other)).proposed is None
    assert (await town.ask(CHAIR, SettleProposal(item_id=other, links=True))).links == ()
    assert [one.now for one in (await seen(town, one)).links] == [0], "retired since"


async def test_ten_links_are_enough(town: Hall, room: Room) -> None:
    one = await item(town)
    for n in range(10):
        await town.ask(CHAIR, LinkItem(item_id=one, rule=f"Practice {n}"))
    full = await town.ask(CHAIR, SettleProposal(item_id=one, links=True))
    assert isinstance(full, Refused)
    assert full.why.why == TEN_LINKS
    assert (await seen(town, one)).proposed is not None


async def test_in_triage_it_waits_until_a_committee_has_it(town: Hall, room: Room) -> None:
    one = await item(town)
    moved = await town.ask(CHAIR, MoveItem(item_id=one, to=TRIAGE))
    assert moved.proposed is None
    stored = await town.stored(one)
    assert stored.reading is not None
    assert stored.reading.speaks_of is not None
    refused = await town.ask(owner(), SettleProposal(item_id=one, links=True))
    assert (refused.links, refused.proposed) == ((), None)
    await town.ask(owner(), MoveItem(item_id=one, to="network"))
    assert (await seen(town, one)).proposed is not None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("itr-4", "ITR 4: Passwords and passphrases"),
        ("ITR 4.6", SECTION),
        ("ITR 4, section 6", SECTION),
        ("ITR 4 §6", SECTION),
        ("ITR 4 sección 6", SECTION),
        ("ITR 4.99", "ITR 4.99"),
        ("ITR 9", "ITR 9"),
        ("ITR 46", "ITR 46"),
    ],
)
async def test_a_number_that_is_typed_is_the_rule_that_staff_may_read(
    town: Hall, typed: str, name: str
) -> None:
    one = await item(town)
    after = await town.ask(CHAIR, LinkItem(item_id=one, rule=typed))
    assert names(after.links) == [name]
    assert bool(after.links[0].path) is (name != typed)


async def test_the_form_offers_the_rules_that_staff_may_read(town: Hall) -> None:
    one = await item(town)
    form = await town.ask(CHAIR, Open(of=LinkItem(item_id=one)))
    assert isinstance(form, FormView)
    choices = [(flat(prose(Words(), label)), token) for token, label in form.opening.choices["to"]]
    rules = {label: token for label, token in choices if token.startswith("rule:")}
    lost = "Rule: ITP 7: Lost and stolen devices"
    assert set(rules) == {lost, "Rule: ITR 4: Passwords and passphrases"}
    after = await town.ask(CHAIR, LinkItem(item_id=one, to=rules[lost]))
    assert names(after.links) == ["ITP 7: Lost and stolen devices"]


async def test_who_works_on_the_rule_reads_what_is_linked_and_nothing_of_its_author(
    town: Hall,
) -> None:
    first, second = await item(town), await item(town, "Passphrases are too long")
    await town.ask(CHAIR, LinkItem(item_id=first, rule="ITR 4.6"))
    await town.ask(CHAIR, LinkItem(item_id=second, rule="ITR 4"))
    author = await person(town.core, TEACHER)
    for who in (ISO, CTO, LEADS):
        shown = (await rule(town, who)).linked
        assert {(one.words, one.section) for one in shown} == {
            (SAID, 6),
            ("Passphrases are too long", 0),
        }
        assert not {author.name, author.email, str(author.id), str(first)} & set(str(shown))
    assert (await rule(town, TEACHER)).linked == ()
    assert (await rule(town, ISO, "ITP 7")).linked == ()
    found = await town.core.store.read(lambda tx: tx.rule_by_number("ITR 4"))
    assert found is not None
    public = await town.core.dispatch.unsigned(ReadInPublic(shown=ShowRule(rule_id=found.id)))
    assert getattr(public.message, "linked", ()) == ()


async def test_what_is_sensitive_or_names_the_reader_is_not_on_the_rules_page(town: Hall) -> None:
    iso = await person(town.core, ISO)
    naming = await item(town, f"{iso.name} never answers about passphrases")
    sensitive = await item(town, "Passphrases of a student are on the wall")
    for one in (naming, sensitive):
        await town.core.store.write(lambda tx, one=one: tx.add_link(one, RULE, None, town.clock()))
    await town.ask(CHAIR, MoveItem(item_id=sensitive, to=RESTRICTED))
    assert (await town.stored(sensitive)).queue == RESTRICTED
    assert (await rule(town, ISO)).linked == ()
    assert [one.words for one in (await rule(town, LEADS)).linked] == [
        f"{iso.name} never answers about passphrases"
    ]
