"""What service notices need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from governance.service_notices.model import ServiceNotice, ServiceUpdate


class ServiceStore(Protocol):
    def service_notice(self, announcement_id: UUID) -> ServiceNotice | None: ...

    def service_notices(self, since: datetime) -> Sequence[ServiceNotice]:
        """Those that are not over, and those that ended after a moment."""
        ...

    def put_service_notice(self, notice: ServiceNotice) -> None: ...

    def add_service_update(self, update: ServiceUpdate) -> None: ...

    def service_update(self, update_id: UUID) -> ServiceUpdate | None: ...

    def service_updates(self, announcement_id: UUID) -> Sequence[ServiceUpdate]:
        """The newest first."""
        ...

    def tell_update(self, update: ServiceUpdate, now: datetime, *, urgent: bool) -> int:
        """Have the first message say it where it stands, and send it to everyone who has that. An
        earlier update that still waits is not sent any more. How many are told."""
        ...
