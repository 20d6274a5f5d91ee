"""What somebody typed to launch a survey, as the launch that it means, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.files.addresses import decoded, listed
from bot.files.survey_yaml import WHOLE_DISTRICT
from bot.operator.arguments import share_of
from bot.web.authoring import tables
from bot.web.forms import Form
from bot.web.troubles import TroubleError
from core.people import STAFF_ROLES, Audience, Level, Role
from core.school_mornings import reminders_between
from governance.views import LaunchView
from surveys.commands import LaunchSurvey
from surveys.questions import Unfit
from surveys.survey import Dimension, PlannedTable, Survey
from surveys.waves.sampling import Rotation, Sample, Selection

ALL, SAMPLE, ROTATION = "all", "sample", "rotation"
LISTS = ("people", "except_people")
"""The inputs in which addresses are pasted; a file's comes as ``<name>_file``."""

_DAYS_OPEN = timedelta(days=7)
_TOLD_LINES = 5

Troubles = dict[str, tuple[Unfit, ...]]


@dataclass(frozen=True, kw_only=True)
class Typed:
    """``launch`` as far as it could be read; ``unfit`` by the input's name. Where a time could not
    be read, another stands in for it, so that it can still be told whom the launch reaches."""

    launch: LaunchSurvey
    unfit: Mapping[str, tuple[Unfit, ...]] = field(default_factory=dict)


def with_files(form: Form) -> tuple[Form, Troubles]:
    """The form with its files' lines under what was pasted: a browser does not send a file a
    second time, so from here on they are kept as words."""
    unfit: Troubles = {}
    fields = dict(form.fields)
    for name in LISTS:
        body = form.files.get(f"{name}_file")
        if body is None:
            continue
        told = decoded(body)
        if told is None:
            unfit[name] = (Unfit(why="This file isn’t plain text. Save the list as plain text."),)
            continue
        told = told.replace("\r\n", "\n").replace("\x00", "")
        pasted = form.one(name).strip()
        fields[name] = (f"{pasted}\n{told.strip()}" if pasted else told.strip(),)
    return Form(fields), unfit


def audience_of(form: Form) -> Audience:
    """Whom the form names. A role or a level that there is not is no form of ours: left out, it
    would mean everybody."""
    try:
        roles = frozenset(Role(value) for value in form.all("roles"))
        levels = frozenset(Level(value) for value in form.all("levels"))
    except ValueError:
        raise TroubleError(400) from None
    if not roles <= STAFF_ROLES:
        raise TroubleError(400)
    return Audience(
        roles=roles,
        levels=levels,
        buildings=frozenset(form.all("buildings")),
        committees=frozenset(form.all("committees")),
        lists=frozenset(form.all("lists")),
        people=frozenset(listed(form.one("people")).lines),
        except_people=frozenset(listed(form.one("except_people")).lines),
        except_committees=frozenset(form.all("except_committees")),
        except_buildings=frozenset(form.all("except_buildings")),
    )


def read(form: Form, view: LaunchView, now: datetime) -> Typed:
    unfit: Troubles = {}
    opens, closes = _times(form, view.timezone, unfit)
    fit = "closes_at" not in unfit
    closes_at = closes or max(now, opens or now) + _DAYS_OPEN
    audience = audience_of(form)
    _gone(audience, view, unfit)
    _wrong_lines(form, unfit)
    selection = _selection(form)
    if isinstance(selection, Unfit):
        unfit["selection"] = (selection,)
        selection = None
    times = int(form.one("reminders")) if form.one("reminders") in ("0", "1", "2") else 0
    starts = max(now, opens or now)
    return Typed(
        launch=LaunchSurvey(
            wave_id=form.uuid("wave_id"),
            survey=survey_of(form, view),
            audience=audience,
            opens_at=opens,
            closes_at=closes_at,
            reminders=reminders_between(
                starts, closes_at, times, calendar=view.calendar, timezone=view.timezone
            )
            if fit
            else (),
            selection=selection,
            despite_limit=_despite(form),
            continues=_continues(form, view, unfit),
            hold=bool(form.one("hold")),
            read_warnings=form.one("read") == "yes",
        ),
        unfit=unfit,
    )


