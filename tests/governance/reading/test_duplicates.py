"""The same matter in other words is one; the same trouble in another room is another."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from itertools import combinations

import pytest

from governance.reading.duplicates import OpenItems, groups, places
from governance.reading.embedding import embed
from governance.reading.exemplars import WRITTEN
from tests.governance.reading.conftest import DISTRICT

GYM = ["The wifi in the gym is dead again", "No wireless in the gymnasium since Monday"]
COPIER = ["The copier in the office keeps jamming on page two"]


def pairwise_f1(found: Sequence[int], true: Sequence[str | None]) -> float:
    """Of pairs of messages in one group, found and true."""
    both = either = 0
    for (one, key), (two, other) in combinations(zip(found, true, strict=True), 2):
        same = key is not None and key == other
        both += 2 * (one == two and same)
        either += (one == two) + same
    return both / either


@pytest.mark.prove  # without what is personal in it: test_evaluation.py
@pytest.mark.parametrize(("author", "floor"), [("a", 0.9), ("b", 0.75)])
def test_what_an_author_said_twice_is_found(author: str, floor: float) -> None:
    lines = (DISTRICT / "feedback" / f"dev_{author}.jsonl").read_text("utf-8").splitlines()
    messages = [json.loads(line) for line in lines]
    texts = [message["text"] for message in messages]
    found = groups(texts, embed(texts))
    assert pairwise_f1(found, [message["dup"] for message in messages]) >= floor


def test_groups_are_numbered_in_the_order_they_began() -> None:
    texts = [GYM[0], *COPIER, GYM[1]]
    assert groups(texts, embed(texts)) == (0, 1, 0)
    assert groups([], None) == ()
    assert groups(["Alone"], embed(["Alone"])) == (0,)


def test_without_a_model_only_the_same_words_are_the_same() -> None:
    assert groups([GYM[0], GYM[1], GYM[0].upper()], None) == (0, 1, 0)


def test_the_same_trouble_in_another_room_is_another_matter() -> None:
    here, there = (
        "The projector in room 118 shows everything in yellow",
        "The projector in room 204 shows everything in yellow",
    )
    matters: OpenItems[str] = OpenItems()
    matters.add(["204"], [there], embed([there]))
    assert matters.same_matter(here, embed([here])) is None
    matters.add(["118"], [here], embed([here]))
    assert matters.same_matter(here, embed([here])) == "118"
    assert groups([here, there], embed([here, there])) == (0, 1)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Room 118 and the lab #3", {"118", "3"}),
        ("White comes out like mustard in 118", {"118"}),
        ("118: everything is yellow", {"118"}),
        ("the D wing, portable 4", {"4"}),
        ("the busy bus, the printers print, in 120 minutes", set()),
    ],
)
def test_rooms_are_recognised(text: str, named: set[str]) -> None:
    assert places(text) == named


def test_a_new_message_finds_its_open_matter_until_that_is_closed() -> None:
    matters: OpenItems[str] = OpenItems()
    assert matters.same_matter(GYM[1], embed(GYM[1:])) is None
    matters.add(["gym", "copier"], [GYM[0], *COPIER], embed([GYM[0], *COPIER]))
    assert matters.same_matter(GYM[1], embed(GYM[1:])) == "gym"
    lunch = "The salad bar ran out before second lunch"
    assert matters.same_matter(lunch, embed([lunch])) is None
    matters.close(["gym"])
    assert matters.same_matter(GYM[1], embed(GYM[1:])) is None
    matters.close(["copier"])
    assert matters.alike(GYM[1], embed(GYM[1:]), most=3) == ()


def test_among_the_three_likeliest_is_the_matter_that_a_person_would_choose() -> None:
    lines = (WRITTEN / "duplicates.jsonl").read_text("utf-8").splitlines()
    messages = [json.loads(line) for line in lines]
    vectors = embed([message["text"] for message in messages])
    matters: OpenItems[str] = OpenItems()
    opened: set[str] = set()
    shown = said_before = 0
    for message, vector in zip(messages, vectors, strict=True):
        key = message["dup"] or message["text"]
        if key in opened:
            said_before += 1
            shown += key in dict(matters.alike(message["text"], vector, most=3))
        opened.add(key)
        matters.add([key], [message["text"]], vector[None])
    assert said_before > 100
    assert shown / said_before >= 0.88


def test_five_thousand_open_items_are_looked_through_at_once() -> None:
    texts = [f"Message {n} about the printer in room {n % 90 + 100}" for n in range(50)]
    vectors = embed(texts)
    matters: OpenItems[int] = OpenItems()
    for hundred in range(100):
        matters.add([hundred * 50 + n for n in range(50)], texts, vectors)
    matters.same_matter(texts[0], vectors[0])
    took = []  # of the processor: how busy the machine is otherwise is not asked
    for text, vector in zip(texts[:20], vectors, strict=False):
        start = time.thread_time()
        matters.same_matter(text, vector)
        took.append(time.thread_time() - start)
    assert sorted(took)[10] < 0.05
