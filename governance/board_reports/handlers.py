"""Board reports: begun, written, looked at and issued by the CTO's office; read by all staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from core.forms import FROM_THE_LIST, Opening
from core.people import Audience
from core.text import Text
from governance import links
from governance.access import NOBODY, Actor, anybody, office, refusal
from governance.announcements.approvals import second_person_for_public
from governance.announcements.handlers import drafted
from governance.announcements.model import Announcement, AnnouncementState
from governance.board_reports import forms
from governance.board_reports.announcing import you_said
from governance.board_reports.commands import (
    ChoosePeriod,
    CorrectReport,
    DiscardReport,
    DraftYouSaid,
    IssueReport,
    PublishReport,
    ReadReportInPublic,
    ShowReport,
    ShowReports,
    ShowReportWords,
    ShowStories,
    WriteReportWords,
    WriteStories,
)
from governance.board_reports.gathering import closed_in, gather, sources
from governance.board_reports.messages import (
    Missing,
    ReportRow,
    ReportsView,
    ReportView,
    ReportWordsForm,
    StoriesForm,
)
from governance.board_reports.model import (
    LONGEST_HEADLINE,
    LONGEST_INTRO,
    LONGEST_NOTE,
    LONGEST_STORY,
    STORIES,
    BoardReport,
    Gathered,
    Issued,
    ReportWords,
    Section,
    Story,
)
from governance.board_reports.periods import Period, Preset, presets, unfit_period
from governance.chat.shortcuts import Shortcut
from governance.filling import put_back, worded
from governance.forms.messages import FormView, again
from governance.messages import AnnouncementDrafted, Refused
from governance.operations import Fields, Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import NOT_HERE
from governance.school_days import calendar, today
from governance.second_person.model import Act, Shown
from governance.second_tabs import says_another, settled
from governance.typed import typed
from surveys.encoding import encode
from surveys.questions import Unfit

ISSUED = "This report was issued, and stays as it is. Issue a new edition to correct it."
REPLACED = "A newer edition replaces this report. Correct that one."
NOT_ISSUED = "This report is still a draft. Issue it first."
ONE_ALREADY = "There is already a report about these days. Correct it in a new edition."


# -- reading -----------------------------------------------------------------------------------


def show_all(store: GovernanceStore, *, writes: bool, public: bool = False) -> ReportsView:
    every = store.board_reports()
    issued = {one.corrects for one in every if one.issued}
    rows = [
        ReportRow(
            report_id=one.id,
            period=one.period,
            edition=one.edition,
            issued_at=one.issued.at if one.issued else None,
            headline=one.words.headline,
            language=one.words.language,
            public=one.public_at is not None,
            replaced=one.id in issued,
        )
        for one in every
        if (writes or one.issued) and (not public or (one.issued and one.public_at))
    ]
    return ReportsView(district=store.district().name, rows=tuple(rows), writes=writes)


def show(
    store: GovernanceStore, actor: Actor, command: ShowReport, now: datetime
) -> ReportView | Refused:
    found = store.board_report(command.report_id)
    writer = actor if actor.cto else None
    return refusal(NOT_HERE) if found is None else view(store, found, now, writer=writer)


def view(
    store: GovernanceStore, found: BoardReport, now: datetime, *, writer: Actor | None
) -> ReportView:
    """``writer``: who may change it, where its reader may."""
    kept = found.issued or _as_issued(store, found, now)
    newer = store.correction_of(found.id)
    second = None
    if writer is not None and found.issued is not None and found.public_at is None:
        second = second_person_for_public(store, writer.person_id)
    return ReportView(
        report_id=found.id,
        period=kept.period,
        edition=kept.edition,
        correction=kept.correction,
        words=kept.words,
        figures=kept.figures,
        as_of=kept.at,
        draft=found.issued is None,
        writes=writer is not None,
        second=second,
        public=found.public_at is not None,
        newer=newer.id if newer and newer.issued else None,
        announced=found.announcement is not None,
        seen="" if found.issued else _digest(kept),
        missing=() if found.issued else _missing(kept),
    )


def _as_issued(store: GovernanceStore, draft: BoardReport, now: datetime) -> Issued:
    """With the stories whose source is still there."""
    told = gathered(store, draft.period, now)
    there = {one.token for one in told.sources}
    stories = tuple(one for one in draft.words.stories if one.source in there)
    return Issued(
        period=draft.period,
        edition=draft.edition,
        correction=draft.correction,
        words=replace(draft.words, stories=stories),
        figures=told.figures,
        at=now,
    )


def gathered(store: GovernanceStore, period: Period, now: datetime) -> Gathered:
    """What a report on a period tells: gathered ahead, or now."""
    return store.gathered_ahead(period) or Gathered(
        figures=gather(store, period, now), sources=sources(store, period)
    )


def chosen_period(store: GovernanceStore, command: ChoosePeriod, day: date) -> Period | None:
    """The days that were chosen; None: no such choice, or a day is missing."""
    if command.preset is not Preset.OWN:
        return presets(calendar(store), day).get(command.preset) if command.preset else None
    if command.first is None or command.last is None:
        return None
    return Period(first=command.first, last=command.last)


def _digest(kept: Issued) -> str:
    """Of all that is shown."""
    shown = encode(Issued, replace(kept, at=datetime.min.replace(tzinfo=UTC)))
    return sha256(shown.encode()).hexdigest()[:16]


def _missing(kept: Issued) -> tuple[tuple[Missing, int], ...]:
    figures = kept.figures
    goals = [goal for component in figures.components for goal in component.goals]
    indicators = [one for goal in goals for one in goal.indicators]
    unread = sum(one.value is None for one in indicators)
    open_ = sum(one.goals is None for ranking in figures.rankings for one in ranking.told)
    found = {
        Missing.GOALS: not goals,
        Missing.VISION: figures.vision is None,
        Missing.READINGS: bool(goals) and (not indicators or bool(unread)),
        Missing.SURVEYS: not figures.surveys,
        Missing.ALIGNMENT: bool(open_),
        Missing.HEARD: figures.heard.received is None,
        Missing.STORIES: len(kept.words.stories) < STORIES,
    }
    counts = {
        Missing.READINGS: unread,
        Missing.ALIGNMENT: open_,
        Missing.STORIES: STORIES - len(kept.words.stories),
    }
    return tuple((key, counts.get(key, 0)) for key, lacks in found.items() if lacks)


def read_in_public(
    store: GovernanceStore, command: ReadReportInPublic, now: datetime
) -> ReportsView | ReportView | Refused:
    """What the CTO's office put on the public page."""
    if command.report_id is None:
        return show_all(store, writes=False, public=True)
    found = store.board_report(command.report_id)
    if found is None:
        return refusal(NOT_HERE)
    seen = view(store, found, now, writer=None)
    newer = store.board_report(seen.newer) if seen.newer else None
    there = newer is not None and newer.public_at is not None
    return replace(seen, announced=False, newer=seen.newer if there else None)


