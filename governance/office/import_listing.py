"""What an import of people would do, as a list and in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from core.lists import (
    Cell,
    Column,
    Filter,
    Found,
    ListPage,
    ListRequest,
    ListView,
    Row,
    already_looked_through,
)
from core.paging import paging
from core.people import Level, Platform, Role
from core.tiles import Tone
from core.words import Words
from governance.labels import Labels
from governance.languages import language_name
from governance.office import lists
from governance.office.importing import (
    Becomes,
    BuildingDifference,
    ImportDifference,
    PersonDifference,
)

# -- as a list -------------------------------------------------------------------------------------


def difference_page(words: Words, found: ImportDifference, asked: ListRequest) -> ListPage:
    """A page of the people whom an import concerns: of thousands, only those that are shown."""
    say = words.say
    known = {"", *Becomes}
    chosen = asked.filter if asked.filter in known else ""
    terms = asked.search.casefold().split()
    fitting = [
        one
        for one in found.people
        if chosen in ("", one.becomes)
        and all(term in f"{one.name} {one.email}".casefold() for term in terms)
    ]
    counts = Counter(str(one.becomes) for one in found.people)
    there = paging(asked.page or 0, len(fitting), asked.size)
    shown = fitting[there.page * there.size :][: there.size]
    view = ListView(
        columns=(
            Column(key="name", label=say("Name"), sorts=False),
            Column(key="becomes", label=say("What happens"), sorts=False),
            Column(key="what", label=say("Details"), sorts=False, wraps=True),
        ),
        title="name",
        filters=(
            Filter(key="", label=say("All"), always=True),
            Filter(key=Becomes.JOINS, label=say("Joining"), always=True),
            Filter(key=Becomes.CHANGES, label=say("Changing"), always=True),
            Filter(key=Becomes.LEAVES, label=say("Leaving"), always=True),
        ),
        rows=tuple(_row(words, found, one) for one in shown),
        empty=say("The file says what is on the roster already. There is nothing to apply."),
        opens=False,
    )
    return already_looked_through(
        view, asked, Found(counts={"": len(found.people), **counts}, matching=len(fitting))
    )


def _row(words: Words, found: ImportDifference, one: PersonDifference) -> Row:
    return Row(
        key=one.email,
        cells=(
            Cell(text=one.name, detail=one.email),
            Cell(text=becomes(words, one.becomes), tone=_TONES[one.becomes]),
            Cell(text=_details(words, found, one)),
        ),
    )


_TONES = {
    Becomes.JOINS: Tone.GOOD,
    Becomes.CHANGES: Tone.PLAIN,
    Becomes.LEAVES: Tone.CAUTION,
}


def becomes(words: Words, one: Becomes) -> str:
    say = words.say
    return {
        Becomes.JOINS: say("Will join"),
        Becomes.CHANGES: say("Will change"),
        Becomes.LEAVES: say("Will leave"),
    }[one]


def _details(words: Words, found: ImportDifference, one: PersonDifference) -> str:
    if one.becomes is Becomes.CHANGES:
        return " ".join(_changed(words, found, *each) for each in _shown(one.fields))
    facts = (_value(words, found, "role", one.role), _value(words, found, "building", one.building))
    return ", ".join(fact for fact in facts if fact)


def _shown(fields: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """A building comes with its level: of both, the building says enough."""
    moved = any(column == "building" for column, _, _ in fields)
    return (one for one in fields if not (moved and one[0] == "level"))


def _changed(words: Words, found: ImportDifference, column: str, before: str, after: str) -> str:
    if column == "active":
        return words.say("Is on the roster again.")
    return words.say(
        "{what}: {before} → {after}.",
        what=_called(words, column),
        before=_value(words, found, column, before) or "–",
        after=_value(words, found, column, after) or "–",
    )


def _called(words: Words, column: str) -> str:
    say = words.say
    return {
        "sourced_id": say("Identifier"),
        "email": say("Email"),
        "given_name": say("First name"),
        "family_name": say("Last name"),
        "role": say("Role"),
        "level": say("Level"),
        "building": say("Building"),
        "locale": say("Language"),
        "timezone": say("Time zone"),
        "platform": say("Reached by"),
    }.get(column, column)


def _value(words: Words, found: ImportDifference, column: str, value: str) -> str:
    """A value as people know it; one that is none of ours as it stands."""
    match column:
        case "role" if value in set(Role):
            return lists.role(words, Role(value))
        case "level" if value in set(Level):
            return lists.level(words, Level(value))
        case "building":
            return found.buildings.get(value, value)
        case "platform" if value in set(Platform):
            return Labels(words)(Platform(value))
        case "locale" if value:
            return language_name(words, value)
        case _:
            return value


# -- in sentences ----------------------------------------------------------------------------------


def summary(words: Words, found: ImportDifference) -> str:
    """Who joins, changes and leaves, in a line."""
    count = words.count
    return " ".join(
        (
            count("{n} person joins,", "{n} people join,", found.count(Becomes.JOINS)),
            count("{n} changes,", "{n} change,", found.count(Becomes.CHANGES)),
            count("{n} leaves.", "{n} leave.", found.count(Becomes.LEAVES)),
            count("{n} stays as before.", "{n} stay as before.", found.same),
        )
    )


_PLACES = 50
"""Buildings of each kind that are named."""


def _places(words: Words, found: ImportDifference) -> Iterator[str]:
    """What becomes of buildings, a line for each kind."""
    count = words.count
    for kind in (Becomes.JOINS, Becomes.CHANGES, Becomes.LEAVES):
        some = [one for one in found.places if one.becomes is kind]
        names = "; ".join(_place(words, one) for one in some[:_PLACES])
        if len(some) > _PLACES:
            more = len(some) - _PLACES
            names += "; " + count("and {n} more", "and {n} more", more)
        if some:
            yield _counted(words, kind, len(some), names)


def _counted(words: Words, kind: Becomes, n: int, names: str) -> str:
    count = words.count
    match kind:
        case Becomes.JOINS:
            return count(
                "{n} new building: {names}.", "{n} new buildings: {names}.", n, names=names
            )
        case Becomes.CHANGES:
            return count(
                "{n} building changes: {names}.", "{n} buildings change: {names}.", n, names=names
            )
        case Becomes.LEAVES:
            return count(
                "{n} building closes: {names}.", "{n} buildings close: {names}.", n, names=names
            )


def _place(words: Words, one: BuildingDifference) -> str:
    if one.becomes is not Becomes.CHANGES:
        return one.name
    if not one.level:
        return f"{one.was} → {one.name}"
    was, level = (lists.level(words, Level(each)) for each in (one.level_was, one.level))
    return f"{one.was} ({was}) → {one.name} ({level})"


def notes(words: Words, found: ImportDifference) -> tuple[str, ...]:
    """What becomes of buildings; what of the file is not imported, and why."""
    said: list[str] = [*_places(words, found)]
    count = words.count
    left = sum(found.left_out.values())
    if left:
        said.append(
            words.say(
                "Left out: {what}.",
                what=", ".join(_left_out(words, why, n) for why, n in found.left_out.items() if n),
            )
        )
    if found.unknown:
        said.append(
            count(
                "{n} person is not on the roster, and this file may not add anyone.",
                "{n} people are not on the roster, and this file may not add anyone.",
                found.unknown,
            )
        )
    return tuple(said)


def _left_out(words: Words, why: str, n: int) -> str:
    count = words.count
    match why:
        case "students" | "student accounts":
            return count("{n} student", "{n} students", n)
        case "guardians":
            return count("{n} guardian", "{n} guardians", n)
        case "inactive":
            return count("{n} inactive", "{n} inactive", n)
        case "without a mail address":
            return count("{n} without an email address", "{n} without an email address", n)
        case _:
            return count(
                "{n} with an address that is in the file already",
                "{n} with an address that is in the file already",
                n,
            )


def warnings(words: Words, found: ImportDifference) -> tuple[str, ...]:
    """Whose leaving, or new address, has consequences that nobody may have meant."""
    said: list[str] = []
    if found.themselves:
        said.append(
            words.say(
                "You are one of the people who would leave. You would be signed out, and could not "
                "undo the import."
            )
        )
    if found.holders:
        said.append(
            words.say(
                "These people hold an office or lead a committee, and would leave: {names}.",
                names=", ".join(found.holders),
            )
        )
    if found.renamed:
        said.append(
            words.say(
                "These people hold an office or lead a committee, and would get another email "
                "address: {names}. They lose the office until the district’s files name the new "
                "address.",
                names=", ".join(f"{name} ({old} → {new})" for name, old, new in found.renamed),
            )
        )
    return tuple(said)


def who_left(words: Words, found: ImportDifference) -> str:
    """What somebody confirms."""
    if not found.many_leave:
        return words.say("These people have left the district")
    return words.count(
        "{n} of {here} people has left the district",
        "{n} of {here} people have left the district",
        found.count(Becomes.LEAVES),
        here=words.number(found.here),
    )


def applied(words: Words, found: ImportDifference) -> str:
    return words.say("The roster is updated. {summary}", summary=summary(words, found))
