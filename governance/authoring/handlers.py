"""Writing surveys on the web: each saving is kept, nobody overwrites what they have not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.people import Audience
from governance.access import GONE, Actor, office, refusal
from governance.authoring.commands import DropDraft, FinishDraft, SaveDraft, ShowDraft, ShowSurveys
from governance.authoring.model import LONGEST_BODY, Draft, DraftEdit, DraftState
from governance.messages import Done, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.references.binding import goals_of
from governance.second_person.handlers import waiting_commands
from governance.series import jobs as repeating
from governance.series.model import SeriesState
from governance.views import DraftChanged, DraftView, EditLine, ReadyLine, SurveysView
from surveys.commands import LaunchSurvey
from surveys.messages import Rejected
from surveys.questions import Unfit
from surveys.survey import Survey

TOO_LARGE = "This survey is too large to save. Remove something and save again."
FINISHED = "This survey is finished. To change it, go to the list of surveys and edit it there."


def show_surveys(store: GovernanceStore, now: datetime) -> SurveysView:
    """What was launched, what repeats, what is being written, what is ready, and as which versions
    it was launched."""
    web, versions, ready = store.written_on_web(), store.survey_versions(), store.ready_surveys()
    asked = {
        launch.survey.key: request.id
        for request, launch in waiting_commands(store, LaunchSurvey, now)
    }
    return SurveysView(
        drafts=_views(store, store.drafts(), ready),
        ready=tuple(
            ReadyLine(
                survey=survey,
                on_web=survey.key in web,
                versions=tuple(versions.get(survey.key, ())),
                request=asked.get(survey.key),
            )
            for survey in ready
        ),
        waves=tuple(store.waves(bare=True)),
        limited=store.asking_limit() is not None,
        series=tuple(
            repeating.line(store, one, now)
            for one in store.all_series(SeriesState.RUNNING, SeriesState.PAUSED)
        ),
    )


def show(store: GovernanceStore, command: ShowDraft) -> DraftView | Refused:
    draft = store.draft(command.draft_id, command.version)
    if draft is None:
        return refusal(GONE)
    view = _view(store, draft)
    if not command.sizes:
        return view
    return replace(view, sizes=store.sizes_of(Audience()))


def save(
    store: GovernanceStore, actor: Actor, command: SaveDraft, now: datetime
) -> DraftView | DraftChanged | Refused:
    """Keep a draft as its next version. Where somebody saved one meanwhile, that one is handed
    back instead, and what was typed here is kept by whoever asked."""
    if len(command.body) > LONGEST_BODY:
        return refusal(TOO_LARGE)
    before = store.draft(command.draft_id)
    if before is None and command.after:
        return refusal(GONE)
    if before is not None and before.state is not DraftState.WRITTEN:
        return refusal(FINISHED)
    draft = Draft(
        id=command.draft_id,
        body=command.body,
        version=command.after + 1,
        replaces=before.replaces if before else command.replaces,
        edited_by=actor.person_id,
        edited_at=now,
    )
    if before is not None and before.version == draft.version and before.body == draft.body:
        return _view(store, before)  # the same form sent twice
    if not store.add_draft_version(draft):
        return DraftChanged(theirs=_found(store, draft))
    return _view(store, draft)


def drop(store: GovernanceStore, actor: Actor, command: DropDraft, now: datetime) -> Done | Refused:
    draft = store.draft(command.draft_id)
    if draft is None or draft.state is not DraftState.WRITTEN:
        return refusal(GONE)
    store.end_draft(draft.id, DraftState.DROPPED)
    store.audit(actor.person_id, "survey draft thrown away", draft.id, now)
    return Done()


def finish(
    store: GovernanceStore, actor: Actor, command: FinishDraft, now: datetime
) -> DraftView | DraftChanged | Rejected | Refused:
    """A draft becomes a ready survey; who edits it again starts from that."""
    draft = store.draft(command.draft_id)
    if draft is None or draft.state is not DraftState.WRITTEN:
        return refusal(GONE)
    if draft.version != command.after:
        return DraftChanged(theirs=_view(store, draft))
    survey = command.survey
    if draft.replaces != survey.key and store.ready_survey(survey.key) is not None:
        why = Unfit(
            why="There is a survey with the short name “{key}” already. Choose another one.",
            values={"key": survey.key},
        )
        return Rejected(unfit={"key": why})
    store.put_web_survey(survey)
    store.end_draft(draft.id, DraftState.READY)
    store.audit(actor.person_id, f"survey {survey.key} made ready", draft.id, now)
    return _found(store, draft)


def _found(store: GovernanceStore, draft: Draft) -> DraftView:
    return _view(store, store.draft(draft.id) or draft)


def _view(store: GovernanceStore, draft: Draft) -> DraftView:
    return _views(store, (draft,), store.ready_surveys())[0]


def _views(
    store: GovernanceStore, drafts: Sequence[Draft], ready: Sequence[Survey]
) -> tuple[DraftView, ...]:
    """In a few statements, however many drafts there are."""
    edits = store.draft_edits([one.id for one in drafts])
    names = store.names_of({one.by for some in edits.values() for one in some if one.by})
    district, taken = store.district(), frozenset(survey.key for survey in ready)
    goals = tuple((one.key, one.title) for one in goals_of(district) if not one.retired)

    def line(edit: DraftEdit) -> EditLine:
        return EditLine(
            version=edit.version, by=names.get(edit.by) if edit.by else None, at=edit.at
        )

    rules = store.release_rules()
    return tuple(
        DraftView(
            draft=draft,
            edits=tuple(map(line, edits.get(draft.id, ()))),
            taken=taken,
            committees=tuple((one.key, one.name) for one in district.committees),
            timezone=district.timezone,
            calendar=district.calendar,
            rules=rules,
            goals=goals,
        )
        for draft in drafts
    )


OPERATIONS: Operations = (
    Operation(
        command=ShowSurveys,
        run=lambda store, _, __, now: show_surveys(store, now),
        may=office,
        reads=True,
    ),
    Operation(
        command=ShowDraft,
        run=lambda store, _, command, __: show(store, command),
        may=office,
        reads=True,
    ),
    Operation(command=SaveDraft, run=save, may=office),
    Operation(command=DropDraft, run=drop, may=office),
    Operation(command=FinishDraft, run=finish, may=office),
)
