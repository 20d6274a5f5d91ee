"""What the command line asks of a database: here when nobody has it open, else in the process
that does (``bot/operator/operating.py`` carries it there). Arguments and answers are plain JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from uuid import UUID, uuid4

from bot.app.core import Core
from bot.doctor.channel_watch import refused_channels
from bot.files.announcement_yaml import AnnouncementDraft, load_announcement
from bot.files.district import LoadedDistrict, load_district
from bot.files.exporting import export_district
from bot.operator import loading
from bot.operator.arguments import id_of, moment_of, zone_of
from bot.operator.asking_operations import (
    association_page,
    survey_close,
    survey_extend,
    survey_launch,
)
from bot.operator.people_importing import people_import
from bot.operator.telling import Arguments, Told, by_operator, problems_told
from bot.rosters.group_members import with_groups
from bot.rosters.taking_in import TooManyLeaveError, without_collecting
from core.commands import Command
from governance.announcements.campaign_commands import (
    ResumeCampaign,
    ShowAsking,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.announcements.model import Announcement
from governance.people.signing_in import GOOD_FOR
from storage.district import NoDistrictError
from storage.transaction import Transaction
from storage.unavailable import UnavailableError
from storage.vault import WrongSecretError


async def district_load(core: Core, given: Arguments) -> Told:
    """``path``, ``apply``, ``overwrite``, ``confirmed``: that many may leave."""
    with without_collecting():
        return await _load(core, given)


async def _load(core: Core, given: Arguments) -> Told:
    loaded = await asyncio.to_thread(load_district, Path(given["path"]))
    if isinstance(loaded, list):
        return problems_told(loaded)
    apply = bool(given.get("apply", True))
    refused, unknown = await refused_channels(core, loaded.district)
    if refused:
        last = "Committees' channels must be private and for staff only; nothing was changed."
        return Told(lines=(*refused, last), ok=False)
    coming = {person.email for person in loaded.roster.people} if loaded.roster else None
    grouped = await with_groups(core, loaded.district, coming)
    differences = await loading.load(
        core.store,
        replace(loaded, district=grouped.district),
        core.now(),
        apply=apply,
        overwrite=bool(given.get("overwrite")),
        confirmed=bool(given.get("confirmed")),
    )
    lines = [str(one) for one in differences] or ["Nothing changed."]
    people = len(loaded.roster.people) if loaded.roster else 0
    done = f"Loaded {loaded.district.name}: {people} people on the roster."
    last = done if apply else "Dry run: nothing was changed."
    return Told(lines=(*lines, *grouped.lines, *unknown, last))


async def district_export(core: Core, given: Arguments) -> Told:
    """``path``: a folder to write the loaded district's files into."""

    def read(tx: Transaction) -> LoadedDistrict:
        drafts = [
            AnnouncementDraft(
                key=one.key,
                change=one.change,
                audience=one.audience,
                acknowledge=one.acknowledge,
                due=one.due,
                question=one.question,
                joiners_until=one.joiners_until,
            )
            for one in tx.announcements()
            if one.key
        ]
        return LoadedDistrict(
            district=tx.district(),
            surveys=tuple(tx.ready_surveys()),
            announcements=tuple(sorted(drafts, key=lambda draft: draft.key)),
        )

    path, loaded = Path(given["path"]), await core.store.read(read)
    await asyncio.to_thread(
        export_district,
        path,
        district=loaded.district,
        surveys=loaded.surveys,
        announcements=loaded.announcements,
    )
    return Told(lines=(f"Wrote the district's files to {path}.",))


async def announce(core: Core, given: Arguments) -> Told:
    """``path`` (a file) or ``key`` (a loaded draft); ``at``; without ``send`` only its reach;
    ``everyone``: the typed word.
    ``urgent`` is refused before anything is written: an operator is no second person."""
    zone = await zone_of(core)
    at = moment_of(given["at"], zone) if given.get("at") else None
    if given.get("urgent"):
        return await by_operator(core, SendAnnouncement(announcement_id=uuid4(), urgent=True))
    drafted = await _drafted(core, given)
    if isinstance(drafted, Told):
        return drafted
    if not given.get("send"):
        return drafted[1]
    send = SendAnnouncement(announcement_id=drafted[0], at=at, everyone=given.get("everyone") or "")
    return await by_operator(core, send)


