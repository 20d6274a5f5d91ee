"""Which questions the service answers itself, and from what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.spoken import command_of
from governance.chat.messages import KnownHere
from governance.chat.model import AskHere, HoldWords, PassOn, ShallIPassItOn
from governance.docket.commands import GiveFeedback
from governance.feedback.model import Danger, ItemState, Urgency
from governance.messages import FeedbackReceived, Told
from governance.reading.chat_questions import Topic, topic_of
from governance.reading.examples import load_examples
from governance.rules.commands import AskRules
from governance.rules.model import RuleStep
from tests.attacks.hall import Hall, hall
from tests.governance.rules.test_process import commented, take, written
from tests.journeys.town import CTO, ISO, TEACHER

FEEDBACK = Path(__file__).parents[3] / "examples" / "district" / "feedback"
SHARE = "Can I share my passphrase of four words?"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("is the wifi down?", Topic.SERVICES),
        ("Is the wifi down", Topic.SERVICES),
        ("hi, is email working again?", Topic.SERVICES),
        ("any known outages?", Topic.SERVICES),
        ("¿está caído el wifi?", Topic.SERVICES),
        ("¿hay internet?", Topic.SERVICES),
        ("when is the next training?", Topic.TRAINING),
        ("¿cuándo es la próxima capacitación?", Topic.TRAINING),
        ("When do we switch to Canvas?", Topic.CHANGES),
        ("Can I share my password with a substitute?", Topic.PERMISSION),
        ("am I allowed to use my own laptop?", Topic.PERMISSION),
        ("¿Puedo compartir mi contraseña?", Topic.PERMISSION),
        ("Why is the wifi so slow?", Topic.OTHER),
        ("the wifi is down in room 12", None),
        ("The wifi is down in room 12. Is that known?", None),
        ("Is the wifi down? I lost a whole lesson.", None),
        ("Can we get a second printer, please", None),
        ("se cayó el wifi en el salón 12.", None),
        ("", None),
    ],
)
def test_a_question_is_told_from_what_somebody_tells(said: str, topic: Topic | None) -> None:
    assert topic_of(said) == topic


@pytest.mark.parametrize(
    "said",
    [
        "Is there a man with a gun in the building?",
        "Can I kill myself?",
        "¿Puedo decirle a alguien que mi alumno tiene una pistola?",
        "is the kid who wants to die down?",
    ],
)
def test_danger_is_looked_for_first(said: str) -> None:
    assert isinstance(command_of(said, uuid4()), GiveFeedback)


def test_what_staff_write_is_hardly_ever_taken_for_such_a_question() -> None:
    """Of the 600 labeled messages 21 are asked of an FAQ and the rules, and none of the pages."""
    told = [one.text for name in "ab" for one in load_examples(FEEDBACK / f"dev_{name}.jsonl")]
    asked = [one for text in told if isinstance(one := command_of(text, uuid4()), AskHere)]
    assert len(asked) <= 25
    pages = (Topic.SERVICES, Topic.TRAINING, Topic.CHANGES)
    assert [one.text for one in asked if one.topic in pages] == []


async def asked(town: Hall, said: str) -> tuple[UUID, object]:
    item = uuid4()
    return item, await town.ask(TEACHER, command_of(said, item))


async def test_a_rule_in_force_answers_and_a_draft_does_not(town: Hall) -> None:
    await commented(town)  # open for comment: no law yet
    _, answer = await asked(town, SHARE)
    assert isinstance(answer, FeedbackReceived), "nothing that holds answers it"

    rule = uuid4()
    await town.ask(ISO, written(rule, number="ITR 5"))
    until = town.clock().date() + timedelta(days=10)
    await take(town, CTO, rule, RuleStep.INTERIM, on=until, why="Phishing this week")
    item, answer = await asked(town, SHARE)
    assert isinstance(answer, KnownHere)
    assert [one.number for one in answer.rules] == ["ITR 5"], "from the one that holds only"
    assert await town.core.store.read(lambda tx: tx.item(item)) is None, "it is nobody's yet"
    assert isinstance(await town.ask(TEACHER, PassOn(item_id=item)), FeedbackReceived)
    assert await town.core.store.read(lambda tx: tx.original(item)) == SHARE


async def test_what_nothing_answers_is_passed_on_and_a_short_one_asked_about(town: Hall) -> None:
    item, answer = await asked(town, "Can I hang a second whiteboard in the gym?")
    assert isinstance(answer, FeedbackReceived)
    assert (await town.core.store.read(lambda tx: tx.item(item))).state is ItemState.RECEIVED
    short = AskHere(item_id=uuid4(), text="can I?", topic=Topic.PERMISSION, unclear=True)
    assert isinstance(await town.ask(TEACHER, short), ShallIPassItOn)


async def test_danger_in_a_question_calls_a_responder_all_the_same(town: Hall) -> None:
    """Where the line's own check missed it and the reader has not."""
    text = "Is the wifi down? A student told me he has a gun in his locker"
    asks = AskHere(item_id=uuid4(), text=text, topic=Topic.SERVICES)
    assert isinstance(await town.ask(TEACHER, asks), Told)
    assert len(await town.core.store.read(lambda tx: tx.cases())) == 1


async def test_what_reads_as_danger_is_neither_held_nor_answered_as_a_question(town: Hall) -> None:
    """In words that no pattern knows: the reader says so."""

    async def danger(_: str) -> tuple[Urgency, ...]:
        return (Urgency.SAFETY,)

    town.core.ears.glance = danger
    for command in (
        HoldWords(item_id=uuid4(), text="hello can you come"),
        AskRules(item_id=uuid4(), text="which rule says what to do, he does not move"),
    ):
        await town.ask(TEACHER, command)
        which = command.item_id
        item = await town.core.store.read(lambda tx, which=which: tx.item(which))
        assert item.danger is Danger.HELD
