"""What IT rules need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.deciding import Decision
from core.people import Audience
from governance.rules.model import Comment, Exemption, Rule, Step, Version


class RuleStore(Protocol):
    def rule(self, rule_id: UUID) -> Rule | None: ...

    def lock_rule(self, rule_id: UUID) -> Rule | None:
        """The same, with nobody else changing it before this transaction ends."""
        ...

    def rule_by_number(self, number: str) -> Rule | None:
        """However it is written: "ITR 4" is "itr-4"."""
        ...

    def rules(self) -> Sequence[Rule]:
        """All of them, by their number."""
        ...

    def put_rule(self, rule: Rule) -> None: ...

    def add_rule_version(self, version: Version) -> None:
        """Raises IntegrityError for a number that is there already."""
        ...

    def rule_version(self, rule_id: UUID, number: int) -> Version | None: ...

    def rules_ahead(self) -> None:
        """Read at once all rules, before some are asked for one by one."""
        ...

    def versions_ahead(self, numbers: Iterable[tuple[UUID, int]]) -> None:
        """Read at once some versions, before they are asked for one by one."""
        ...

    def versions_of(self, numbers: Iterable[tuple[UUID, int]]) -> Mapping[UUID, Version]:
        """One version of each of these rules, by the rule."""
        ...

    def rule_versions(self, rule_id: UUID) -> Sequence[Version]:
        """The oldest first."""
        ...

    def rule_meanings(self) -> Mapping[tuple[UUID, int], bytes]:
        """Of each version whose meaning is known: a vector for each section of its English text,
        one after the other; nothing where it has none."""
        ...

    def keep_rule_meaning(self, rule_id: UUID, version: int, vectors: bytes) -> None: ...

    def version_without_meaning(self) -> Version | None:
        """One whose meaning is not known yet."""
        ...

    def add_rule_step(self, step: Step) -> None: ...

    def rule_step(self, step_id: UUID) -> Step | None: ...

    def rule_steps_ahead(self, some: Iterable[UUID]) -> None:
        """Read at once some steps, before they are asked for one by one."""
        ...

    def rule_steps(self, rule_id: UUID) -> Sequence[Step]:
        """The oldest first."""
        ...

    def steps_of_rules(self, rules: Collection[UUID]) -> Mapping[UUID, Sequence[Step]]:
        """Of each of these rules, the oldest first."""
        ...

    def add_exemption(self, granted: Exemption) -> None: ...

    def exemptions(self, rule_id: UUID) -> Sequence[Exemption]:
        """Those that end first come first; also those that have ended."""
        ...

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
        """Queue a message to each of them, as an announcement is queued; how many. Raises
        ``SecondPersonNeededError``."""
        ...

    # -- comments -----------------------------------------------------------------------------
    def add_rule_comment(self, comment: Comment) -> None:
        """Bind a feedback item to a version and a section of it."""
        ...

    def rule_comment(self, item_id: UUID) -> Comment | None: ...

    def rule_comments(self, rule_id: UUID, version: int | None = None) -> Sequence[Comment]:
        """Those of a version, or of all, in the order in which they came; not the late ones."""
        ...

    def unread_comments(self, rule_id: UUID) -> int:
        """How many messages about a rule were not read yet."""
        ...

    def dispose_comment(self, comment: Comment) -> None:
        """Keep what happened to it."""
        ...
