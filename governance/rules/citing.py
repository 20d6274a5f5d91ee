"""How a rule or a section of it is named elsewhere: "ITR 4", "ITR 4 §2"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from governance.ports import GovernanceStore
from governance.references.model import Bound, BoundKind, BoundLine, Place
from governance.rules.model import ENDED, OPEN_TO_STAFF, Rule, Version, staff_see
from governance.rules.searching import Meant, may_be_near, nearest
from governance.rules.text import sections

_SECTION = re.compile(r"(.+?)(?:\s*§\s*|\.|,?\s+section\s+|,?\s+secci[oó]n\s+)([0-9]{1,3})", re.I)


def open_version(store: GovernanceStore, rule: Rule) -> Version | None:
    """What holds, else what is open to staff: the same for everybody who asks."""
    number = _open_number(rule)
    return store.rule_version(rule.id, number) if number else None


def _open_number(rule: Rule) -> int | None:
    if rule.state in ENDED:
        return None
    newest = rule.version if rule.state in OPEN_TO_STAFF else None
    return rule.holds or newest


def published_rules(store: GovernanceStore) -> Iterator[tuple[Rule, Version]]:
    """What holds: the only words that may be quoted as what the IT rules say."""
    for rule in store.rules():
        version = store.rule_version(rule.id, rule.holds) if rule.holds else None
        if version is not None:
            yield rule, version


def open_rules(store: GovernanceStore) -> list[tuple[Rule, Version]]:
    """In two reads, however many there are."""
    wanted = {one.id: (one, number) for one in store.rules() if (number := _open_number(one))}
    versions = store.versions_of((key, number) for key, (_, number) in wanted.items())
    return [(rule, versions[key]) for key, (rule, _) in wanted.items() if key in versions]


def bound_to(rule: Rule, version: Version, section: int = 0) -> Bound:
    key = f"{rule.number} §{section}" if section else rule.number
    return Bound(kind=BoundKind.RULE, key=key, version=version.number)


def cited(store: GovernanceStore, said: str) -> Bound | None:
    """A rule that staff may read, or a section of it ("ITR 4.2"), as people write its number.
    None: there is none."""
    for number, section in _readings(said):
        rule = store.rule_by_number(number)
        version = open_version(store, rule) if rule else None
        if rule and version and (not section or _heading(version, section)):
            return bound_to(rule, version, section)
    return None


def _readings(said: str) -> Iterator[tuple[str, int]]:
    if "§" not in said:
        yield said, 0
    if found := _SECTION.fullmatch(said.strip()):
        yield found[1], int(found[2])


def lines_ahead(store: GovernanceStore, bounds: Sequence[Bound]) -> None:
    """Before ``line`` is asked for of each: the rules and the versions that it names."""
    if not bounds:
        return
    store.rules_ahead()
    wanted = []
    for bound in bounds:
        rule = store.rule_by_number(bound.key.partition(" §")[0])
        numbers = (_open_number(rule), bound.version) if rule else ()
        wanted += [(rule.id, number) for number in numbers if rule and number]
    store.versions_ahead(wanted)


def line(store: GovernanceStore, bound: Bound) -> BoundLine:
    """A rule by its title, with the way to it; one that staff may not read by what was written."""
    number, _, section = bound.key.partition(" §")
    rule = store.rule_by_number(number)
    today = open_version(store, rule) if rule else None
    wanted = bound.version or (today.number if today else 0)
    version = store.rule_version(rule.id, wanted) if rule and staff_see(rule, wanted) else None
    if rule is None or version is None:
        return BoundLine(bound=bound, name=bound.key)
    at = int(section) if section.isdecimal() else 0
    heading = _heading(version, at) if at else ""
    name = f"{rule.number}: {version.title.default}"
    reworded = today.number if today and today.number != version.number else None
    return BoundLine(
        bound=bound,
        name=f"{name}, {at}. {heading}" if heading else name,
        now=0 if rule.state in ENDED else reworded,
        place=Place(rule_id=rule.id, version=version.number, section=at),
    )


def _heading(version: Version, section: int) -> str:
    found = (one for one in sections(version.texts[version.language]) if one.number == section)
    return next((one.heading for one in found), "")


def speaks_of(store: GovernanceStore, words: str, vector: bytes) -> Bound | None:
    """The section of an open rule that a message reads like it is about, if it is near enough."""
    meant = Meant(vector=vector, sections=store.rule_meanings())
    if not may_be_near(meant):
        return None
    rules = {version.rule_id: (rule, version) for rule, version in open_rules(store)}
    found = nearest(words, (version for _, version in rules.values()), meant)
    if found is None:
        return None
    return bound_to(*rules[found.version.rule_id], found.section.number)
