"""The library of IT rules: all that a reader may see, what speaks of something, two versions beside
one another, and what anybody may read where the district publishes its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from governance import links
from governance.access import NOBODY, Actor, anybody, refusal
from governance.chat.shortcuts import Shortcut
from governance.committees.model import Office
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE
from governance.rules.asking import shown_section
from governance.rules.commands import (
    CompareVersions,
    ReadInPublic,
    ShowComments,
    ShowRule,
    ShowRules,
)
from governance.rules.comments import comments_view
from governance.rules.handlers import may_read, may_see, view, works_on_rule
from governance.rules.messages import (
    CommentsView,
    FoundSection,
    RuleDate,
    RuleRow,
    RulesView,
    RuleView,
    Versions,
)
from governance.rules.model import ENDED, Rule, RuleState, RuleStep, Step, Version, number_key
from governance.rules.searching import Found, Meant, find_sections
from governance.rules.text import Section

LONGEST_QUERY = 200
"""Characters of what is looked for; the rest is cut off."""

_TOLD_IN_PUBLIC = (
    RuleStep.RATIFIED,
    RuleStep.PUBLISHED,
    RuleStep.REVIEWED,
    RuleStep.SUPERSEDED,
    RuleStep.RETIRED,
)


# -- the library -------------------------------------------------------------------------------


def show(store: GovernanceStore, actor: Actor, command: ShowRules) -> RulesView:
    rules = [one for one in store.rules() if may_read(actor, one)]
    query = command.query[:LONGEST_QUERY].strip()
    owners = {one.key: one.name for one in store.district().committees}
    dates = [found for one in rules for found in _dates(store, actor, one)] if command.dates else []
    older = _last_shown(store, actor, rules)
    return RulesView(
        rows=tuple(_row(actor, one, older.get(one.id), owners) for one in rules),
        query=query,
        writes=Office.ISO in actor.standing.offices,
        counts=bool(actor.standing.offices & {Office.ISO, Office.CTO}),
        found=tuple(_found(store, actor, rules, query, command.meant)) if query else (),
        dates=tuple(sorted(dates, key=lambda one: one.at, reverse=True)),
    )


def _row(actor: Actor, rule: Rule, older: Version | None, owners: Mapping[str, str]) -> RuleRow:
    """``older``: what its reader is shown in place of a version that they may not see."""
    newest = may_see(actor, rule, rule.version)
    return RuleRow(
        rule_id=rule.id,
        kind=rule.kind,
        number=rule.number,
        title=older.title if older else rule.title,
        state=rule.state if newest else RuleState.PUBLISHED,
        holds=rule.holds is not None and rule.state not in ENDED,
        effective=rule.effective,
        comments_end=rule.comments_end,
        owner=owners.get(rule.committee, ""),
        review=rule.review,
    )


def _last_shown(
    store: GovernanceStore, actor: Actor, rules: Sequence[Rule]
) -> Mapping[UUID, Version]:
    """Of rules whose newest version the reader may not see: what holds, else the newest version
    that they may see."""
    numbers = {
        one.id: one.holds or max(one.shown, default=0)
        for one in rules
        if not may_see(actor, one, one.version)
    }
    return store.versions_of((key, number) for key, number in numbers.items() if number)


def _shown(store: GovernanceStore, actor: Actor, rules: Sequence[Rule]) -> Iterator[Version]:
    """Of each rule what holds, and the newest version that the reader may see."""
    holding = store.versions_of((one.id, one.holds) for one in rules if one.holds)
    newest = store.versions_of(
        (one.id, one.version)
        for one in rules
        if one.version and one.version != one.holds and may_see(actor, one, one.version)
    )
    for one in rules:
        yield from (found[one.id] for found in (holding, newest) if one.id in found)


def _found(
    store: GovernanceStore, actor: Actor, rules: list[Rule], query: str, vector: bytes | None
) -> Iterator[FoundSection]:
    """A rule by its number; else the sections that speak of it, the best first."""
    numbers = {one.id: one.number for one in rules}
    holds = {one.id: one.holds for one in rules}
    named = [one for one in rules if number_key(one.number) == number_key(query)]
    read = list(_shown(store, actor, named or rules))
    if named:
        whole = Section(number=0, heading="", body="")
        found = [
            Found(version=one, section=whole, language=one.language, score=0.0) for one in read
        ]
    else:
        meant = Meant(vector=vector, sections=store.rule_meanings()) if vector else None
        found = find_sections(query, read, meant)
    for one in found:
        rule = one.version.rule_id
        yield shown_section(one, numbers[rule], draft=one.version.number != holds[rule])


def _dates(store: GovernanceStore, actor: Actor, rule: Rule) -> Iterator[RuleDate]:
    standing: dict[tuple[int, RuleStep], tuple[Step, date | None]] = {}
    for one in store.rule_steps(rule.id):  # in their order: what came later counts
        opened = (one.version, RuleStep.OPENED)
        if one.step in (RuleStep.OPENED, RuleStep.PUBLISHED):
            standing[one.version, one.step] = one, one.day
        elif one.step is RuleStep.EXTENDED and opened in standing:
            standing[opened] = standing[opened][0], one.day
        elif one.step is RuleStep.WITHDRAWN:
            standing.pop(opened, None)
    for one, day in standing.values():
        version = store.rule_version(rule.id, one.version)
        if version is not None and day is not None and may_see(actor, rule, one.version):
            yield RuleDate(
                rule_id=rule.id,
                number=rule.number,
                title=version.title,
                version=one.version,
                step=one.step,
                at=one.at,
                day=day,
            )
    if rule.review and rule.in_force and rule.state not in ENDED and works_on_rule(actor, rule):
        zone = ZoneInfo(store.district().timezone)
        yield RuleDate(
            rule_id=rule.id,
            number=rule.number,
            title=rule.title,
            version=rule.in_force,
            step=RuleStep.REVIEW_DUE,
            at=datetime.combine(rule.review, time(), zone),
            day=rule.review,
        )


# -- two versions ------------------------------------------------------------------------------


def compare(store: GovernanceStore, actor: Actor, command: CompareVersions) -> Versions | Refused:
    rule = store.rule(command.rule_id)
    if rule is None:
        return refusal(NOT_HERE)
    old, new = (
        store.rule_version(rule.id, number) if may_see(actor, rule, number) else None
        for number in (command.old, command.new)
    )
    if old is None or new is None:
        return refusal(NOT_HERE)
    return Versions(rule=replace(rule, draft=None), old=old, new=new)


def _may_compare(actor: Actor, command: CompareVersions, store: GovernanceStore) -> Refused | None:
    rule = store.rule(command.rule_id)
    return None if rule is not None and may_read(actor, rule) else refusal(NOT_HERE)


# -- without signing in ------------------------------------------------------------------------


def _is_public(_: Actor, __: ReadInPublic, store: GovernanceStore) -> Refused | None:
    return None if store.district().rules.public else refusal(NOT_HERE)


def read_in_public(
    store: GovernanceStore, actor: Actor, command: ReadInPublic, now: datetime
) -> RulesView | RuleView | Versions | CommentsView | Refused:
    """What was published, as if nothing were being worked on, and without anybody's name."""
    asked = command.shown
    if isinstance(asked, ShowRules):
        return _public_library(store, actor, asked)
    rule_id = getattr(asked, "rule_id", None)
    rule = store.rule(rule_id) if rule_id else None
    if rule is None or not (public := _public(store, rule)):
        return refusal(NOT_HERE)
    if isinstance(asked, ShowRule) and (not asked.version or asked.version in public):
        return _public_rule(store, actor, rule, now, asked.version or max(public), public)
    if isinstance(asked, CompareVersions) and {asked.old, asked.new} <= public:
        return compare(store, actor, asked)
    if isinstance(asked, ShowComments) and 0 < asked.version <= max(public):
        return comments_view(store, actor, _as_published(rule), asked)
    return refusal(NOT_HERE)