# -- the period --------------------------------------------------------------------------------


def open_period(
    store: GovernanceStore, _: Actor, command: ChoosePeriod, now: datetime
) -> Opening | Refused:
    found = store.board_report(command.report_id) if command.report_id else None
    if found is not None and found.issued is not None:
        return refusal(ISSUED)
    return forms.period(found, presets(calendar(store), today(store, now)))


def unfit_choice(
    store: GovernanceStore, _: Actor, command: ChoosePeriod, now: datetime
) -> Mapping[str, Unfit]:
    """Why a report cannot be about the days that were chosen."""
    day = today(store, now)
    chosen = chosen_period(store, command, day)
    if chosen is None and command.preset is Preset.OWN:
        missing = "first" if command.first is None else "last"
        return {missing: Unfit(why="Choose a day.")}
    if chosen is None:
        return {}
    if unfit := unfit_period(chosen, day):
        return unfit
    found = store.board_report(command.report_id) if command.report_id else None
    if found is not None and found.corrects is not None and found.period != chosen:
        why = "A new edition is about the same days. Begin another report for other days."
        return {"last": Unfit(why=why)}
    return {}


def choose_period(
    store: GovernanceStore, actor: Actor, command: ChoosePeriod, now: datetime
) -> ReportView | Refused:
    period = chosen_period(store, command, today(store, now))
    report_id = command.report_id or uuid4()
    found = store.lock_board_report(report_id)
    if period is None:
        return refusal(NOT_HERE)
    if found is not None and found.issued is not None:
        return refusal(ISSUED)
    other = _of_same_days(store, report_id, period)
    if other is not None and (found is None or found.period != period):
        return view(store, other, now, writer=actor)
    draft = BoardReport(
        id=report_id,
        period=period,
        words=ReportWords(language=store.district().locale),
        written_by=actor.person_id,
        written_at=now,
    )
    kept = _kept(store, actor, replace(found or draft, period=period), now)
    return view(store, kept, now, writer=actor)


