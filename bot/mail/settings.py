"""What sending mail needs to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Security = Literal["starttls", "tls", "none"]

PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
"""Where a mail server is asked for each, unless another port is given."""


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """A mail server, and in whose name is written. ``district`` stands as the sender's name;
    ``reply_to`` empty: answers go nowhere, and a mail says so."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str
    reply_to: str = ""
    district: str
    web_url: str
    seconds: float = 8.0
    """How long an answer of the server may take."""
    connections: int = 4

    @property
    def domain(self) -> str:
        """Of the sender's address."""
        return self.sender.rpartition("@")[2]