async def campaign(core: Core, given: Arguments) -> Told:
    """``which`` (an announcement's key or id, or a wave's id), ``do``: stop, resume or nothing."""
    which = given["which"]
    known = await core.store.read(lambda tx: tx.announcement_by_key(which))
    subject = known.id if known else id_of(which)
    wave = await core.store.read(lambda tx: tx.wave(subject))
    commands: Mapping[str, Command] = {
        "stop": StopCampaign(subject=subject),
        "resume": ResumeCampaign(subject=subject),
    }
    show = ShowAsking(wave_id=subject) if wave else ShowProgress(announcement_id=subject)
    return await by_operator(core, commands.get(given.get("do") or "", show))


async def _drafted(core: Core, given: Arguments) -> tuple[UUID, Told] | Told:
    key = given.get("key")
    draft: AnnouncementDraft | Announcement
    if key:
        found = await core.store.read(lambda tx: tx.announcement_by_key(key))
        if found is None:
            return Told(lines=(f'There is no announcement "{key}".',), ok=False)
        draft_id, draft = found.id, found
    else:
        written = load_announcement(Path(given["path"]))
        if isinstance(written, list):
            return problems_told(written)
        draft_id, draft = id_of(given["id"]) if given.get("id") else uuid4(), written
    command = WriteAnnouncement(
        announcement_id=draft_id,
        change=draft.change,
        audience=draft.audience,
        acknowledge=draft.acknowledge,
        joiners_until=draft.joiners_until,
        due=draft.due,
        question=draft.question,
    )
    told = await by_operator(core, command)
    return (draft_id, told) if told.ok else told


_ACCOUNT = (
    "signs in with their district account only, as SOUNDINGBOARD_OPENID_REQUIRED_FOR says. A link "
    "would not let them in."
)


async def signin_link(core: Core, given: Arguments) -> Told:
    """``email``: a link that signs this person in once, for fifteen minutes."""
    from bot.app.doorkeeping import Doorkeeper
    from bot.web.sessions import signin_token

    person = await core.store.read(lambda tx: tx.person_by_email(given["email"]))
    if person is None or not person.active:
        return Told(lines=(f"{given['email']} is not on the staff roster.",), ok=False)
    if not await Doorkeeper(core).takes_link(person.id):
        return Told(lines=(f"{given['email']} {_ACCOUNT}",), ok=False)
    expires = core.now() + GOOD_FOR
    token = signin_token(core.vault.key("web"), person.id, expires)
    await core.store.write(lambda tx: tx.audit(None, "sign-in link made", person.id, core.now()))
    return Told(lines=(f"{core.web_url}/signin?token={token}",))


async def backup(core: Core, given: Arguments) -> Told:
    """``path``: a new file. Leaves out the keys of open waves, so that it links nobody."""
    path = Path(given["path"])
    if not core.store.embedded:
        lines = (
            "On PostgreSQL use pg_dump --exclude-table-data=wave_key "
            "--exclude-table-data=web_session.",
        )
        return Told(lines=lines, ok=False)
    try:
        size = await core.store.backup(path)
    except FileExistsError:
        return Told(lines=(f"{path} already exists; choose a new name.",), ok=False)
    except (FileNotFoundError, NotADirectoryError):
        return Told(lines=(f"There is no folder {path.parent}; make it first.",), ok=False)
    return Told(
        lines=(
            f"Wrote {path} ({size / 1e6:.1f} MB). Keep SECRET_KEY apart from it.",
            "The originals of feedback are encrypted in it. Its redacted words, and who wrote "
            "them, can be read by anyone who holds this file.",
        )
    )


