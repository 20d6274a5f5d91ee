"""``district load`` and ``people import``: show a difference, apply it by key, lose nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import partial
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from bot.files.announcement_yaml import AnnouncementDraft
from bot.files.district import LoadedDistrict
from bot.rosters.taking_in import Comparison, compare_roster, write_roster
from governance.announcements.model import Announcement, AnnouncementState
from governance.committees.model import TRIAGE, District
from governance.docket.dating import redate
from governance.feedback.handlers import enter
from governance.feedback.model import COMMITTEE_RETIRED
from governance.goals.model import Goal, PlanStep
from governance.goals.stepping import (
    goals_of,
    keeping,
    keeping_indicators,
    next_versions,
    steps_between,
)
from governance.ports import Move
from governance.series import jobs as repeating
from storage.district import duties_of
from storage.importing import RosterChange
from storage.store import Store
from storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One line of a diff: ``sign`` is + (new), ~ (changed), - (retired) or ! (kept as it is)."""

    sign: str
    what: str

    def __str__(self) -> str:
        return f"{self.sign} {self.what}"


async def load(
    store: Store,
    loaded: LoadedDistrict,
    now: datetime,
    *,
    apply: bool,
    overwrite: bool = False,
    confirmed: bool = True,
) -> list[Difference]:
    """Compare a district's files with what is loaded, and apply by key.

    Absent means retired; a changed goal becomes a new version; open waves keep their copy; open
    items of a retired committee go to triage; a draft edited here is kept unless ``overwrite``.
    People come first, in parts (``bot.rosters.taking_in``), and everything else in one transaction
    after them, so that whoever has a duty in the files is on the roster. ``TooManyLeaveError``
    where a fifth of the people would leave, unless ``confirmed``; ``EndedEarlyError`` where it
    ended before all people were written, and then nothing else of the files was loaded.
    """

    def compare(tx: Transaction) -> tuple[Comparison | None, list[Difference]]:
        old = tx.loaded_district()
        district = _with_versions(tx, loaded, overwrite=overwrite)
        people = None
        if loaded.roster is not None:
            people = compare_roster(tx, loaded.roster, district, apply=apply, confirmed=confirmed)
        return people, [
            *_settings_differences(old, district),
            *(_roster_differences(people.change) if people else ()),
            *_committee_differences(old, district),
            *_goal_differences(tx, district, loaded, overwrite=overwrite),
            *_survey_differences(tx, loaded, overwrite=overwrite),
            *_draft_differences(tx, loaded, overwrite=overwrite),
        ]

    people, differences = await store.read(compare)
    if apply:
        if people is not None:
            await write_roster(store, people, now)
        await store.write(partial(_put, loaded=loaded, now=now, overwrite=overwrite))
    return differences


def _put(tx: Transaction, *, loaded: LoadedDistrict, now: datetime, overwrite: bool) -> None:
    """Everything but the people."""
    old, before = tx.loaded_district(), tx.district_loaded_at()
    district = _with_versions(tx, loaded, overwrite=overwrite)
    examples = "".join(path.read_text(encoding="utf-8") for path in loaded.examples)
    tx.put_district(district, examples, now)
    _put_plan_steps(tx, old, before or now, district, now)
    if old is not None and old.calendar != district.calendar:
        tx.look_again_at_held(now)
    if old is not None:
        repeating.plan_all(tx, now)  # holidays were added, or taken out
    tx.assign_duties(duties_of(district))
    tx.put_surveys(loaded.surveys, () if overwrite else _kept_on_web(tx, loaded))
    for draft in loaded.announcements:
        _put_draft(tx, draft, overwrite=overwrite)
    _triage_retired(tx, old, district, now)
    for committee in district.committees:
        redate(tx, committee)
    tx.audit(None, "district loaded", None, now)


# -- what is different -------------------------------------------------------------------------

_SETTINGS = (
    "name",
    "timezone",
    "locale",
    "accent",
    "platform",
    "student_email_domains",
    "contacts",
    "triage_channels",
    "buildings",
    "calendar",
    "asking_limit",
    "records_schedule",
    "results",
    "rules",
    "roster",
    "pages",
    "plan",
)


