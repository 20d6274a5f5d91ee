"""What an audience's form offers and takes, and what of it is not there."""

from __future__ import annotations

from dataclasses import replace

from core.forms import FROM_THE_LIST
from core.people import Audience
from governance.lists.model import NAMED, AudienceChoices, NamedList
from governance.ports import GovernanceStore
from surveys.questions import Unfit


def choices_of(store: GovernanceStore) -> AudienceChoices:
    return AudienceChoices(
        buildings=tuple((one.key, one.name) for one in store.buildings()),
        committees=tuple((one.key, one.name) for one in store.district().committees),
        lists=tuple((one.key, one.name) for one in store.named_lists()),
    )


def offered(store: GovernanceStore) -> dict[str, tuple[tuple[str, str], ...]]:
    """The same, by the input of an audience's form."""
    choices = choices_of(store)
    return {name: getattr(choices, name) for name in NAMED}


def with_people_of(given: Audience, kept: Audience) -> Audience:
    """What no form asks for stays as it was: single people, and who is left out."""
    return replace(
        given,
        people=kept.people,
        except_people=kept.except_people,
        except_committees=kept.except_committees,
        except_buildings=kept.except_buildings,
    )


def lists_of(store: GovernanceStore, audience: Audience) -> tuple[NamedList, ...]:
    """The lists that an audience names and that are there."""
    found = (store.named_list(key) for key in sorted(audience.lists))
    return tuple(one for one in found if one is not None)


def unfit_audience(store: GovernanceStore, audience: Audience) -> dict[str, Unfit]:
    """What an audience names that is not there, or that nobody is on yet, by field."""
    unfit: dict[str, Unfit] = {}
    if not any(getattr(audience, key) for key in NAMED):
        return unfit
    offered = choices_of(store)
    for key in NAMED:
        if getattr(audience, key) - {one for one, _ in getattr(offered, key)}:
            unfit[key] = Unfit(why=FROM_THE_LIST)
    for one in lists_of(store, audience):
        if one.filled_at is None:
            why = "“{name}” has not been updated from its group yet. Try again in a minute."
            unfit.setdefault("lists", Unfit(why=why, values={"name": one.name}))
    return unfit