def _in(module: str, name: str) -> Callable[[Core, Arguments], Awaitable[Told]]:
    """An operation of another module, which is loaded when it is done: Slack's libraries are large,
    and an export's not small."""

    async def operation(core: Core, given: Arguments) -> Told:
        found: Callable[[Core, Arguments], Awaitable[Told]]
        found = getattr(import_module(module), name)
        return await found(core, given)

    return operation


async def do(core: Core, name: str, given: Arguments) -> Told:
    """Do an operation; what stands in its way is told in a line, here and through the door."""
    try:
        return await OPERATIONS[name](core, given)
    except (NoDistrictError, TooManyLeaveError, UnavailableError, WrongSecretError) as error:
        return Told(lines=(str(error),), ok=False)
    except OSError as error:
        return Told(lines=(f"{error.filename}: {error.strerror}.",), ok=False)
    except ValueError as error:
        return Told(lines=(f"This can't be done: {error}",), ok=False)


OPERATIONS: Mapping[str, Callable[[Core, Arguments], Awaitable[Told]]] = {
    "district-load": district_load,
    "district-export": district_export,
    "people-import": people_import,
    "people-leave": _in("bot.operator.leave_operations", "people_leave"),
    "association-page": association_page,
    "survey-launch": survey_launch,
    "survey-close": survey_close,
    "survey-extend": survey_extend,
    "survey-lift-hold": _in("bot.operator.asking_operations", "survey_lift_hold"),
    "feedback-hold": _in("bot.operator.feedback_operations", "feedback_hold"),
    "feedback-lift-hold": _in("bot.operator.feedback_operations", "feedback_lift_hold"),
    "restored-list": _in("bot.operator.restored_operations", "restored_list"),
    "restored-decide": _in("bot.operator.restored_operations", "restored_decide"),
    "restored-declare": _in("bot.operator.restored_operations", "restored_declare"),
    "records-hold": _in("bot.operator.records_operations", "records_hold"),
    "records-list": _in("bot.operator.records_operations", "records_list"),
    "records-delete": _in("bot.operator.records_operations", "records_delete"),
    "survey-export": _in("bot.exports.operations", "survey_export"),
    "survey-export-comments": _in("bot.exports.operations", "survey_export_comments"),
    "series-list": _in("bot.operator.series_operations", "series_list"),
    "series-pause": _in("bot.operator.series_operations", "series_pause"),
    "series-resume": _in("bot.operator.series_operations", "series_resume"),
    "series-stop": _in("bot.operator.series_operations", "series_stop"),
    "series-move": _in("bot.operator.series_operations", "series_move"),
    "lesson-import": _in("bot.operator.lesson_operations", "lesson_import"),
    "rule-import": _in("bot.operator.rule_operations", "rule_import"),
    "rule-list": _in("bot.operator.rule_operations", "rule_list"),
    "rule-export": _in("bot.operator.rule_operations", "rule_export"),
    "rule-verify": _in("bot.operator.rule_verifying", "rule_verify"),
    "framework-import": _in("bot.operator.framework_operations", "framework_import"),
    "framework-list": _in("bot.operator.framework_operations", "framework_list"),
    "reading-import": _in("bot.operator.plan_operations", "reading_import"),
    "list-import": _in("bot.operator.list_operations", "list_import"),
    "list-follow": _in("bot.operator.list_operations", "list_follow"),
    "list-show": _in("bot.operator.list_operations", "list_show"),
    "list-delete": _in("bot.operator.list_operations", "list_delete"),
    "announce": announce,
    "campaign": campaign,
    "signin-link": signin_link,
    "backup": backup,
    "audit-verify": _in("bot.operator.auditing", "audit_verify"),
    "slack-link": _in("bot.slack_app.installations", "slack_link"),
    "slack-list": _in("bot.slack_app.installations", "slack_list"),
    "slack-remove": _in("bot.slack_app.installations", "slack_remove"),
    "slack-doctor": _in("bot.slack_app.installations", "slack_doctor"),
}
