"""IT rules, their versions, steps, exceptions and comments inside one transaction."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, tuple_, update

from core.deciding import Decision
from core.people import Audience
from governance.committees.model import RESTRICTED
from governance.rules.model import (
    Coming,
    Comment,
    Disposition,
    Draft,
    Exemption,
    Interim,
    Rule,
    RuleKind,
    RuleState,
    RuleStep,
    Step,
    Version,
    Vote,
    number_key,
)
from storage.connection import read_once
from storage.deliveries import Deliveries
from storage.holding import ANNOUNCED
from storage.rule_tables import (
    rule,
    rule_comment,
    rule_exemption,
    rule_meaning,
    rule_step,
    rule_version,
)
from storage.tables import item
from surveys.encoding import audience_from_json, audience_to_json, text_from_data, text_to_data

_VERSION = "rule_version"
"""Under which ``rule_version`` remembers what it read."""


class Rules(Deliveries):
    """Implements ``governance.rules.ports.RuleStore``."""

    @read_once
    def rule(self, rule_id: UUID) -> Rule | None:
        known = self._all_rules()
        if known is not None:
            return next((one for one in known if one.id == rule_id), None)
        return self._rule(rule.c.id == rule_id)

    def lock_rule(self, rule_id: UUID) -> Rule | None:
        return self._rule(rule.c.id == rule_id, lock=True)

    def rule_by_number(self, number: str) -> Rule | None:
        known, key = self._all_rules(), number_key(number)
        if known is not None:
            return next((one for one in known if number_key(one.number) == key), None)
        return self._rule(rule.c.number_key == key)

    def rules_ahead(self) -> None:
        """Prefetch for ``rule`` and ``rule_by_number``, in a transaction that only reads: a
        district has a few dozen."""
        if self.frozen:
            self.rules()

    def _all_rules(self) -> Sequence[Rule] | None:
        """All of them, where ``rules`` was asked for already in a transaction that only reads."""
        found: Sequence[Rule] | None = self.within.get("rules")
        return found

    def _rule(self, which: ColumnElement[bool], *, lock: bool = False) -> Rule | None:
        wanted = select(rule).where(which)
        row = self.connection.execute(wanted.with_for_update() if lock else wanted).first()
        return _rule_from(row) if row else None

    def rules(self) -> Sequence[Rule]:
        def read() -> Sequence[Rule]:
            rows = self.connection.execute(select(rule))
            return sorted(map(_rule_from, rows), key=lambda one: _in_order(one.number))

        return self.once("rules", read)

    def put_rule(self, one: Rule) -> None:
        row = {
            "id": one.id,
            "number": one.number,
            "number_key": number_key(one.number),
            "state": one.state,
            "body": json.dumps(_body(one), ensure_ascii=False),
        }
        self.put(rule, row, ("id",))

    # -- versions -------------------------------------------------------------------------------

    def add_rule_version(self, version: Version) -> None:
        body = {
            "title": text_to_data(version.title),
            "texts": dict(version.texts),
            "language": version.language,
            "changed": version.changed,
            "answers": [str(one) for one in version.answers],
            "material": version.material,
            "read_first": version.read_first,
            "audience": audience_to_json(version.audience),
            "owner": str(version.owner) if version.owner else None,
            "audience_hashed": version.audience_hashed,
        }
        self.connection.execute(
            rule_version.insert(),
            {
                "rule_id": version.rule_id,
                "number": version.number,
                "body": json.dumps(body, ensure_ascii=False),
                "digest": version.digest,
                "at": version.at,
                "by_person": version.by,
            },
        )

    def rule_version(self, rule_id: UUID, number: int) -> Version | None:
        which = (rule_id, number)
        return self.once((_VERSION, which), lambda: self._versions([which]).get(which))

    def versions_ahead(self, numbers: Iterable[tuple[UUID, int]]) -> None:
        """Prefetch for ``rule_version``, in a transaction that only reads."""
        self.ahead(_VERSION, numbers, self._versions, nothing=None)

    def versions_of(self, numbers: Iterable[tuple[UUID, int]]) -> Mapping[UUID, Version]:
        found = self.of_each(_VERSION, numbers, self._versions)
        return {rule_id: version for (rule_id, _), version in found.items()}

    def _versions(self, wanted: Sequence[tuple[UUID, int]]) -> Mapping[tuple[UUID, int], Version]:
        one = tuple_(rule_version.c.rule_id, rule_version.c.number)
        rows = self.connection.execute(select(rule_version).where(one.in_(wanted)))
        return {(row.rule_id, row.number): _version_from(row) for row in rows}

    def rule_versions(self, rule_id: UUID) -> Sequence[Version]:
        rows = self.connection.execute(
            select(rule_version)
            .where(rule_version.c.rule_id == rule_id)
            .order_by(rule_version.c.number)
        )
        return [_version_from(row) for row in rows]

    def rule_meanings(self) -> Mapping[tuple[UUID, int], bytes]:
        rows = self.connection.execute(select(rule_meaning))
        return {(row.rule_id, row.version): row.vectors for row in rows}

    def keep_rule_meaning(self, rule_id: UUID, version: int, vectors: bytes) -> None:
        row = {"rule_id": rule_id, "version": version, "vectors": vectors}
        self.insert_new(rule_meaning, row)

    def version_without_meaning(self) -> Version | None:
        known = (rule_meaning.c.rule_id == rule_version.c.rule_id) & (
            rule_meaning.c.version == rule_version.c.number
        )
        row = self.connection.execute(
            select(rule_version)
            .outerjoin(rule_meaning, known)
            .where(rule_meaning.c.rule_id.is_(None))
            .limit(1)
        ).first()
        return _version_from(row) if row else None

    # -- steps and exceptions -------------------------------------------------------------------

    def add_rule_step(self, step: Step) -> None:
        vote = step.vote
        self.connection.execute(
            rule_step.insert(),
            {
                "id": step.id,
                "rule_id": step.rule_id,
                "step": step.step,
                "version": step.version,
                "by_person": step.by,
                "at": step.at,
                "why": step.why,
                "day": step.day,
                "vote": json.dumps(
                    {
                        "on": vote.on.isoformat(),
                        "present": vote.present,
                        "favor": vote.favor,
                        "against": vote.against,
                        "abstained": vote.abstained,
                    }
                )
                if vote
                else None,
            },
        )

    @read_once
    def rule_step(self, step_id: UUID) -> Step | None:
        return self._some_steps([step_id]).get(step_id)

    def rule_steps_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``rule_step``, in a transaction that only reads."""
        self.ahead("rule_step", some, self._some_steps, nothing=None)

    def _some_steps(self, some: Sequence[UUID]) -> Mapping[UUID, Step]:
        rows = self.connection.execute(select(rule_step).where(rule_step.c.id.in_(some)))
        return {row.id: _step_from(row) for row in rows}

    @read_once
    def rule_steps(self, rule_id: UUID) -> Sequence[Step]:
        rows = self.connection.execute(
            select(rule_step).where(rule_step.c.rule_id == rule_id).order_by(rule_step.c.at)
        )
        return [_step_from(row) for row in rows]

    def steps_of_rules(self, rules: Collection[UUID]) -> Mapping[UUID, Sequence[Step]]:
        found: dict[UUID, list[Step]] = {one: [] for one in rules}
        if not found:
            return {}
        rows = self.connection.execute(
            select(rule_step).where(rule_step.c.rule_id.in_(found)).order_by(rule_step.c.at)
        )
        for row in rows:
            found[row.rule_id].append(_step_from(row))
        return found

    def add_exemption(self, granted: Exemption) -> None:
        self.within.pop("exemptions", None)
        self.connection.execute(
            rule_exemption.insert(),
            {
                "id": granted.id,
                "rule_id": granted.rule_id,
                "person_id": granted.person,
                "building": granted.building,
                "until": granted.until,
                "why": granted.why,
                "by_person": granted.granted_by,
                "at": granted.at,
            },
        )

    def exemptions(self, rule_id: UUID) -> Sequence[Exemption]:
        """Read once in a transaction: a batch of messages asks for them for each person."""
        found: dict[UUID, list[Exemption]] | None = self.within.get("exemptions")
        if found is None:
            found = self.within["exemptions"] = {}
            rows = self.connection.execute(select(rule_exemption).order_by(rule_exemption.c.until))
            for one in map(_exemption_from, rows):
                found.setdefault(one.rule_id, []).append(one)
        return found.get(rule_id, [])

    def tell_audience(
        self,
        audience: Audience,
        *,
        campaign: str,
        kind: str,
        subject: UUID,
        now: datetime,
        decision: Decision,
    ) -> int:
        people = self.ids_of(audience)
        self.fan_out(
            people,
            campaign=campaign,
            kind=kind,
            subject=subject,
            now=now,
            priority=ANNOUNCED,
            decision=decision,
        )
        return len(people)

    # -- comments -------------------------------------------------------------------------------

    def add_rule_comment(self, comment: Comment) -> None:
        self.insert_new(
            rule_comment,
            {
                "item_id": comment.item_id,
                "rule_id": comment.rule_id,
                "version": comment.version,
                "section": comment.section,
                "late": comment.late,
                "reason": "",
            },
        )

    def rule_comment(self, item_id: UUID) -> Comment | None:
        found = self._comments(rule_comment.c.item_id == item_id)
        return found[0] if found else None

    def rule_comments(self, rule_id: UUID, version: int | None = None) -> Sequence[Comment]:
        of_version = [] if version is None else [rule_comment.c.version == version]
        return self._comments(
            rule_comment.c.rule_id == rule_id, rule_comment.c.late.is_(False), *of_version
        )

    def _comments(self, *which: ColumnElement[bool]) -> list[Comment]:
        redacted = item.c.reading
        rows = self.connection.execute(
            select(rule_comment, item.c.received_at, item.c.queue, redacted)
            .join(item, item.c.id == rule_comment.c.item_id)
            .where(*which)
            .order_by(item.c.received_at, rule_comment.c.item_id)
        )
        return [_comment_from(row) for row in rows]

    def dispose_comment(self, comment: Comment) -> None:
        self.connection.execute(
            update(rule_comment)
            .where(rule_comment.c.item_id == comment.item_id)
            .values(
                disposition=comment.disposition,
                reason=comment.reason,
                disposed_by=comment.disposed_by,
                disposed_at=comment.disposed_at,
            )
        )

    def unread_comments(self, rule_id: UUID) -> int:
        """How many messages about a rule were not read yet."""
        rows = self.connection.execute(
            select(item.c.id).where(
                item.c.state == "received", item.c.about.like(f"rule-{rule_id.hex}-%")
            )
        )
        return len(rows.all())


