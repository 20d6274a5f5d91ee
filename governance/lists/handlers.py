"""Named lists: made, imported, filled from a group, and deleted where nothing names them any more.

An import is one transaction: whoever it names and is on the roster is on the list afterwards, and
nobody else. A group is asked outside (``bot/rosters/list_groups.py``), and ``fill`` and
``not_told`` note what followed from it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from core.forms import Opening
from core.people import Audience
from governance.access import OPERATOR_TOO, Actor, Source, office, refusal
from governance.announcements.model import Announcement, AnnouncementState
from governance.lists import forms
from governance.lists.addresses import addresses
from governance.lists.commands import (
    AskGroup,
    DeleteList,
    ShowList,
    ShowLists,
    WriteList,
)
from governance.lists.messages import ListsView, ListView
from governance.lists.model import (
    LONGEST_GROUP,
    Imported,
    NamedList,
)
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE
from governance.school_days import today
from governance.series.model import SeriesState
from surveys.messages import Rejected
from surveys.questions import Unfit
from surveys.survey import WaveState

_GROUP = re.compile(r"[A-Za-z0-9-]+")
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")
_IN_USE = "This list is still used by: {uses}. Remove it there first."
_NAMED = 5
"""Uses that are told one by one."""


# -- showing ---------------------------------------------------------------------------------------


def show_all(store: GovernanceStore) -> ListsView:
    return ListsView(lists=tuple(store.named_lists()))


def show(store: GovernanceStore, key: str, now: datetime) -> ListView | Refused:
    found = store.named_list(key)
    return refusal(NOT_HERE) if found is None else ListView(found=found, uses=uses(store, key, now))


def uses(store: GovernanceStore, key: str, now: datetime) -> tuple[str, ...]:
    """The titles of what still asks who is on a list: announcements that are to go out, or that
    late joiners get, changes, surveys and rules."""
    day = today(store, now)

    def waits(one: Announcement) -> bool:
        if one.state is not AnnouncementState.SENDING:
            return True
        return one.joiners_until is not None and one.joiners_until >= day

    def named() -> Iterator[tuple[Audience, str]]:
        for one in filter(waits, store.announcements()):
            yield one.audience, one.change.title.default
        for change in store.changes():
            if not change.over:
                yield change.audience, change.words.title.default
        for wave in store.waves():
            if wave.state is WaveState.PLANNED:
                yield wave.audience, wave.survey.title.default
        for series in store.all_series(SeriesState.RUNNING, SeriesState.PAUSED):
            yield series.audience, series.survey.title.default
        for rule, version in store.rules_in_force():
            yield version.audience, rule.number

    return tuple(dict.fromkeys(title for audience, title in named() if key in audience.lists))


# -- making and importing --------------------------------------------------------------------------


def open_list(
    store: GovernanceStore, actor: Actor, command: WriteList, _: datetime
) -> Opening | Refused:
    """The command line names a list by its key, and its name where it is to have another."""
    found = store.named_list(command.key) if command.key else None
    by_operator = actor.source is Source.OPERATOR
    if command.key and found is None and not by_operator:
        return refusal(NOT_HERE)
    return forms.named_list(found, keeps_name=by_operator)


def unfit_list(
    store: GovernanceStore, _: Actor, command: WriteList, __: datetime
) -> dict[str, Unfit]:
    unfit: dict[str, Unfit] = {}
    key = key_of(command.name)
    if not command.key and (not key or store.named_list(key)):
        unfit["name"] = Unfit(
            why="There is already a list with this name, or the name has no letters."
        )
    of_group = _GROUP.fullmatch(command.group) and len(command.group) <= LONGEST_GROUP
    if command.kind is not None and not of_group:
        unfit["group"] = Unfit(
            why="Enter the group’s ID, such as S0615G0KT or a long ID from Entra."
        )
    return unfit


def write(
    store: GovernanceStore, actor: Actor, command: WriteList, now: datetime
) -> ListView | Rejected:
    before = store.named_list(command.key) if command.key else None
    name = command.name or (before.name if before else command.key)
    key, group = command.key or key_of(name), command.group
    made = replace(before or NamedList(key=key, name=name), name=name, kind=command.kind)
    if command.kind is None:
        return _import(store, actor, made, command.addresses, now)
    if before is None or (before.kind, before.group) != (command.kind, group):
        # Its members stay until the new group has told its own.
        made = replace(made, group=group, tried_at=None, trouble="")
    store.put_list(made)
    store.audit(actor.person_id, f"list {key} follows {command.kind} {group}", None, now)
    return _shown(store, key, now)


def key_of(name: str) -> str:
    """Such as "who-uses-powerschool"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_A_KEY.sub("-", plain).strip("-")[:60].strip("-")