def _of_same_days(store: GovernanceStore, besides: UUID, period: Period) -> BoardReport | None:
    """Another report, in its newest edition."""
    every = store.board_reports()
    return next((one for one in every if one.period == period and one.id != besides), None)


def _kept(store: GovernanceStore, actor: Actor, draft: BoardReport, now: datetime) -> BoardReport:
    """The draft is stored, and the ledger has whose figures it shows."""
    kept = replace(draft, written_by=actor.person_id, written_at=now)
    store.put_board_report(kept)
    store.audit(actor.person_id, "Board report drafted", kept.id, now)
    _note(store, kept.period, actor.person_id, now)
    return kept


def _note(store: GovernanceStore, period: Period, to: UUID | None, now: datetime) -> None:
    """That released figures of surveys were shown. ``to`` None: to all of the staff."""
    for wave, results in closed_in(store, period):
        told = f"final: district; {results.answered or 0} answers; in a Board report"
        store.note_release(wave.id, to, told, now, once=True)


# -- words -------------------------------------------------------------------------------------


def _draft(store: GovernanceStore, report_id: UUID, *, lock: bool = True) -> BoardReport | Refused:
    found = store.lock_board_report(report_id) if lock else store.board_report(report_id)
    if found is None:
        return refusal(NOT_HERE)
    return found if found.issued is None else refusal(ISSUED)


def show_words(store: GovernanceStore, command: ShowReportWords) -> ReportWordsForm | Refused:
    draft = _draft(store, command.report_id, lock=False)
    if isinstance(draft, Refused):
        return draft
    words = draft.words
    told = {"headline": words.headline, "intro": words.intro, **words.notes}
    return ReportWordsForm(report_id=draft.id, period=draft.period, words=told)


def _limits() -> Mapping[str, int]:
    notes = {section.value: LONGEST_NOTE for section in Section}
    return {"headline": LONGEST_HEADLINE, "intro": LONGEST_INTRO, **notes}


def write_words(
    store: GovernanceStore, actor: Actor, command: WriteReportWords, now: datetime
) -> ReportView | ReportWordsForm | Refused:
    """Kept where all of it fits and holds no personal data; else nothing that was typed is lost."""
    draft = _draft(store, command.report_id)
    if isinstance(draft, Refused):
        return draft
    form = ReportWordsForm(report_id=draft.id, period=draft.period, words=command.words)
    said, unfit = _fitted(command.words, _limits())
    if unfit:
        return replace(form, unfit=unfit)
    before = (draft.words.headline, draft.words.intro, *draft.words.notes.values())
    screened = screen(tuple(said.values()), command.put_back, before)
    if screened.doubt:
        return replace(form, doubt=screened.doubt)
    said = dict(zip(said, screened.texts, strict=True))
    words = replace(
        draft.words,
        headline=said.pop("headline"),
        intro=said.pop("intro"),
        notes={key: told for key, told in said.items() if told},
        language=store.district().locale,
    )
    kept = _kept(store, actor, replace(draft, words=words), now)
    note_returned(store, actor.person_id, screened, kept.id, now)
    return view(store, kept, now, writer=actor)