def _in_order(number: str) -> tuple[object, ...]:
    parts = re.findall(r"\d+|\D+", number.casefold())
    return tuple((0, int(one), "") if one.isdigit() else (1, 0, one) for one in parts)


# -- rows ------------------------------------------------------------------------------------------


def _body(one: Rule) -> dict[str, Any]:
    draft, interim = one.draft, one.interim
    return {
        "kind": one.kind,
        "title": text_to_data(one.title),
        "committee": one.committee,
        "serves": list(one.serves),
        "language": one.language,
        "version": one.version,
        "in_force": one.in_force,
        "shown": list(one.shown),
        "coming": [one.coming.version, one.coming.day.isoformat()] if one.coming else None,
        "effective": _iso(one.effective),
        "review": _iso(one.review),
        "comments_end": one.comments_end.isoformat() if one.comments_end else None,
        "successor": str(one.successor) if one.successor else None,
        "why": one.why,
        "draft": {
            "title": text_to_data(draft.title),
            "texts": dict(draft.texts),
            "changed": draft.changed,
            "answers": [str(answer) for answer in draft.answers],
            "material": draft.material,
            "read_first": draft.read_first,
            "audience": audience_to_json(draft.audience),
            "owner": str(draft.owner) if draft.owner else None,
        }
        if draft
        else None,
        "interim": {
            "version": interim.version,
            "until": interim.until.isoformat(),
            "why": interim.why,
        }
        if interim
        else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _rule_from(row: Row[Any]) -> Rule:
    body = json.loads(row.body)
    draft, interim, coming = body["draft"], body["interim"], body["coming"]
    return Rule(
        id=row.id,
        kind=RuleKind(body["kind"]),
        number=row.number,
        title=text_from_data(body["title"]),
        committee=body["committee"],
        serves=tuple(body["serves"]),
        language=body["language"],
        state=RuleState(row.state),
        draft=Draft(
            title=text_from_data(draft["title"]),
            texts=draft["texts"],
            changed=draft["changed"],
            answers=tuple(UUID(one) for one in draft["answers"]),
            material=draft["material"],
            read_first=draft.get("read_first", False),
            audience=audience_from_json(draft["audience"]),
            owner=UUID(draft["owner"]) if draft["owner"] else None,
        )
        if draft
        else None,
        version=body["version"],
        in_force=body["in_force"],
        shown=tuple(body["shown"]),
        coming=Coming(version=coming[0], day=date.fromisoformat(coming[1])) if coming else None,
        effective=_day(body["effective"]),
        review=_day(body["review"]),
        comments_end=datetime.fromisoformat(body["comments_end"]) if body["comments_end"] else None,
        interim=Interim(
            version=interim["version"],
            until=date.fromisoformat(interim["until"]),
            why=interim["why"],
        )
        if interim
        else None,
        successor=UUID(body["successor"]) if body["successor"] else None,
        why=body["why"],
    )


def _version_from(row: Row[Any]) -> Version:
    body = json.loads(row.body)
    return Version(
        rule_id=row.rule_id,
        number=row.number,
        title=text_from_data(body["title"]),
        texts=body["texts"],
        language=body["language"],
        digest=row.digest,
        changed=body["changed"],
        answers=tuple(UUID(one) for one in body["answers"]),
        material=body["material"],
        read_first=body.get("read_first", False),
        at=row.at,
        by=row.by_person,
        audience=audience_from_json(body["audience"]),
        owner=UUID(body["owner"]) if body["owner"] else None,
        audience_hashed=body["audience_hashed"],
    )


def _step_from(row: Row[Any]) -> Step:
    vote = json.loads(row.vote) if row.vote else None
    return Step(
        id=row.id,
        rule_id=row.rule_id,
        step=RuleStep(row.step),
        version=row.version,
        by=row.by_person,
        at=row.at,
        why=row.why,
        vote=Vote(
            on=date.fromisoformat(vote["on"]),
            present=vote["present"],
            favor=vote["favor"],
            against=vote["against"],
            abstained=vote["abstained"],
        )
        if vote
        else None,
        day=row.day,
    )


def _exemption_from(row: Row[Any]) -> Exemption:
    return Exemption(
        id=row.id,
        rule_id=row.rule_id,
        person=row.person_id,
        building=row.building,
        until=row.until,
        why=row.why,
        granted_by=row.by_person,
        at=row.at,
    )


def _comment_from(row: Row[Any]) -> Comment:
    """Of what is on the restricted page the words are not said here."""
    reading = json.loads(row.reading) if row.reading and row.queue != RESTRICTED else None
    return Comment(
        item_id=row.item_id,
        rule_id=row.rule_id,
        version=row.version,
        section=row.section,
        at=row.received_at,
        words=reading["redacted"] if reading else None,
        late=row.late,
        disposition=Disposition(row.disposition) if row.disposition else None,
        reason=row.reason,
        disposed_by=row.disposed_by,
        disposed_at=row.disposed_at,
    )