def _import(
    store: GovernanceStore, actor: Actor, made: NamedList, text: str, now: datetime
) -> ListView | Rejected:
    if made.filled_at and not made.group and not text.strip():  # it gets another name
        store.put_list(made)
        return _shown(store, made.key, now)
    found = list(addresses(text))
    lines = dict[str, int]()
    for number, address, _ in found:
        if address:
            lines.setdefault(address, number)
    people = store.staff_by_email(lines)
    if not people:
        none = "No one on the roster is named here. Nothing was changed."
        empty = "Paste email addresses, one on each line."
        return _unfit(Unfit(why=none if lines else empty))
    strangers = tuple((line, one) for one, line in lines.items() if one not in people)
    kept = replace(
        made, group="", tried_at=None, filled_at=now, trouble="", left_out=len(strangers)
    )
    store.put_list(kept)
    store.put_list_members(kept.key, people.values())
    store.audit(actor.person_id, f"list {kept.key} imported: {len(people)} people", None, now)
    imported = Imported(
        people=len(people),
        strangers=strangers,
        unread=tuple((number, said) for number, address, said in found if not address),
        twice=sum(1 for _, address, _ in found if address) - len(lines),
    )
    return replace(_shown(store, kept.key, now), imported=imported)


def _unfit(why: Unfit) -> Rejected:
    return Rejected(unfit={"addresses": why})


def _shown(store: GovernanceStore, key: str, now: datetime) -> ListView:
    found = store.named_list(key)
    assert found is not None  # noqa: S101  (it was just written)
    return ListView(found=found, uses=uses(store, key, now))


# -- groups ----------------------------------------------------------------------------------------


def ask_group(store: GovernanceStore, command: AskGroup, now: datetime) -> ListView | Refused:
    found = store.named_list(command.key)
    if found is None or found.kind is None:
        return refusal(NOT_HERE)
    store.put_list(replace(found, tried_at=None))
    return _shown(store, found.key, now)


def fill(store: GovernanceStore, asked: NamedList, emails: Collection[str], now: datetime) -> None:
    """Its group has told who is in it. Not where the list follows another one by now."""
    found = store.named_list(asked.key)
    if found is None or (found.kind, found.group) != (asked.kind, asked.group):
        return
    people = store.staff_by_email(emails)
    left = len(set(emails)) - len(people)
    store.put_list(replace(found, filled_at=now, trouble="", left_out=left))
    store.put_list_members(found.key, people.values())


def not_told(store: GovernanceStore, asked: NamedList, why: str) -> None:
    """Its group does not tell: the list keeps its members."""
    found = store.named_list(asked.key)
    if found is not None and (found.kind, found.group) == (asked.kind, asked.group):
        store.put_list(replace(found, trouble=why[:300]))


def delete(
    store: GovernanceStore, actor: Actor, command: DeleteList, now: datetime
) -> ListsView | Refused:
    if store.named_list(command.key) is None:
        return refusal(NOT_HERE)
    if used := uses(store, command.key, now):
        named = ", ".join(f"“{one}”" for one in used[:_NAMED])
        more = f" +{len(used) - _NAMED}" if len(used) > _NAMED else ""
        return refusal(_IN_USE, uses=f"{named}{more}")
    store.drop_list(command.key)
    store.audit(actor.person_id, f"list {command.key} deleted", None, now)
    return show_all(store)


OPERATIONS: Operations = (
    Operation(
        command=ShowLists,
        run=lambda store, *_: show_all(store),
        may=office,
        by=OPERATOR_TOO,
        reads=True,
        button="lists",
    ),
    Operation(
        command=ShowList,
        run=lambda store, _, command, now: show(store, command.key, now),
        may=office,
        by=OPERATOR_TOO,
        reads=True,
        button="list",
    ),
    Operation(
        command=WriteList,
        run=write,
        may=office,
        by=OPERATOR_TOO,
        button="write-list",
        carries=("key",),
        form_button="list-form",
        opens=open_list,
        fits=unfit_list,
    ),
    Operation(
        command=AskGroup,
        run=lambda store, _, command, now: ask_group(store, command, now),
        may=office,
        by=OPERATOR_TOO,
        button="ask-group",
    ),
    Operation(command=DeleteList, run=delete, may=office, by=OPERATOR_TOO, button="delete-list"),
)