def _public(store: GovernanceStore, rule: Rule) -> set[int]:
    """The versions that were approved."""
    return _published(store.rule_steps(rule.id))


def _published(steps: Iterable[Step]) -> set[int]:
    return {one.version for one in steps if one.step is RuleStep.PUBLISHED}


def _as_published(rule: Rule) -> Rule:
    """Nothing of what is being worked on."""
    return replace(
        rule,
        state=rule.state if rule.state in ENDED else RuleState.PUBLISHED,
        version=rule.in_force or 0,
        draft=None,
        interim=None,
        comments_end=None,
        why=rule.why if rule.state in ENDED else "",
    )


def _public_library(store: GovernanceStore, actor: Actor, asked: ShowRules) -> RulesView:
    seen = show(store, actor, asked)
    taken = store.steps_of_rules([one.rule_id for one in seen.rows])
    published = {one.id: one for one in store.rules() if _published(taken.get(one.id, ()))}
    in_force = {key: one.in_force for key, one in published.items()}
    versions = store.versions_of((key, number) for key, number in in_force.items() if number)
    titles = {key: version.title for key, version in versions.items()}
    return replace(
        seen,
        rows=tuple(
            replace(
                one,
                title=titles[one.rule_id],
                state=_as_published(published[one.rule_id]).state,
                comments_end=None,
            )
            for one in seen.rows
            if one.rule_id in titles
        ),
        found=tuple(one for one in seen.found if in_force.get(one.rule_id) == one.version),
        dates=tuple(one for one in seen.dates if one.step is RuleStep.PUBLISHED),
    )


def _public_rule(
    store: GovernanceStore, actor: Actor, rule: Rule, now: datetime, number: int, public: set[int]
) -> RuleView:
    seen = view(store, actor, _as_published(rule), now, number)
    return replace(
        seen,
        versions=tuple(one for one in seen.versions if one.number in public),
        owner="",
        steps=tuple(
            (one, "")
            for one, _ in seen.steps
            if one.step in _TOLD_IN_PUBLIC and one.version in public
        ),
        exemptions=(),
        may_comment=False,
    )


OPERATIONS: Operations = (
    Operation(
        command=ShowRules,
        run=lambda store, actor, command, _: show(store, actor, command),
        may=anybody,
        reads=True,
        button="rules",
    ),
    Operation(
        command=CompareVersions,
        run=lambda store, actor, command, _: compare(store, actor, command),
        may=_may_compare,
        reads=True,
    ),
    Operation(command=ReadInPublic, run=read_in_public, may=_is_public, by=NOBODY, reads=True),
)

SHORTCUTS = (
    Shortcut(
        command=ShowRules(),
        label=lambda words: words.say("IT rules"),
        typed=lambda words: words.say("rules"),
        words=("rules", "the rules", "it rules", "regulations", "reglas", "las reglas", "normas"),
        path=links.rules(""),
    ),
)