def survey_of(form: Form, view: LaunchView) -> Survey:
    """The survey with the tables and the committees chosen here, which the launch fixes."""
    survey = view.survey
    read = tables.read_tables(form, tables.data_of(survey))
    chosen = tuple(PlannedTable(by=by) for by in map(_by, read))
    if set(map(_split, chosen)) != set(map(_split, survey.tables)):
        survey = replace(survey, tables=chosen)
    known = [key for key, _ in view.committees]
    told = tuple(key for key in known if key in form.all("told_to"))
    if set(told) != set(survey.committees):
        survey = replace(survey, committees=told)
    return survey


def lines_of_strangers(form: Form, view: LaunchView) -> Iterator[tuple[str, int, str]]:
    """(input, line, address) of everybody listed who is not of the staff."""
    for name in LISTS:
        for address, line in listed(form.one(name)).lines.items():
            if address in view.strangers:
                yield name, line, address


def _by(table: object) -> tuple[Dimension, ...]:
    parts: Iterable[object] = table if isinstance(table, list) else (table,)
    return () if table == WHOLE_DISTRICT else tuple(Dimension(str(one)) for one in parts)


def _split(table: PlannedTable) -> frozenset[Dimension]:
    return frozenset(table.by)


def _times(form: Form, timezone: str, unfit: Troubles) -> tuple[datetime | None, datetime | None]:
    opens, closes = form.moment("opens_at", timezone), form.moment("closes_at", timezone)
    if closes is None:
        unfit["closes_at"] = (Unfit(why="Enter a date and a time for it to close."),)
    if opens is None and (form.one("opens_at_date") or form.one("opens_at_time")):
        why = Unfit(why="Enter a date and a time, or leave both empty to open it now.")
        unfit["opens_at"] = (why,)
    return opens, closes


def _selection(form: Form) -> Selection | Unfit | None:
    """The part of the audience that a form chooses; why not, where its number is none."""
    part, written = form.one("part"), form.one("part_number").strip()
    if part not in (SAMPLE, ROTATION):
        return None
    stratified = form.one("draw") != "simple"
    whole = written.isascii() and written.isdigit() and len(written) < 7
    if part == ROTATION:
        return Rotation(groups=int(written)) if whole else Unfit(why="Enter a number of groups.")
    if whole:
        return Sample(people=int(written), stratified=stratified)
    share = share_of(written)
    if share is None:
        return Unfit(why="Enter a whole number, or a share such as 10%.")
    return Sample(share=share, stratified=stratified)


def _despite(form: Form) -> str | None:
    """Why also those are asked who were asked often enough; None: they are skipped."""
    return form.one("despite_why").strip() if form.one("despite") == "yes" else None


def _continues(form: Form, view: LaunchView, unfit: Troubles) -> UUID | None:
    chosen = form.one("continues")
    if not chosen:
        return None
    found = next((wave.id for wave in view.earlier if str(wave.id) == chosen), None)
    if found is None:
        why = Unfit(why="It can only continue an earlier run of this survey.")
        unfit["continues"] = (why,)
    return found


def _gone(audience: Audience, view: LaunchView, unfit: Troubles) -> None:
    """A building or a committee that went while the form was open: silently left out, it would
    change who is asked."""
    buildings, committees = {one.key for one in view.buildings}, {key for key, _ in view.committees}
    lists = {key for key, _ in view.lists}
    if (
        not (audience.buildings | audience.except_buildings) <= buildings
        or not (audience.committees | audience.except_committees) <= committees
        or not audience.lists <= lists
    ):
        why = "A building, committee or list that you chose no longer exists. Choose again."
        unfit["audience"] = (Unfit(why=why),)


def _wrong_lines(form: Form, unfit: Troubles) -> None:
    for name in LISTS:
        wrong = listed(form.one(name)).wrong
        if not wrong:
            continue
        told = [
            Unfit(
                why="Line {line}: “{typed}” is not an email address.",
                values={"line": line, "typed": typed},
            )
            for line, typed in wrong[:_TOLD_LINES]
        ]
        if (left := len(wrong) - _TOLD_LINES) > 0:
            told.append(Unfit(why="There are {n} more like this.", values={"n": left}))
        unfit[name] = tuple(told)
