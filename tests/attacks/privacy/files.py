"""The attackers who hold the files: what they see, and how they link a person to an answer.

They know who answered and in which order, have copies of the files from before and after each
answer, and the files after the closing, byte by byte. They know the program, too: how far a way of
linking can be trusted they have learned on districts of their own, where they know who said what.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from surveys.tabulating import Atom

SURE = 0.95
PAGE = 4096
LEARNED_FROM = 12
"""So many cases of a kind are needed to be sure of the next."""

ANSWER = re.compile(rb'\{"help": "([a-z-]+)"')
NAMED = re.compile(rb'([0-9a-f]{32})[^{}]{0,120}\{"help": "([a-z-]+)"', re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row that was kept, with all that may be told of it."""

    answer: str | None
    atom: tuple[str | None, str | None, str | None] = (None, None, None)
    transaction: str = ""


@dataclass(frozen=True, kw_only=True)
class Held:
    """What an attacker holds of a wave, and ``said``: what they want to know."""

    said: Mapping[UUID, str]
    atoms: Mapping[UUID, Atom]
    order: Sequence[UUID]
    """Who answered, the first first."""
    sizes: Mapping[UUID, int]
    """By how much what is stored for somebody is longer than all that is known of it."""
    transactions: Mapping[UUID, str]
    """Which transaction wrote that somebody answered (PostgreSQL)."""
    rows: Sequence[Row]
    """As they lie in the table."""
    numbered: Sequence[Row]
    """In the order of their ids."""
    raw: bytes
    """Every file, the log, and a backup, after the closing; and copies from just before it."""
    backup: bytes
    """The backup alone (SQLite)."""
    lines: Sequence[str]
    """The service's log."""


@dataclass(frozen=True)
class Says:
    """A way of linking says that somebody gave this answer."""

    answer: str | None


Clue = Mapping[UUID, Hashable]
"""What a way of linking finds about each person: an answer, or something to learn from."""


def _in_order(order: Sequence[UUID], answers: Sequence[str | None]) -> Clue:
    told = [Says(answer) for answer in answers if answer is not None]
    return dict(zip(order, told, strict=True)) if len(told) == len(order) else {}


def where_rows_lie(held: Held) -> Clue:
    return _in_order(held.order, [row.answer for row in held.rows])


def order_of_ids(held: Held) -> Clue:
    return _in_order(held.order, [row.answer for row in held.numbered])


def order_in_the_file(held: Held) -> Clue:
    """SQLite's pages, one after the other; what comes to a page grows from its end."""
    found: list[str | None] = []
    for start in range(0, len(held.backup), PAGE):
        inside = ANSWER.findall(held.backup[start : start + PAGE])
        found += [answer.decode() for answer in inside[::-1]]
    return _in_order(held.order, found)


def beside_a_name(held: Held) -> Clue:
    found = {name.decode(): answer.decode() for name, answer in NAMED.findall(held.raw)}
    return {one: Says(found[one.hex]) for one in held.said if one.hex in found}


def sizes(held: Held) -> Clue:
    return dict(held.sizes)


def same_transaction(held: Held) -> Clue:
    by_number: dict[str, list[str | None]] = defaultdict(list)
    for row in held.rows:
        by_number[row.transaction].append(row.answer)
    return {
        one: Says(by_number[number][0])
        for one, number in held.transactions.items()
        if len(by_number[number]) == 1
    }


def alone_in_a_group(held: Held) -> Clue:
    """All rows of somebody's role, level and building, where they agree."""
    by_atom: dict[object, set[str | None]] = defaultdict(set)
    for row in held.rows:
        by_atom[row.atom].add(row.answer)
    agreed = {one: by_atom[atom] - {None} for one, atom in held.atoms.items()}
    return {one: Says(next(iter(told))) for one, told in agreed.items() if len(told) == 1}


def lines_of_the_log(held: Held) -> Clue:
    return {
        one: Says(said)
        for line in held.lines
        for one, said in held.said.items()
        if (one.hex in line or str(one) in line) and re.search(rf"\b{said}\b", line)
    }


LINKS: Mapping[str, Callable[[Held], Clue]] = {
    "where rows lie": where_rows_lie,
    "the order of ids": order_of_ids,
    "the order in the file": order_in_the_file,
    "names beside answers in any file": beside_a_name,
    "sizes in copies from before and after": sizes,
    "the same transaction": same_transaction,
    "role, level and building": alone_in_a_group,
    "lines of the log": lines_of_the_log,
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """Attempts: people whose answer was not known from the district's result."""

    attempts: int
    successes: int


def attack(link: Callable[[Held], Clue], own: Iterable[Held], theirs: Iterable[Held]) -> Found:
    """Learn on one's ``own`` districts what a clue says, and use it on ``theirs``."""
    learned: dict[Hashable, Counter[object]] = defaultdict(Counter)
    for held in own:
        for one, clue in link(held).items():
            if isinstance(clue, Says):
                learned[Says][clue.answer == held.said[one]] += 1
            else:
                learned[clue][held.said[one]] += 1
    attempts = successes = 0
    for held in theirs:
        clues, whole = link(held), Counter(held.said.values())
        for one, said in held.said.items():
            if whole[said] > SURE * whole.total():
                continue
            attempts += 1
            answer, sure = _claim(clues.get(one), learned)
            successes += sure > SURE and answer == said
    return Found(attempts=attempts, successes=successes)


def _claim(clue: Hashable, learned: Mapping[Hashable, Counter[object]]) -> tuple[object, float]:
    """An answer, and how sure somebody is of it who has learned so much."""
    known = learned.get(Says if isinstance(clue, Says) else clue, Counter())
    if known.total() < LEARNED_FROM:
        return None, 0.0
    if isinstance(clue, Says):
        return clue.answer, known[True] / known.total()
    answer, count = known.most_common(1)[0]
    return answer, count / known.total()


def length_but_for_the_answer(answers: Mapping[str, object], atom: Atom) -> int:
    """How long what is stored of somebody would be without what they said to ``help``."""
    role, level, building = atom
    said = {"answers": {**answers, "help": ""}, "role": role, "level": level, "building": building}
    return len(json.dumps(said, ensure_ascii=False))
