"""What the form of a list of people shows beside its fields."""

from __future__ import annotations

from core.forms import Opening, Said
from governance import links
from governance.lists.commands import ShowList, ShowLists
from governance.lists.model import NamedList


def named_list(found: NamedList | None, *, keeps_name: bool = False) -> Opening:
    """``found``: the list as it is kept; None: a new one. ``keeps_name``: without a name it keeps
    the one that it has."""
    title = Said("Edit the list") if found else Said("Add a list")
    values = {"name": found.name, "kind": found.kind, "group": found.group} if found else {}
    return Opening(
        title=title,
        values=values,
        optional=frozenset({"name"} if keeps_name else ()),
        submit=Said("Save the list"),
        shows=title,
        leave=links.named_list("", found.key) if found else links.named_lists(""),
        back=ShowList(key=found.key) if found else ShowLists(),
        up=(Said("Lists of people"), links.named_lists("")),
    )
