"""Which rule says that? The bot finds the sections, and passes on what was meant for people."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.operator.operations import do
from bot.spoken import command_of
from governance.chat.model import PassOn
from governance.docket.commands import GiveFeedback
from governance.messages import FeedbackReceived, Told
from governance.rules.asking import asks_for_rule
from governance.rules.commands import AskRules, TakeStep
from governance.rules.messages import RuleAnswer
from governance.rules.model import RuleState, RuleStep
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.bot.cli.test_rules import LEADS, RULES
from tests.bot.web.rules.house import browser
from tests.governance.reading.conftest import DISTRICT
from tests.journeys.town import ISO, TEACHER

ASKED = [
    "Which rule says that?",
    "What is the rule about sharing passwords?",
    "What’s the rule on lost laptops?",
    "Is there a rule about AI?",
    "what are the rules for using chatgpt",
    "hi, which regulation covers personal phones",
    "What does ITR 4 say about badges?",
    "itr-4",
    "¿Qué regla habla de contraseñas?",
    "¿Cuál es la regla sobre los teléfonos personales?",
    "¿Hay alguna regla sobre inteligencia artificial?",
    "¿Qué dice el reglamento ITR 4 de los llaveros?",
    "¿Cuál es la regla sobre dispositivos perdidos?",
    "¿Hay una regla para una tableta perdida o robada?",
    "¿Qué regla habla de computadoras robadas?",
    "¿Qué norma hay si se pierde o roban un teléfono?",
    "What is the rule about a stolen laptop?",
    "Which rule says what to do when a Chromebook is stolen?",
    "Is there a rule about lost and stolen devices?",
]
TOLD = [
    "ITR 4 is nonsense, nobody can remember that",
    "The rule about phones is unfair",
    "Somebody should tell us under which rule they took the laser cutter away",
    "Nadie entiende la regla de las contraseñas",
]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with with_rules(tmp_path) as found:
        yield found


@asynccontextmanager
async def with_rules(folder: Path, url: str = "") -> AsyncIterator[Hall]:
    """ITP 7 and ITR 4 hold, and nothing else may be read."""
    async with hall(folder, url=url) as found:
        told = await do(found.core, "rule-import", {"paths": [str(RULES)]})
        assert told.ok
        rules = await found.core.store.read(lambda tx: {one.number: one.id for one in tx.rules()})
        for number in ("ITR 4", "ITP 7", "ITR 9"):
            await step(found, ISO, rules[number], RuleStep.PROPOSED)
        for number in ("ITR 4", "ITP 7"):
            await step(found, LEADS, rules[number], RuleStep.OPENED)
            await holds(found, rules[number])
        yield found


async def holds(town: Hall, rule: UUID, number: int | None = 1) -> None:
    """A version is in effect (None: none), without the weeks that it takes."""

    def put(tx: Transaction) -> None:
        found = tx.rule(rule)
        assert found is not None
        tx.put_rule(replace(found, in_force=number))

    await town.core.store.write(put)


async def step(town: Hall, who: str, rule: UUID, taken: RuleStep) -> None:
    await town.ask(who, TakeStep(rule_id=rule, step=taken))


async def answer(town: Hall, question: str) -> RuleAnswer:
    found = await town.ask(TEACHER, AskRules(item_id=uuid4(), text=question))
    assert isinstance(found, RuleAnswer), found
    return found


@pytest.mark.parametrize("line", ASKED)
def test_a_question_about_a_rule_is_one(line: str) -> None:
    assert isinstance(command_of(line, uuid4()), AskRules)


@pytest.mark.parametrize("line", TOLD)
def test_what_complains_of_a_rule_is_feedback(line: str) -> None:
    assert isinstance(command_of(line, uuid4()), GiveFeedback)


@pytest.mark.parametrize(
    "said",
    [
        "Is there a rule for when a student has a gun in his backpack right now?",
        "Is there a rule for when a student has a gunn in his bag?",
        "What is the rule when a student is missing?",
        "Which rule covers a stolen laptop, mine was stolen an hour ago?",
        "What is the rule about my stolen laptop?",
        "Is there a rule about stolen passwords, somebody is in my account?",
        "What is the rule about a lost phone and a student who wants to die?",
        "¿Cuál es la regla si un estudiante está perdido?",
        "¿Hay una regla para un niño perdido con su tableta?",
        "¿Qué regla hay? Me robaron la computadora",
        "¿Cuál es la regla sobre dispositivos perdidos y un alumno con una pistola?",
    ],
)
def test_danger_is_passed_on_whatever_it_asks(said: str) -> None:
    assert asks_for_rule(said)
    assert isinstance(command_of(said, uuid4()), GiveFeedback)


def test_no_labelled_feedback_is_taken_for_a_question() -> None:
    paths = sorted((DISTRICT / "feedback").glob("*.jsonl"))
    rows = [json.loads(one) for path in paths for one in path.read_text().splitlines()]
    assert len(rows) == 600
    assert [row["text"] for row in rows if asks_for_rule(row["text"])] == []


async def test_at_most_three_sections_that_fit_best_are_quoted(town: Hall) -> None:
    shared = await answer(town, "Which rule says who may share a passphrase?")
    assert (shared.found[0].number, shared.found[0].heading) == ("ITR 4", "Sharing")
    assert len(shared.found) <= 3
    assert all(len(one.words) <= 280 for one in shared.found)
    lost = await answer(town, "What is the rule about a stolen laptop?")
    assert {one.number for one in lost.found} == {"ITP 7"}
    spanish = await answer(town, "¿Hay una regla sobre el llavero?")
    assert (spanish.found[0].heading, spanish.found[0].language) == ("Un segundo paso", "es")


async def test_a_rule_that_is_named_is_the_one_that_is_searched(town: Hall) -> None:
    badges = await answer(town, "What does ITR 4 say about badges?")
    assert [one.heading for one in badges.found] == ["Young students"]
    whole = await answer(town, "itr-4")
    assert [one.section for one in whole.found] == [1, 2, 3]


async def test_what_staff_may_not_read_is_not_found(town: Hall) -> None:
    assert (await answer(town, "Is there a rule about generative AI?")).found == ()
    assert (await answer(town, "What does ITR 9 say?")).found == ()
    iso = await town.ask(ISO, AskRules(item_id=uuid4(), text="Is there a rule about AI?"))
    assert iso.found == (), "the same for everybody who asks"


async def test_what_was_meant_for_a_committee_is_passed_on(town: Hall) -> None:
    item = uuid4()
    said = "Which rule says that kindergarten needs fourteen characters?"
    asked = await town.ask(TEACHER, AskRules(item_id=item, text=said))
    assert asked.item_id == item
    passed = await town.ask(TEACHER, PassOn(item_id=item))
    assert isinstance(passed, FeedbackReceived | Told), passed
    original = await town.core.store.read(lambda tx: tx.item(item))
    assert original is not None


async def test_a_rule_that_ended_is_not_found(town: Hall) -> None:
    rules = await town.core.store.read(lambda tx: {one.number: one for one in tx.rules()})
    town.clock.moved += timedelta(days=45)
    await town.core.dispatch.keep_time()
    still = await answer(town, "What is the rule about a stolen laptop?")
    assert "ITP 7" in {one.number for one in still.found}, "while comments are considered"
    ended = replace(rules["ITP 7"], state=RuleState.RETIRED, in_force=1)
    await town.core.store.write(lambda tx: tx.put_rule(ended))
    gone = await answer(town, "What is the rule about a stolen laptop?")
    assert "ITP 7" not in {one.number for one in gone.found}


async def test_a_draft_that_is_open_for_comment_is_never_quoted_as_a_rule(town: Hall) -> None:
    """It is found in the library, and labeled there."""
    rules = await town.core.store.read(lambda tx: {one.number: one.id for one in tx.rules()})
    asked = AskRules(item_id=uuid4(), text="What does ITR 4 say about badges?")
    before = await town.ask(TEACHER, asked)
    assert {one.number for one in before.found} == {"ITR 4"}
    await holds(town, rules["ITR 4"], None)
    for question in ("What does ITR 4 say about badges?", "Which rule is about badges?"):
        answer = await town.ask(TEACHER, AskRules(item_id=uuid4(), text=question))
        assert isinstance(answer, RuleAnswer)
        assert "ITR 4" not in {one.number for one in answer.found}
    async with browser(town, TEACHER) as client:
        page = (await client.get("/rules", params={"q": "ITR 4"})).text
        assert "Not in effect" in page
        await holds(town, rules["ITR 4"])
        page = (await client.get("/rules", params={"q": "ITR 4"})).text
        assert "ITR 4" in page
        assert "Not in effect" not in page
