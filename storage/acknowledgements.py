"""Acknowledgements of the IT rules, each with its seal. No row is ever changed or deleted."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    func,
    select,
)

from core.people import Platform
from governance.acknowledgements.model import (
    AcknowledgementSet,
    ExportedRow,
    RuleAcknowledgement,
)
from governance.duties.model import Some
from governance.rules.model import Rule, Version
from storage.columns import Instant, metadata
from storage.duties import Duties, asked_duty, of_some
from storage.rule_tables import rule
from storage.rules import Rules
from storage.tables import person

acknowledgement_set = Table(
    "acknowledgement_set",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("year", String(10), nullable=False),
    Column("rule_id", ForeignKey(rule.c.id)),  # None: all rules
    Column("version", Integer, nullable=False),
    Column("due", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by_person", Uuid),
)

rule_acknowledgement = Table(
    "rule_acknowledgement",
    metadata,
    Column("person_id", ForeignKey(person.c.id), primary_key=True),
    Column("set_id", ForeignKey(acknowledgement_set.c.id), primary_key=True),
    Column("rule_id", ForeignKey(rule.c.id), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("way", String(10), nullable=False),
    Column("rules", Integer, nullable=False),  # how many were acknowledged in the same act
    Column("seal", String(64), nullable=False),
    Index("ix_rule_acknowledgement_rule_id", "rule_id", "person_id", "version"),
)

_AT_ONCE = 2000

_ORDER = (
    rule_acknowledgement.c.person_id,
    rule_acknowledgement.c.set_id,
    rule_acknowledgement.c.rule_id,
)


class Acknowledgements(Rules, Duties):
    """Implements ``governance.acknowledgements.ports.AcknowledgementStore``."""

    def put_acknowledgement_set(self, given: AcknowledgementSet) -> bool:
        row = {
            "id": given.id,
            "year": given.year,
            "rule_id": given.rule_id,
            "version": given.version,
            "due": given.due,
            "at": given.at,
            "by_person": given.by,
        }
        return bool(self.insert_new(acknowledgement_set, row))

    def acknowledgement_set(self, set_id: UUID) -> AcknowledgementSet | None:
        wanted = select(acknowledgement_set).where(acknowledgement_set.c.id == set_id)
        row = self.connection.execute(wanted).first()
        return _set_from(row) if row else None

    def acknowledgement_sets(self) -> Sequence[AcknowledgementSet]:
        wanted = select(acknowledgement_set).order_by(acknowledgement_set.c.at.desc())
        return [_set_from(row) for row in self.connection.execute(wanted)]

    def rules_in_force(self) -> Sequence[tuple[Rule, Version]]:
        """Read once in a transaction: a batch of messages asks for it for each person."""
        found: list[tuple[Rule, Version]] | None = self.within.get("rules in force")
        if found is None:
            rules = [one for one in self.rules() if one.holds]
            versions = self.versions_of((one.id, one.holds) for one in rules if one.holds)
            found = [(one, versions[one.id]) for one in rules if one.id in versions]
            self.within["rules in force"] = found
        return found

    def add_acknowledgements(self, rows: Sequence[RuleAcknowledgement]) -> None:
        self.connection.execute(
            rule_acknowledgement.insert(),
            [
                {
                    "person_id": one.person,
                    "set_id": one.set_id,
                    "rule_id": one.rule_id,
                    "version": one.version,
                    "digest": one.digest,
                    "at": one.at,
                    "way": one.way,
                    "rules": one.rules,
                    "seal": self.seal(one.sealed),
                }
                for one in (replace(one, at=one.at.astimezone(UTC)) for one in rows)
            ],
        )

    def acknowledged_versions(self, person: UUID) -> Mapping[UUID, int]:
        newest = func.max(rule_acknowledgement.c.version)
        rows = self.connection.execute(
            select(rule_acknowledgement.c.rule_id, newest)
            .where(rule_acknowledgement.c.person_id == person)
            .group_by(rule_acknowledgement.c.rule_id)
        )
        return {row.rule_id: row[1] for row in rows}

    def acknowledged_in(self, set_id: UUID, person: UUID) -> Sequence[RuleAcknowledgement]:
        rows = self.connection.execute(
            select(rule_acknowledgement, rule.c.number)
            .join(rule, rule.c.id == rule_acknowledgement.c.rule_id)
            .where(
                rule_acknowledgement.c.set_id == set_id,
                rule_acknowledgement.c.person_id == person,
            )
            .order_by(rule.c.number)
        )
        return [_row_from(row) for row in rows]

    def acknowledged_before(
        self, rule_id: UUID, version: int, some: Some | None = None
    ) -> Collection[UUID]:
        one = rule_acknowledgement
        any_rule = select(one.c.rule_id).where(one.c.person_id == person.c.id)
        this_one = any_rule.where(one.c.rule_id == rule_id, one.c.version >= version)
        wanted = select(person.c.id).where(
            person.c.active, any_rule.exists(), ~this_one.exists(), *of_some(person.c.id, some)
        )
        return self.connection.execute(wanted).scalars().all()

    def acknowledgement_rows(self) -> Iterator[ExportedRow]:
        wanted = (
            select(
                rule_acknowledgement,
                rule.c.number,
                person.c.email,
                acknowledgement_set.c.year,
            )
            .join(rule, rule.c.id == rule_acknowledgement.c.rule_id)
            .join(person, person.c.id == rule_acknowledgement.c.person_id)
            .join(acknowledgement_set, acknowledgement_set.c.id == rule_acknowledgement.c.set_id)
            .order_by(*_ORDER)
            .execution_options(yield_per=_AT_ONCE)
        )
        for row in self.connection.execute(wanted):
            yield ExportedRow(
                number=row.number,
                title=self._title(row.rule_id, row.version),
                year=row.year,
                email=row.email,
                row=_row_from(row),
            )

    def _title(self, rule_id: UUID, number: int) -> str:
        titles: dict[tuple[UUID, int], str] = self.within.setdefault("rules' titles", {})
        if (rule_id, number) not in titles:
            version = self.rule_version(rule_id, number)
            titles[rule_id, number] = version.title.default if version else ""
        return titles[rule_id, number]

    def incomplete_acts(self) -> Sequence[tuple[UUID, UUID, int, int]]:
        """(person, set, rows that are there, rows that there were) where the two differ."""
        one = rule_acknowledgement
        there = func.count()
        rows = self.connection.execute(
            select(one.c.person_id, one.c.set_id, there, func.max(one.c.rules))
            .group_by(one.c.person_id, one.c.set_id)
            .having(there != func.max(one.c.rules))
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def lost_acts(self) -> Sequence[str]:
        """Who has done what they were asked, as it is noted, and no row says so."""
        one = rule_acknowledgement
        there = select(one.c.person_id).where(
            one.c.person_id == asked_duty.c.person_id, one.c.set_id == asked_duty.c.subject
        )
        wanted = (
            select(person.c.email)
            .join(asked_duty, asked_duty.c.person_id == person.c.id)
            .join(acknowledgement_set, acknowledgement_set.c.id == asked_duty.c.subject)
            .where(asked_duty.c.done_at.is_not(None), ~there.exists())
        )
        return self.connection.execute(wanted.order_by(person.c.email)).scalars().all()

    def seal(self, said: str) -> str:
        key = self.vault.key("acknowledgements")
        return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def _set_from(row: Row[Any]) -> AcknowledgementSet:
    return AcknowledgementSet(
        id=row.id,
        year=row.year,
        due=row.due,
        at=row.at,
        by=row.by_person,
        rule_id=row.rule_id,
        version=row.version,
    )


def _row_from(row: Row[Any]) -> RuleAcknowledgement:
    return RuleAcknowledgement(
        set_id=row.set_id,
        person=row.person_id,
        rule_id=row.rule_id,
        version=row.version,
        digest=row.digest,
        at=row.at,
        way=Platform(row.way),
        rules=row.rules,
        seal=row.seal,
    )
