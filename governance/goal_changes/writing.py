"""Writing a proposal: its form, what fits, and the words in the district's language with their
translations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from core.forms import FILL_IN, FROM_THE_LIST
from core.text import Text
from governance.committees.model import District
from governance.filling import put_back, worded
from governance.goal_changes.access import steering_key
from governance.goal_changes.commands import ShowProposalForm, WriteProposal
from governance.goal_changes.messages import Choices, ProposalForm
from governance.goal_changes.model import (
    MOST_GOALS,
    MOST_PARTS,
    GoalWords,
    Proposal,
    ProposalKind,
)
from governance.goals.model import (
    LONGEST_DESCRIPTION,
    LONGEST_REASON,
    LONGEST_TITLE,
    NO_WORDS,
    Goal,
)
from governance.goals.stepping import goals_of
from governance.languages import base_of, others_than, typed_of
from governance.operations import Fields
from governance.ports import GovernanceStore
from governance.recommendations.model import AdviceState
from governance.references.model import Bound, BoundKind
from governance.typed import typed
from surveys.questions import Unfit

LIMITS = {"title": LONGEST_TITLE, "description": LONGEST_DESCRIPTION, "why": LONGEST_DESCRIPTION}

NO_PART = "0"
"""No part of a split goes on with the goal's indicators."""

_GONE = "One of these goals is not in the plan anymore."


def parts_of(kind: ProposalKind) -> tuple[str, ...]:
    """What follows the names of a kind's texts: the parts of a split are counted."""
    if kind in (ProposalKind.RETIRE, ProposalKind.RESTORE):
        return ()
    if kind is ProposalKind.SPLIT:
        return tuple(str(n) for n in range(1, MOST_PARTS + 1))
    return ("",)


def names_of(kind: ProposalKind) -> tuple[str, ...]:
    """The texts of a kind; a part of a split is there for the same reason as the whole was."""
    return ("title", "description") if kind is ProposalKind.SPLIT else tuple(LIMITS)


def filled(command: WriteProposal, fields: Fields, taken: WriteProposal) -> WriteProposal:
    keys = {f"{name}{part}" for part in parts_of(command.kind) for name in names_of(command.kind)}
    return replace(taken, words=worded(fields, keys), put_back=put_back(fields))


# -- the form ----------------------------------------------------------------------------------


def form_of(store: GovernanceStore, proposal_id: UUID, kind: ProposalKind) -> ProposalForm:
    district = store.district()
    accepted = store.recommendations(AdviceState.ACCEPTED, queue=steering_key(store))
    return ProposalForm(
        proposal_id=proposal_id,
        kind=kind,
        language=base_of(district.locale),
        choices=choices(district, retired=kind is ProposalKind.RESTORE),
        components=tuple((one.key, one.name) for one in district.components),
        advices=tuple((str(one.id), one.title) for one in accepted),
    )


def choices(district: District, *, retired: bool = False) -> Choices:
    known = goals_of(district.components).values()
    return tuple((one.key, one.title) for one in known if one.retired is retired)


def begun(store: GovernanceStore, command: ShowProposalForm) -> ProposalForm:
    """A new one, with the goal that it begins with."""
    form = form_of(store, command.proposal_id, command.kind)
    goal = goals_of(store.district().components).get(command.goal)
    if goal is None:
        return form
    adapts = command.kind is ProposalKind.ADAPT
    words = _typed_of("", _words_of(goal), form.language) if adapts else {}
    return replace(form, goals=(goal.key,), words=words)


def as_kept(form: ProposalForm, draft: Proposal) -> ProposalForm:
    parts = zip(parts_of(draft.kind), draft.words, strict=False)
    words: dict[str, str] = {}
    for part, said in parts:
        words |= _typed_of(part, said, form.language)
    return replace(
        form,
        goals=tuple(one.key for one in draft.goals if one.key != draft.into),
        stays=draft.into,
        measured=str(draft.measured),
        component=draft.component,
        advice=str(draft.advice) if draft.advice else "",
        reason=draft.reason,
        words=words,
    )


def _words_of(goal: Goal) -> GoalWords:
    return GoalWords(title=goal.title, description=goal.description, why=goal.why)


