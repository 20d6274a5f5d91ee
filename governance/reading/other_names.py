"""Messages with other names in place of those in them, to learn from what stands around a name."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache

from governance.reading.english import is_common
from governance.reading.name_lists import given, kinds
from governance.reading.names_of_many import NAMES_OF_MANY
from governance.reading.not_names import GIVEN_AND_COMMON, words_of

_SWAPS = 3

Labelled = tuple[str, tuple[str, ...], float]
"""A message, the names in it, and how much it counts."""

WORDS = words_of(
    """Ace Angel Autumn April Ash Baby Basil Bear Birdie Bishop Blaze Blessing Blue Bunny Buck
    Canyon Cash Chance Charm Cherish Cloud Cricket Daisy Dawn Destiny Diamond Dove Dream Duke Echo
    Ember Faith Fern Flora Forest Fox Gem Genesis Glory Grace Gunner Happy Harmony Haven Hawk
    Hazel Heaven Honey Hope Hunter Indigo Jet Jewel Journey Joy Juniper Justice Kale King Lake
    Lark Legacy Legend Liberty Lily Lucky Lux Lyric Major Marvel May Mercy Merit Messiah Miracle
    Mister Moon Moss Navy Noble North Ocean Olive Opal Pace Patience Peace Peaches Peanut Pearl
    Penny Phoenix Pilot Poet Poppy Precious Prince Princess Promise Queen Rain Ransom Raven Rebel
    Reign Ridge River Robin Rocket Rose Royal Royalty Ruby Sage Saint Scout September Serenity
    Shadow Sky Sparrow Spirit Star Starr Steel Stone Storm Sugar Summer Sunday Sunny Sunshine
    Temple Thunder Tiger Treasure True Trinity Valor Victory Violet Will Willow Winter Wisdom Wolf
    Wren Zephyr"""
)
"""Words that are given names in schools."""

_SIGNED = words_of(
    """De'Andre De'Shawn De'Marcus Ja'Nae Ja'Kobe Ke'Shawn Sha'Niya Tay'Vion D'Angelo D'Andra
    O'Brien O'Neill O'Connor O'Keefe N'Dea K'Lynn La'Tasha Ta'Kiya Da'Quan Mary-Kate Ana-Sofia
    Ji-woo Min-jun Al-Amin Al-Hassan Abdul-Malik Jean-Luc Jean-Pierre Smith-Jones Garcia-Lopez
    Ngoc-Anh Xiao-Ming"""
)

ELSEWHERE = words_of(
    """Amadou Thiri Hnin Ikram Khadra Mahad Yonis Faduma Warda Saynab Khoa Nyagoa Pawi Sahana
    Rohit Mehmet Elif Emre Ayse Zeynep Mirela Vuk Nedim Ioana Radu Ostap Thiago Joao Tainara Abena
    Obinna Sade Wambui Kamau Haneen Lubna Suhail Basma Sinan Keaton Oaklynn Maverick Chaska
    Kimimela Aponi Haruto Minjun Seoyeon Jiho Xinyi Haoran Siddharth Nandini"""
)
"""Names of many origins, some of them in no list."""


@cache
def _listed() -> tuple[str, ...]:
    return tuple(sorted({*given(), *NAMES_OF_MANY}))


def _made(chance: random.Random) -> str:
    """A name that is in no list: the beginning of one and the end of another."""
    for _ in range(20):
        one, other = chance.choice(_listed()), chance.choice(_listed())
        name = one[: max(2, len(one) // 2)] + other[len(other) // 2 :]
        if len(name) > 3 and not kinds(name) and not is_common(name):
            return name
    return "zaverin"


def _another(chance: random.Random) -> str:
    at = chance.random()
    if at < 0.40:
        return chance.choice(_listed()).title()
    if at < 0.70:
        return _made(chance).title()
    if at < 0.82:
        return chance.choice(sorted(ELSEWHERE))
    if at < 0.88:
        return chance.choice(sorted(_SIGNED))
    return chance.choice(sorted(WORDS | {name.title() for name in GIVEN_AND_COMMON}))


def grown(message: Labelled) -> Iterator[Labelled]:
    """The message, in lower case too, and with other names in place of those in it; the same each
    time."""
    text, names, count = message
    chance = random.Random(text)  # noqa: S311  (no secret: the same weights each time)
    yield message
    if count > 1 or names:
        yield text.lower(), tuple(name.lower() for name in names), 0.4 * count
    for at in range(_SWAPS if names else 0):
        changed, others = _swapped(text, names, chance)
        if at == _SWAPS - 1:
            yield changed.lower(), tuple(name.lower() for name in others), 0.3 * count
        else:
            yield changed, others, 0.6 * count


def _swapped(text: str, names: Sequence[str], chance: random.Random) -> tuple[str, tuple[str, ...]]:
    changed, others = text, []
    for name in sorted(set(names), key=lambda one: (-len(one), one)):
        parts = [
            _another(chance) if part[0].isupper() and len(part.strip(".")) > 1 else part
            for part in name.split()
        ]
        others.append(" ".join(parts))
        changed = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", others[-1], changed)
    return changed, tuple(others)
