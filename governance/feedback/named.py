"""Who is named in what was said: what is about somebody never reaches that person.

Looked for among those whom it could reach by their duty. Found are a full name, a family name with
a title, a family name by itself where it is no ordinary word, and an address. Whoever is found in
error costs little: a deputy reads it instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from core.people import Person
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.feedback.model import Item
from governance.ports import GovernanceStore

_TITLE = (
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|doctor|principal|vice principal|assistant principal|"
    r"a\.?p|v\.?p|superintendent|director|supervisor|chair|coach|dean|chief|officer|counselor|"
    r"nurse|sr|sra|srta|senor|senora|senorita|maestr[oa]|profesora?|directora?)"
)
"""As ``_plain`` makes them."""
_SHORTEST_ALONE = 5
"""Letters of a family name that counts by itself: shorter ones are ordinary words too often."""

_WORDS_TOO = re.compile(
    r"banks|barber|baker|bishop|black|bright|brown|carpenter|church|close|cross|"
    r"english|field|fields|fisher|flowers|foster|france|german|grant|green|hall|"
    r"haven|holiday|house|hunter|justice|knight|lake|lawn|major|march|marsh|"
    r"mason|mercer|miles|miller|moody|north|parker|parks|peace|pitts|pope|"
    r"porter|power|powers|price|prince|proctor|rhodes|rivers|robin|rush|sharp|"
    r"shepherd|short|silver|singer|skinner|small|smart|speaker|spring|stern|"
    r"stone|street|strong|summer|summers|sweet|taylor|temple|tucker|turner|"
    r"virgin|wall|walls|waters|weaver|wells|west|white|winter|winters|wise|"
    r"woods|young"
)
"""Family names that are ordinary words: by themselves they name nobody."""


def names(words: str, person: Person) -> bool:
    """Whether words name somebody: "Dana Whitfield", "Whitfield, Dana", "Dr. Whitfield",
    "Whitfield", "d.whitfield@schools.example.org"."""
    return _names(_plain(words), person)


def _names(said: str, person: Person) -> bool:
    anyhow = said.casefold()
    if person.email and _plain(person.email) in anyhow:
        return True
    family = _plain(person.family_name)
    if not family or family.casefold() not in anyhow:
        return False  # nearly always, and a pattern of each person costs more than that
    given, family = re.escape(_plain(person.given_name)), re.escape(family)
    full = rf"\b{given}\W+(?:\w\.?\W+)?{family}\b|\b{family},\W*{given}\b"
    titled = rf"\b{_TITLE}\.?\W+(?:{given}\W+)?{family}\b"
    if re.search(rf"{full}|{titled}" if given else titled, said, re.IGNORECASE):
        return True
    alone = len(person.family_name) >= _SHORTEST_ALONE
    ordinary = _WORDS_TOO.fullmatch(person.family_name.casefold())
    return alone and not ordinary and re.search(rf"\b{family}\b", said) is not None


def _plain(words: str) -> str:
    """Without accents, which are often left out, and with plain apostrophes."""
    if words.isascii():
        return words
    apart = unicodedata.normalize("NFKD", words.replace("’", "'"))
    return "".join(one for one in apart if not unicodedata.combining(one))


def keep_from_named(store: GovernanceStore, item: Item, now: datetime, words: str = "") -> None:
    """Note, before anybody is told, from whom an item is kept. ``words``: what was said; else the
    original. Whoever wrote it knows it already. The audit says whom, and nothing of what."""
    said = _plain(words or store.original(item.id) or "")
    known = store.named_in(item.id)
    for person in store.on_duty():
        if person.id not in known and person.id != item.author and _names(said, person):
            store.keep_from(item.id, person.id)
            store.audit(None, f"kept from {person.id}, whom it names", item.id, now)


def unnamed(store: GovernanceStore, item_id: UUID, people: Iterable[Person]) -> Sequence[Person]:
    """Those of some people whom an item does not name, in their order."""
    named = store.named_in(item_id)
    return [one for one in people if one.id not in named]


def names_somebody_on(store: GovernanceStore, item_id: UUID, queue: str) -> bool:
    """Whether an item names one of those who work on a queue: then it is no place for it to be
    told of, for all of them read there."""
    named = store.named_in(item_id)
    return bool(named) and any(one.id in named for one in _workers(store, queue))


def hidden_on(store: GovernanceStore, queue: str) -> frozenset[UUID]:
    """What names one of those who work on a queue: no list or figure that all of them read has it.
    It is there where somebody joined after it had come."""
    return store.kept_from_any([one.id for one in _workers(store, queue)])


def _workers(store: GovernanceStore, queue: str) -> Sequence[Person]:
    if queue == TRIAGE:
        return store.holders(Office.TRIAGE_OWNER)
    if queue == RESTRICTED:
        return store.holders(Office.RESTRICTED_READER)
    return store.members(queue)
