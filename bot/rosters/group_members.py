"""Committees whose members are a group in Slack or Microsoft 365: asked when a district is loaded,
and once a day by one process of the district."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.app.core import Core
from bot.doctor.platform_asking import Asking, asking
from bot.jobs.errands import Errand
from governance.committees.channels import CannotTellError
from governance.committees.model import Committee, District
from storage.district import duties_of
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

ASKED_EVERY = timedelta(days=1)
_ASKING = Errand(begun="groups.asking", done="groups.asked", every=ASKED_EVERY)

_NAMED = 5
"""Addresses that are told one by one."""


@dataclass(frozen=True, kw_only=True)
class Grouped:
    """A district with its groups' members filled in, and what is to be told of them."""

    district: District
    lines: tuple[str, ...] = ()


async def with_groups(
    core: Core, district: District, roster: Collection[str] | None = None
) -> Grouped:
    """Ask for every group. Where a platform does not tell, its members stay as they are loaded.
    ``roster``: the addresses that are coming; None: those that are here."""
    if not any(committee.members_from for committee in district.committees):
        return Grouped(district=district)
    loaded = await core.store.read(lambda tx: tx.loaded_district())
    here = roster if roster is not None else await core.store.read(lambda tx: tx.active_emails())
    committees, lines = [], []
    async with asking(core) as platforms:
        for committee in district.committees:
            before = loaded.committee(committee.key) if loaded else None
            known = before.group_members if before else ()
            asked, said = await _asked(platforms, committee, known, here)
            committees.append(asked)
            lines += said
    return Grouped(district=replace(district, committees=tuple(committees)), lines=tuple(lines))


async def _asked(
    platforms: Asking, committee: Committee, known: tuple[str, ...], here: Collection[str]
) -> tuple[Committee, list[str]]:
    """A committee with its group's members, and lines about who came, went, or is not known."""
    if not committee.members_from:
        return committee, []
    try:
        found = [
            email
            for kind, group in committee.members_from.items()
            for email in await platforms.emails(kind, group)
        ]
    except CannotTellError as error:
        kept = replace(committee, group_members=known)
        return kept, [f"{committee.key}: {error} Its members from the group stay as they were."]
    seats = {*committee.leaders, *committee.members}
    members = tuple(sorted({email for email in found if email in here} - seats))
    unknown = sorted({email for email in found if email not in here})
    return (
        replace(committee, group_members=members),
        list(_lines(committee.key, set(known), set(members), unknown)),
    )


def _lines(key: str, before: set[str], now: set[str], unknown: list[str]) -> Iterator[str]:
    yield from (f"+ {key}: {email}, from its group" for email in sorted(now - before))
    yield from (f"- {key}: {email} is not in its group anymore" for email in sorted(before - now))
    if unknown:
        more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
        yield (
            f"! {key}: in its group and not in the roster, so left out: "
            f"{', '.join(unknown[:_NAMED])}{more}"
        )


# -- once a day --------------------------------------------------------------------------------


async def ask_groups_if_due(core: Core) -> bool:
    """Bring the committees to their groups where nobody of the district did so within a day."""
    now = core.now()
    if not await core.store.read(lambda tx: _due(tx, now)):
        return False
    if not await core.store.write(lambda tx: _due(tx, now) and _ASKING.claim(tx, now)):
        return False
    district = await core.store.read(lambda tx: tx.district())
    grouped = await with_groups(core, district)
    for line in grouped.lines:
        log.info("groups.asked", said=line)
    await core.store.write(lambda tx: _keep(tx, district, grouped.district, core.now()))
    return True


def _keep(tx: Transaction, asked: District, grouped: District, now: datetime) -> None:
    """Not where another district was loaded meanwhile: then it asked for itself."""
    _ASKING.end(tx, now)
    if tx.district() != asked or grouped == asked:
        return
    tx.put_district(grouped, tx.examples(), now)
    tx.assign_duties(duties_of(grouped))
    tx.audit(None, "committees brought to their groups", None, now)


def _due(tx: Transaction, now: datetime) -> bool:
    district = tx.loaded_district()
    if district is None or not any(one.members_from for one in district.committees):
        return False
    return _ASKING.due(tx, now)
