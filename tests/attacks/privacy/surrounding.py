"""The attackers who read every surface: what was really shown is held beside what the gate says,
and what the gate says is attacked by those who know the program."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from surveys.ports import OpenResponse
from surveys.release import final_results
from surveys.results import WaveResults
from surveys.survey import Wave
from surveys.tabulating import ScoreQuestion
from tests.attacks.privacy import places, replaying
from tests.attacks.privacy.gates import plain_five
from tests.attacks.privacy.reading import LOOK, Shown
from tests.attacks.privacy.replaying import Case, Guess, Knowing, Tally, World, responses_of
from tests.attacks.privacy.surfaces import Script, played, saying, scripted
from tests.attacks.privacy.towns import FIRST
from tests.surveys.store import NOON

FRIENDS = (0, 2, 2, 4)
"""Nobody, two chairs who answered and tell each other, four friends."""


READ_EVERY = 10
"""In one of so many attempts all surfaces are read, and held beside those of districts that look
alike; in the others the messages of the results, while it is open and after the closing."""


def plain(wave: Wave, responses: Sequence[OpenResponse], *_: Any) -> WaveResults:
    return plain_five(wave, responses)


GATES: Mapping[str, Callable[..., WaveResults]] = {"ours": final_results, "plain five": plain}


def seen(results: WaveResults) -> str:
    """All that can be told apart of results, whenever they are looked at."""
    return repr(replace(results, wave_id=UUID(int=0), as_of=NOON))


@dataclass(frozen=True, kw_only=True)
class Town:
    """A small district, what the attackers know of it, and who does what in it."""

    case: Case
    script: Script
    chance: random.Random


def town_of(seed: int, most: int) -> Town:
    chance = random.Random(f"surfaces {seed}")  # noqa: S311 - an attempt is repeatable
    asked: list[tuple[ScoreQuestion, int]] = [
        (places.yes_or_no(), 2),
        (places.scale(2), 2),
        (places.scale(3), 3),
    ]
    question, parts = chance.choice(asked)
    place = places.small_place(chance, most, parts)
    if chance.random() < 0.3:
        place = places.Place(people=place.people, plan=places.EVERY_TABLE)
    friends = chance.choice(FRIENDS)
    known = replaying.friends_in(chance, place, parts, friends) if friends else {}
    case = Case(
        place=place, question=question, friends=known, strength=chance.choice((0, 0.5, 1.0, 3.0))
    )
    return Town(case=case, script=scripted(case, chance), chance=chance)


def _responses(case: Case, world: World) -> list[OpenResponse]:
    return [replace(r, answers={FIRST: "yes", **r.answers}) for r in responses_of(case, world)]


@dataclass(frozen=True, kw_only=True)
class Beaten:
    """``untrue``: what a surface told that the gate did not; ``twins``: how many districts were
    held beside one that answered otherwise and is shown alike."""

    tally: Tally
    untrue: Sequence[str] = ()
    twins: int = 0


async def attack(
    founded: Path, folder: Path, seed: int, most: int, gate_name: str, attempts: int
) -> Beaten:
    """One district, ``attempts`` times surveyed, answering each time as drawn from the prior."""
    town, gate, ours = town_of(seed, most), GATES[gate_name], gate_name == "ours"
    case, chance = town.case, town.chance

    async def play(world: World, script: Script = town.script, *, pages: bool = ours) -> Shown:
        said = saying(case, town.script, world, chance)
        return await played(founded, folder / "town", case, script, said, gate, pages=pages)

    some = next(iter(replaying.worlds(case)))
    before = await play(some)
    (call,) = before.calls
    furniture = _furniture(before, await play(some, town.script.unanswered)) if ours else {}
    knowing = Knowing(case, lambda w: seen(call.shown(gate, _responses(case, w))))
    guesses: list[Guess] = []
    untrue: list[str] = []
    twins = 0
    for number, world in enumerate(knowing.drawn(chance, attempts)):
        shown = await play(world, pages=ours and number % READ_EVERY == 0)
        guesses.append(knowing.guess(world, chance))
        untrue += _untrue(shown, knowing.pages[world], furniture)
        if ours and number % READ_EVERY == 0:
            beside = [await play(world, town.script.quiet)]
            if (twin := _twin(knowing, world, chance)) is not None:
                beside.append(await play(twin))
            alike = [one for one in beside if seen(one.results) == seen(shown.results)]
            twins += len(alike)
            untrue += [told for one in alike for told in differing(shown, one)]
    tally = Tally(
        attempts=attempts,
        successes=sum(guess.right for guess in guesses),
        surest=max(guess.sure for guess in guesses),
        example=next((guess.told for guess in guesses if guess.right), ""),
    )
    return Beaten(tally=tally, untrue=untrue, twins=twins)


def _twin(knowing: Knowing, world: World, chance: random.Random) -> World | None:
    alike = [
        one for one, page in knowing.pages.items() if page == knowing.pages[world] and one != world
    ]
    return chance.choice(alike) if alike else None


def differing(one: Shown, other: Shown) -> list[str]:
    """Surfaces that two districts have otherwise whose results are the same."""
    names = {*one.surfaces, *other.surfaces}
    return [
        f"{name} tells two districts apart"
        for name in sorted(names)
        if one.surfaces.get(name) != other.surfaces.get(name)
    ]


_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-\d+)?")


def _untrue(shown: Shown, says: object, furniture: Mapping[str, set[str]]) -> list[str]:
    """Where what is shown is not what the gate ``says``: numbers that a surface tells, and that
    are neither in the messages of the results nor its ``furniture``."""
    found = [] if seen(shown.results) == says else ["the results are not what the gate says"]
    held = _held(shown)
    for name, page in shown.surfaces.items() if furniture else ():
        odd = _numbers_in(page) - held - furniture[name]
        if odd and not name.startswith(LOOK):
            found.append(f"{name} tells {sorted(odd)}")
    return found


def _furniture(some: Shown, nobodys: Shown) -> dict[str, set[str]]:
    """By surface the numbers that are not results: dates, sizes, what a scale is drawn with."""
    held = _held(some)
    return {
        name: (_numbers_in(page) - held) | _numbers_in(nobodys.surfaces.get(name, "")) | _SCALES
        for name, page in some.surfaces.items()
    }


_SCALES = {"0", "95", "100"}
"""Where a picture begins and ends, and how sure an interval is."""


def _held(shown: Shown) -> set[str]:
    return {number for one in (*shown.live, shown.results) for number in _numbers_of(one)}


def _numbers_in(page: str) -> set[str]:
    return {_alike(float(number)) for number in _NUMBER.findall(_read(page))}


def _alike(value: float) -> str:
    return f"{value:.9g}"


_NOT_READ = re.compile(
    r"<style.*?</style>|<[^>]*>|'(?:block|action)_id': '[^']*'|(?:November|December) \d+",
    re.DOTALL,
)


def _read(page: str) -> str:
    """What stands between a page's tags, and in words for who cannot see pictures; of a message
    in Slack not the names of its blocks. Days are dates and no results."""
    return _NOT_READ.sub(" ", page)


def _numbers_of(value: object) -> Iterator[str]:
    """Each number of a message, as it may be written."""
    if is_dataclass(value):
        for one in fields(value):
            yield from _numbers_of(getattr(value, one.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _numbers_of(one)
    elif isinstance(value, str):
        yield from _numbers_in(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        for scaled in (abs(value), 100 * abs(value)):
            yield from (_alike(scaled), _alike(round(scaled)), _alike(round(scaled, 1)))
