"""What is shown of lists of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from governance.committees.model import GroupKind
from governance.lists import forms
from governance.lists.commands import WriteList
from governance.lists.messages import ListsView, ListView
from governance.lists.model import Imported, NamedList
from governance.messages import Message
from surveys.questions import Unfit
from tests.bot.samples.forms import form

_AT = datetime(2026, 10, 5, 11, 0, tzinfo=UTC)
IMPORTED = NamedList(
    key="powerschool",
    name="Who uses PowerSchool",
    filled_at=_AT,
    people=412,
    left_out=12,
)
GROUP = NamedList(
    key="pilots",
    name="Pilot teachers",
    kind=GroupKind.SLACK,
    group="S0615G0KT",
    tried_at=_AT,
    filled_at=_AT,
    trouble="Slack does not know the group. Correct the id.",
    people=38,
)
NEW = NamedList(
    key="principals",
    name="Principals",
    kind=GroupKind.MICROSOFT,
    group="02bd9fd6-8f93-4758-87c3-1fb73740a315",
)


def named_lists(hostile: str) -> dict[str, Message]:
    strangers = tuple((number, f"user{number}@vendor.example") for number in range(2, 14))
    imported = Imported(people=412, strangers=strangers, unread=((20, hostile[:80]),), twice=3)
    return {
        "lists": ListsView(lists=(GROUP, NEW, replace(IMPORTED, name=hostile[:80]))),
        "lists_empty": ListsView(lists=()),
        "list_of_a_group": ListView(found=GROUP, uses=("Two-step sign-in starts on October 19",)),
        "list_new": ListView(found=NEW),
        "list_imported": ListView(found=IMPORTED, imported=imported),
        "list_form_new": form(WriteList(), forms.named_list(None)),
        "list_form": form(
            WriteList(key="pilots", group="pilots of Slack"),
            forms.named_list(GROUP),
            unfit={
                "group": Unfit(
                    why="Enter the group’s ID, such as S0615G0KT or a long ID from Entra."
                )
            },
        ),
    }