def _settings_differences(old: District | None, new: District) -> Iterator[Difference]:
    """The district's own settings, and who holds which office."""
    if old is None:
        yield Difference(sign="+", what=f"district {new.key}: {new.name}")
    else:
        for field in _SETTINGS:
            if getattr(old, field) != getattr(new, field):
                yield Difference(sign="~", what=f"district: {field.replace('_', ' ')}")
    before = {officer.office: officer for officer in old.officers} if old else {}
    for officer in new.officers:
        known = before.pop(officer.office, None)
        if known != officer:
            sign = "~" if known else "+"
            yield Difference(sign=sign, what=f"office {officer.office}: {officer.person}")
    for office in before:
        yield Difference(sign="-", what=f"office {office}: nobody holds it")


def _roster_differences(change: RosterChange) -> Iterator[Difference]:
    for sign, count, became in (
        ("+", change.added, "added"),
        ("~", change.changed, "changed"),
        ("-", change.left, "left"),
    ):
        if count:
            yield Difference(sign=sign, what=f"people: {count} {became}")


def _committee_differences(old: District | None, new: District) -> Iterator[Difference]:
    before = {c.key: c for c in old.committees} if old else {}
    for committee in new.committees:
        known = before.pop(committee.key, None)
        if known is None:
            yield Difference(sign="+", what=f"committee {committee.key}: {committee.name}")
        elif known != committee:
            yield Difference(sign="~", what=f"committee {committee.key}: {committee.name}")
    for gone in before.values():
        what = f"committee {gone.key}: retired; its open items go to triage"
        yield Difference(sign="-", what=what)


def _goal_differences(
    tx: Transaction, new: District, loaded: LoadedDistrict, *, overwrite: bool
) -> Iterator[Difference]:
    old = tx.loaded_district()
    before = goals_of(old.components if old else ())
    in_files = goals_of(loaded.district.components)
    there = {one.key for one in loaded.district.components}
    stay = {one.key for one in new.components} - there
    for one in old.components if old else ():
        if one.key in stay and any(not goal.retired for goal in one.goals):
            what = f"component {one.key} is not in the files and stays for the record"
            yield Difference(sign="!", what=what)
    kept = set() if overwrite else _decided_on_web(tx)
    for key, goal in goals_of(new.components).items():
        known = before.get(key)
        yield from _kept_indicators(goal, in_files.get(key))
        if key in kept and in_files.get(key) != goal:
            what = f"goal {key} was changed on the web and is kept (--overwrite)"
            yield Difference(sign="!", what=what)
            if known is not None and known.indicators != goal.indicators:
                yield Difference(sign="~", what=f"goal {key}: indicators")
        elif known is None:
            yield Difference(sign="+", what=f"goal {key}: {goal.title.default}")
        elif goal.retired and not known.retired:
            yield Difference(sign="-", what=f"goal {key}: retired")
        elif goal != known:
            what = f"goal {key}: version {goal.version}, {goal.title.default}"
            yield Difference(sign="~", what=what)


def _kept_indicators(goal: Goal, in_files: Goal | None) -> Iterator[Difference]:
    """Indicators that were entered or changed on the web, where the files say something else."""
    theirs = {one.key: one for one in in_files.indicators} if in_files else {}
    for one in goal.indicators:
        if one.by_web and replace(one, by_web=False, came_from="") != theirs.get(one.key):
            what = f"goal {goal.key}: indicator {one.key} was entered on the web and is kept"
            yield Difference(sign="!", what=f"{what} (--overwrite)")


def _with_versions(tx: Transaction, loaded: LoadedDistrict, *, overwrite: bool) -> District:
    """The files' district with its goals' versions counted. What was decided on the web stays."""
    old = tx.loaded_district()
    before = old.components if old else ()
    kept = set() if overwrite else _decided_on_web(tx)
    components = keeping(before, loaded.district.components, kept)
    if not overwrite:
        components = keeping_indicators(before, components)
    return replace(loaded.district, components=next_versions(before, components))


def _decided_on_web(tx: Transaction) -> set[str]:
    """Goals whose last step followed from a proposal."""
    last = {step.goal.key: step for step in tx.plan_steps()}
    return {key for key, step in last.items() if step.proposal is not None}


def _put_plan_steps(
    tx: Transaction, old: District | None, loaded_at: datetime, new: District, now: datetime
) -> None:
    """The history begins with what was loaded before there was one, at that time. A step stands at
    the day on which it was decided, where the files say so and nothing came after it."""
    before = old.components if old else ()
    known = {step.goal.key for step in tx.plan_steps()}
    first = [step for step in steps_between((), before, loaded_at) if step.goal.key not in known]
    new_steps = steps_between(before, new.components, now)
    tx.add_plan_steps([*first, *(_when_decided(tx, one, first) for one in new_steps)])