def _fitted(
    words: Mapping[str, str], limits: Mapping[str, int]
) -> tuple[dict[str, str], dict[str, Unfit]]:
    said: dict[str, str] = {}
    unfit: dict[str, Unfit] = {}
    for key, most in limits.items():
        said[key], too_long = typed(words.get(key, ""), most)
        if too_long:
            unfit[key] = too_long
    return said, unfit


def show_stories(store: GovernanceStore, command: ShowStories) -> StoriesForm | Refused:
    draft = _draft(store, command.report_id, lock=False)
    if isinstance(draft, Refused):
        return draft
    told: dict[str, str] = {}
    for n, story in enumerate(draft.words.stories, start=1):
        told |= {f"source_{n}": story.source, f"story_{n}": story.words}
    return _stories_form(store, draft, told)


def _stories_form(
    store: GovernanceStore, draft: BoardReport, words: Mapping[str, str]
) -> StoriesForm:
    ahead = store.gathered_ahead(draft.period)
    return StoriesForm(
        report_id=draft.id,
        period=draft.period,
        sources=ahead.sources if ahead else sources(store, draft.period),
        words=words,
    )


def write_stories(
    store: GovernanceStore, actor: Actor, command: WriteStories, now: datetime
) -> ReportView | StoriesForm | Refused:
    draft = _draft(store, command.report_id)
    if isinstance(draft, Refused):
        return draft
    form = _stories_form(store, draft, command.words)
    places = range(1, STORIES + 1)
    said, unfit = _fitted(command.words, {f"story_{n}": LONGEST_STORY for n in places})
    chosen = [command.words.get(f"source_{n}", "") for n in places]
    there = {one.token for one in form.sources}
    for n, source in zip(places, chosen, strict=True):
        if source and source not in there:
            unfit[f"source_{n}"] = Unfit(why=FROM_THE_LIST)
        elif source and source in chosen[: n - 1]:
            unfit[f"source_{n}"] = Unfit(why="You chose this one already.")
        elif said[f"story_{n}"] and not source:
            unfit[f"source_{n}"] = Unfit(why="Choose what this story is about.")
        elif source and not said[f"story_{n}"] and f"story_{n}" not in unfit:
            unfit[f"story_{n}"] = Unfit(why="Tell it in a sentence or two.")
    if unfit:
        return replace(form, unfit=unfit)
    before = tuple(one.words for one in draft.words.stories)
    screened = screen(tuple(said.values()), command.put_back, before)
    if screened.doubt:
        return replace(form, doubt=screened.doubt)
    stories = tuple(
        Story(source=source, words=told)
        for source, told in zip(chosen, screened.texts, strict=True)
        if source
    )
    words = replace(draft.words, stories=stories, language=store.district().locale)
    kept = _kept(store, actor, replace(draft, words=words), now)
    note_returned(store, actor.person_id, screened, kept.id, now)
    return view(store, kept, now, writer=actor)


# -- issuing -----------------------------------------------------------------------------------