def _typed_of(part: str, said: GoalWords, own: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in LIMITS:
        found |= typed_of(f"{name}{part}", getattr(said, name), own)
    return found


# -- what fits ---------------------------------------------------------------------------------


def typed_in(form: ProposalForm) -> tuple[dict[str, str], dict[str, Unfit]]:
    """Each text, cleaned; and what does not fit of the form."""
    said: dict[str, str] = {}
    unfit: dict[str, Unfit] = {}
    for part in parts_of(form.kind):
        for name in names_of(form.kind):
            for tag in ("", *(f".{one}" for one in others_than(form.language))):
                key = f"{name}{part}{tag}"
                said[key], too_long = typed(form.words.get(key, ""), LIMITS[name])
                if too_long:
                    unfit[key] = too_long
    said["reason"], too_long = typed(form.reason, LONGEST_REASON)
    if too_long:
        unfit["reason"] = too_long
    elif not said["reason"]:
        unfit["reason"] = Unfit(why="Say why.")
    unfit |= _lacking(form, said) | _unfit_choices(form)
    return said, unfit


def _lacking(form: ProposalForm, said: Mapping[str, str]) -> dict[str, Unfit]:
    """New goals need a title, and a translation needs its original."""
    unfit: dict[str, Unfit] = {}
    for part in parts_of(form.kind):
        own = {name: said[f"{name}{part}"] for name in names_of(form.kind)}
        if not own["title"] and (part in ("1", "2") or (any(own.values()) and part == "3")):
            unfit[f"title{part}"] = Unfit(why=FILL_IN)
        for name, words in own.items():
            if not words and any(said[f"{name}{part}.{one}"] for one in others_than(form.language)):
                unfit[f"{name}{part}"] = Unfit(why=FILL_IN)
    new = form.kind is ProposalKind.ADOPT or (form.kind is ProposalKind.MERGE and not form.stays)
    if new and not said["title"]:
        unfit["title"] = Unfit(why="Name the new goal.")
    if form.kind is ProposalKind.ADAPT and not any(said[name] for name in LIMITS):
        unfit["title"] = Unfit(why="Change at least one of the texts.")
    return unfit


def _unfit_choices(form: ProposalForm) -> dict[str, Unfit]:
    unfit: dict[str, Unfit] = {}
    known = {key for key, _ in form.choices}
    named = {*form.goals, *((form.stays,) if form.stays else ())}
    if form.kind is ProposalKind.ADOPT:
        if form.component not in {key for key, _ in form.components}:
            unfit["component"] = Unfit(why=FROM_THE_LIST)
    elif not set(form.goals) <= known:
        unfit["goals"] = Unfit(why=_GONE)
    elif not form.goals:
        unfit["goals"] = Unfit(why="Choose a goal.")
    elif form.kind is ProposalKind.MERGE and len(named) < 2:
        unfit["goals"] = Unfit(why="Choose at least two goals.")
    elif len(named) > MOST_GOALS:
        unfit["goals"] = Unfit(why="Choose at most {n} goals.", values={"n": MOST_GOALS})
    if form.kind is ProposalKind.SPLIT:
        made = [part for part in parts_of(form.kind) if form.words.get(f"title{part}", "").strip()]
        if form.measured not in (NO_PART, *made):
            unfit["measured"] = Unfit(why="Choose one of the new goals.")
    if form.stays and form.stays not in known:
        unfit["stays"] = Unfit(why=_GONE)
    if form.advice and form.advice not in {key for key, _ in form.advices}:
        unfit["advice"] = Unfit(why=FROM_THE_LIST)
    return unfit


def unchanged(store: GovernanceStore, form: ProposalForm, words: Sequence[GoalWords]) -> bool:
    """Whether a goal would read as it does today."""
    if form.kind is not ProposalKind.ADAPT:
        return False
    goal = goals_of(store.district().components)[form.goals[0]]
    return all(
        not getattr(one, name).default or getattr(one, name) == getattr(goal, name)
        for one in words
        for name in LIMITS
    )


# -- what is kept ------------------------------------------------------------------------------


def words_from(
    store: GovernanceStore, form: ProposalForm, kept: Mapping[str, str]
) -> tuple[GoalWords, ...]:
    """The texts as they are kept. Where a text stays as it is and its translations were not asked
    for (in chat), those stay, too."""
    goals = goals_of(store.district().components)
    adapted = form.goals[0] if form.kind is ProposalKind.ADAPT else form.stays
    there = goals.get(adapted) if adapted else None
    found = []
    for part in parts_of(form.kind):
        names = names_of(form.kind)
        if part == "3" and not kept[f"title{part}"]:
            continue
        texts = {
            name: _text(form, kept, f"{name}{part}", getattr(there, name, None)) for name in names
        }
        found.append(GoalWords(**texts))
    return tuple(found)


def _text(form: ProposalForm, kept: Mapping[str, str], key: str, there: Text | None) -> Text:
    default = kept[key]
    if not default:
        return NO_WORDS
    given = {tag: said for tag in others_than(form.language) if (said := kept[f"{key}.{tag}"])}
    asked = any(f"{key}.{tag}" in form.words for tag in others_than(form.language))
    if there is not None and there.default == default and not asked:
        return there
    return Text(default=default, translations=given, language=form.language)


def bound_goals(store: GovernanceStore, form: ProposalForm) -> tuple[Bound, ...]:
    """In their versions of today."""
    known = goals_of(store.district().components)
    keys = dict.fromkeys((*form.goals, *((form.stays,) if form.stays else ())))
    chosen = () if form.kind is ProposalKind.ADOPT else keys
    return tuple(Bound(kind=BoundKind.GOAL, key=key, version=known[key].version) for key in chosen)