def _when_decided(tx: Transaction, step: PlanStep, first: Sequence[PlanStep]) -> PlanStep:
    day = step.goal.decided_on
    if day is None:
        return step
    at = datetime.combine(day, time(12), ZoneInfo(tx.district().timezone)).astimezone(UTC)
    own = (one for one in first if one.goal.key == step.goal.key)
    known = [*tx.plan_steps(step.goal.key), *own]
    late = at > step.at or any(one.at >= at for one in known)
    return step if late else replace(step, at=at)


def _kept_on_web(tx: Transaction, loaded: LoadedDistrict) -> set[str]:
    """Keys of surveys that were written or changed on the web, and are not in the files so."""
    in_files = {survey.key: survey for survey in loaded.surveys}
    return {
        survey.key
        for survey in tx.ready_surveys()
        if survey.key in tx.written_on_web() and in_files.get(survey.key) != survey
    }


def _survey_differences(
    tx: Transaction, loaded: LoadedDistrict, *, overwrite: bool
) -> Iterator[Difference]:
    kept = _kept_on_web(tx, loaded)
    before = {survey.key: survey for survey in tx.ready_surveys()}
    for survey in loaded.surveys:
        known = before.pop(survey.key, None)
        if survey.key in kept and not overwrite:
            what = f"survey {survey.key} was edited on the web and is kept (--overwrite)"
            yield Difference(sign="!", what=what)
        elif known is None:
            yield Difference(sign="+", what=f"survey {survey.key}")
        elif known != survey:
            yield Difference(sign="~", what=f"survey {survey.key}; waves keep their copy")
    for key in before:
        if key in kept and not overwrite:
            what = f"survey {key} was written on the web and is kept (--overwrite retires it)"
            yield Difference(sign="!", what=what)
        else:
            yield Difference(sign="-", what=f"survey {key}: retired")


def _draft_differences(
    tx: Transaction, loaded: LoadedDistrict, *, overwrite: bool
) -> Iterator[Difference]:
    for draft in loaded.announcements:
        known = tx.announcement_by_key(draft.key)
        if known is None:
            yield Difference(sign="+", what=f"announcement {draft.key} (draft)")
        elif _same(known, draft):
            continue
        elif known.state is not AnnouncementState.DRAFT:
            yield Difference(sign="!", what=f"announcement {draft.key} was sent; it stays as it is")
        elif known.written_by is not None and not overwrite:
            what = f"announcement {draft.key} was edited on the web and is kept (--overwrite)"
            yield Difference(sign="!", what=what)
        else:
            yield Difference(sign="~", what=f"announcement {draft.key} (draft)")


def _same(known: Announcement, draft: AnnouncementDraft) -> bool:
    parts = ("change", "audience", "acknowledge", "due", "joiners_until", "question")
    return all(getattr(known, one) == getattr(draft, one) for one in parts)


def _put_draft(tx: Transaction, draft: AnnouncementDraft, *, overwrite: bool) -> None:
    known = tx.announcement_by_key(draft.key)
    if known is not None and (
        known.state is not AnnouncementState.DRAFT
        or (known.written_by is not None and not overwrite)
    ):
        return
    tx.put_announcement(
        Announcement(
            id=known.id if known else uuid5(NAMESPACE_URL, f"announcement/{draft.key}"),
            key=draft.key,
            change=draft.change,
            audience=draft.audience,
            written_by=None,
            acknowledge=draft.acknowledge,
            due=draft.due,
            joiners_until=draft.joiners_until,
            question=draft.question,
        )
    )


def _triage_retired(tx: Transaction, old: District | None, new: District, now: datetime) -> None:
    """Open items of a committee that is no more are not lost: triage gets them."""
    kept = {committee.key for committee in new.committees}
    for gone in (c for c in (old.committees if old else ()) if c.key not in kept):
        for item in tx.open_items_in(gone.key):
            why = COMMITTEE_RETIRED
            step = Move(came_from=gone.key, went_to=TRIAGE, why=why, by=None, at=now)
            tx.add_move(item.id, step)
            enter(tx, replace(item, moves=item.moves + 1), TRIAGE, now)