def issue(
    store: GovernanceStore, actor: Actor, command: IssueReport, now: datetime
) -> ReportView | Refused:
    """Pressed twice it is issued once; not where it is not as it was seen. A correction of what is
    public is public at once."""
    found = store.lock_board_report(command.report_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.issued is None:
        issued = _as_issued(store, found, now)
        other = _of_same_days(store, found.id, found.period)
        if found.corrects is None and other is not None and other.issued is not None:
            return refusal(ONE_ALREADY)
        if command.seen != _digest(issued):
            return view(store, found, now, writer=actor)
        before = store.board_report(found.corrects) if found.corrects else None
        if before is not None and before.public_at is not None:
            store.put_board_report(replace(found, public_at=now))
        if store.issue_board_report(found.id, issued, actor.person_id):
            store.audit(
                actor.person_id, f"Board report issued, edition {found.edition}", found.id, now
            )
            _note(store, found.period, None, now)
        found = store.board_report(found.id) or found
    return view(store, found, now, writer=actor)


def discard(
    store: GovernanceStore, actor: Actor, command: DiscardReport, now: datetime
) -> ReportsView | Refused:
    draft = _draft(store, command.report_id)
    if isinstance(draft, Refused):
        return draft
    store.drop_board_report(draft.id)
    store.audit(actor.person_id, "Board report's draft deleted", draft.id, now)
    return show_all(store, writes=True)


def open_correction(
    store: GovernanceStore, actor: Actor, command: CorrectReport, now: datetime
) -> Opening | ReportView | Refused:
    found = store.board_report(command.report_id)
    if found is None or found.issued is None:
        return refusal(NOT_HERE if found is None else NOT_ISSUED)
    newer = store.correction_of(found.id)
    if newer is not None:
        return refusal(REPLACED) if newer.issued else view(store, newer, now, writer=actor)
    return forms.correcting(found.id, found.period)


def correct(
    store: GovernanceStore, actor: Actor, command: CorrectReport, now: datetime
) -> ReportView | FormView | Refused:
    """A new edition as a draft; where there is one already, that one."""
    found = store.lock_board_report(command.report_id)
    if found is None or found.issued is None:
        return refusal(NOT_HERE if found is None else NOT_ISSUED)
    opening = forms.correcting(found.id, found.period)
    newer = store.correction_of(found.id)
    if newer is not None:
        if says_another(command.correction, newer.correction, command.put_back):
            return again(command, opening, unfit={"correction": settled(newer.correction)})
        return refusal(REPLACED) if newer.issued else view(store, newer, now, writer=actor)
    screened = screen((command.correction,), command.put_back)
    if screened.doubt:
        return again(command, opening, doubt=screened.doubt)
    draft = BoardReport(
        id=uuid4(),
        period=found.period,
        edition=found.edition + 1,
        corrects=found.id,
        correction=screened.texts[0],
        words=found.words,
        written_by=actor.person_id,
        written_at=now,
    )
    kept = _kept(store, actor, draft, now)
    note_returned(store, actor.person_id, screened, kept.id, now)
    return view(store, kept, now, writer=actor)


# -- telling -----------------------------------------------------------------------------------


def publish(
    store: GovernanceStore, actor: Actor, command: PublishReport, now: datetime
) -> ReportView | Refused:
    found = store.lock_board_report(command.report_id)
    if found is None or found.issued is None:
        return refusal(NOT_HERE if found is None else NOT_ISSUED)
    if command.public is not (found.public_at is not None):
        if command.public:
            store.need_second_person_for_public("board-report", found.id)
        found = replace(found, public_at=now if command.public else None)
        store.put_board_report(found)
        what = "put on the public page" if command.public else "taken off the public page"
        store.audit(actor.person_id, f"Board report {what}", found.id, now)
    return view(store, found, now, writer=actor)


def _shown(store: GovernanceStore, command: PublishReport, _: datetime) -> Shown | None:
    found = store.board_report(command.report_id)
    if found is None or found.issued is None:
        return None
    words = found.issued.words
    return Shown(
        act=Act.REPORT,
        title=Text(default=words.headline, language=words.language),
        words=(Text(default=words.intro, language=words.language),) if words.intro else (),
        path=links.board_report("", found.id),
        stamp=_digest(found.issued),
    )


def draft_you_said(
    store: GovernanceStore, actor: Actor, command: DraftYouSaid, now: datetime
) -> AnnouncementDrafted | ReportView | Refused:
    """From what was issued, once; after that the draft as it is. What went out is on its own
    page."""
    found = store.lock_board_report(command.report_id)
    if found is None or found.issued is None:
        return refusal(NOT_HERE if found is None else NOT_ISSUED)
    known = store.announcement(found.announcement) if found.announcement else None
    if known is not None and known.state is not AnnouncementState.DRAFT:
        return view(store, found, now, writer=actor)
    if known is None:
        known = Announcement(
            id=uuid4(),
            change=you_said(found.issued, store.district(), found.id),
            audience=Audience(),
            written_by=actor.person_id,
            acknowledge=False,
        )
        store.put_announcement(known)
        store.put_board_report(replace(found, announcement=known.id))
        store.audit(actor.person_id, "You said, we did drafted", found.id, now)
    return drafted(store, actor, known, now)


# -- what can be asked -------------------------------------------------------------------------


def _words_of(command: WriteReportWords, fields: Fields) -> WriteReportWords:
    return replace(command, words=worded(fields, _limits()), put_back=put_back(fields))


def _stories_of(command: WriteStories, fields: Fields) -> WriteStories:
    keys = [f"{part}_{n}" for n in range(1, STORIES + 1) for part in ("source", "story")]
    return replace(command, words=worded(fields, keys), put_back=put_back(fields))


def _reader(actor: Actor, command: ShowReport, store: GovernanceStore) -> Refused | None:
    """Drafts are the CTO's office's; to others it is as if they were not there."""
    found = store.board_report(command.report_id)
    seen = found is not None and (found.issued is not None or actor.cto)
    return None if seen else refusal(NOT_HERE)


def _is_public(_: Actor, command: ReadReportInPublic, store: GovernanceStore) -> Refused | None:
    wanted = command.report_id
    public = (one.id for one in store.board_reports() if one.issued and one.public_at)
    return None if any(wanted in (None, one) for one in public) else refusal(NOT_HERE)


OPERATIONS: Operations = (
    Operation(
        command=ShowReports,
        run=lambda store, actor, _, __: show_all(store, writes=actor.cto),
        may=anybody,
        reads=True,
        button="board-reports",
    ),
    Operation(command=ShowReport, run=show, may=_reader, reads=True, button="board-report"),
    Operation(
        command=ReadReportInPublic,
        run=lambda store, _, command, now: read_in_public(store, command, now),
        may=_is_public,
        by=NOBODY,
        reads=True,
    ),
    Operation(
        command=ChoosePeriod,
        run=choose_period,
        may=office,
        button="board-period",
        carries=("report_id",),
        opens=open_period,
        fits=unfit_choice,
    ),
    Operation(
        command=ShowReportWords,
        run=lambda store, _, command, __: show_words(store, command),
        may=office,
        reads=True,
        button="board-words-form",
    ),
    Operation(
        command=WriteReportWords,
        run=write_words,
        may=office,
        button="board-words",
        fill=_words_of,
        form=lambda command: ShowReportWords(report_id=command.report_id),
    ),
    Operation(
        command=ShowStories,
        run=lambda store, _, command, __: show_stories(store, command),
        may=office,
        reads=True,
        button="board-stories-form",
    ),
    Operation(
        command=WriteStories,
        run=write_stories,
        may=office,
        button="board-stories",
        fill=_stories_of,
        form=lambda command: ShowStories(report_id=command.report_id),
    ),
    Operation(command=IssueReport, run=issue, may=office, button="board-issue", carries=("seen",)),
    Operation(command=DiscardReport, run=discard, may=office, button="board-discard"),
    Operation(
        command=CorrectReport,
        run=correct,
        may=office,
        button="board-correct",
        opens=open_correction,
    ),
    Operation(
        command=PublishReport,
        run=publish,
        may=office,
        button="board-publish",
        second=_shown,
    ),
    Operation(command=DraftYouSaid, run=draft_you_said, may=office, button="board-you-said"),
)

SHORTCUTS = (
    Shortcut(
        command=ShowReports(),
        label=lambda words: words.say("Board reports"),
        typed=lambda words: words.say("board reports"),
        words=("board report", "board reports", "informe para la junta", "informes para la junta"),
        path=links.board_reports(""),
    ),
)
