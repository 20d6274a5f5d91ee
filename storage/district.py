"""The district's configuration as loaded, and the duties that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from governance.committees.model import District
from governance.encoding import district_from_json, district_to_json
from storage.connection import UNREAD, Connected
from storage.tables import district


class NoDistrictError(Exception):
    """Nothing was loaded yet."""


_LOADED_AT = select(district.c.loaded_at)
_LOADED = ("loaded at",)


class Districts(Connected):
    """The one district of this deployment, inside one transaction."""

    def district(self) -> District:
        """The district; ``NoDistrictError`` before the first ``district load``."""
        loaded_at = self.district_loaded_at()
        if loaded_at is None:
            raise NoDistrictError(
                "No district is loaded yet. Run: soundingboard district load PATH"
            )
        remembered = self.surroundings.remembered
        key = ("district", loaded_at)
        found = remembered.get(key)
        if found is None:
            body = self.connection.execute(select(district.c.body)).scalar_one()
            found = remembered[key] = district_from_json(body)
        assert isinstance(found, District)  # noqa: S101  (what was put there above)
        return found

    def district_loaded_at(self) -> datetime | None:
        """Read once in a transaction: only ``put_district`` changes it."""
        found: datetime | None = self.seen("loaded at")
        if found is UNREAD:
            found = self.connection.execute(_LOADED_AT).scalar()
            self.foresee(_LOADED, found)
        return found

    def loaded_district(self) -> District | None:
        try:
            return self.district()
        except NoDistrictError:
            return None

    def committee_names(self, keys: Sequence[str]) -> tuple[str, ...]:
        names = {committee.key: committee.name for committee in self.district().committees}
        return tuple(names.get(key, key) for key in keys)

    def put_district(self, new: District, examples: str, now: datetime) -> None:
        """Replace the district. ``examples``: labelled feedback as JSON lines."""
        body = district_to_json(new)
        row = {"id": 1, "body": body, "examples": examples, "loaded_at": now}
        self.put(district, row, ("id",))
        self.foresee(_LOADED, now)

    def examples(self) -> str:
        """The labelled feedback the router learns from, as JSON lines."""
        return self.connection.execute(select(district.c.examples)).scalar() or ""


def duties_of(district: District) -> Iterator[tuple[str, str, str, int]]:
    """(duty, key, e-mail, rank) of every officer, and of everybody on a committee."""
    for officer in district.officers:
        for rank, email in enumerate((officer.person, *officer.deputies)):
            yield "office", officer.office, email, rank
    for committee in district.committees:
        yield "chair", committee.key, committee.chair, 0
        if committee.co_chair:
            yield "co-chair", committee.key, committee.co_chair, 1
        yield "deputy", committee.key, committee.deputy, 2
        for email in (*committee.members, *committee.group_members):
            yield "member", committee.key, email, 3
