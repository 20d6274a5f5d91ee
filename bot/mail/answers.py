"""What a mail server's answers mean, in the ledger's terms."""

from __future__ import annotations

from governance.delivery_reasons import DeliveryReason
from scheduler.ports import Failed, NotTaken, Result, Throttled, Unreachable

BUSY_SECONDS = 60.0
"""How long nothing is sent after the server said that it cannot now."""

_SHUTTING_DOWN = 421
_FULL = (552, "5.2.2")
_NO_SUCH = (550, 551, 553)
_NO_SUCH_CODES = ("5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")


def to_recipient(code: int, said: str) -> Result:
    """The server does not take mail for somebody (answer to RCPT)."""
    if code == _SHUTTING_DOWN:
        return Throttled(seconds=BUSY_SECONDS)
    if code < 500:
        return NotTaken(why=DeliveryReason.MAIL_NOT_NOW)
    enhanced = said.split(" ", 1)[0]
    if code == _FULL[0] or enhanced == _FULL[1]:
        return Unreachable(why=DeliveryReason.MAIL_FULL)
    if enhanced in _NO_SUCH_CODES or (code in _NO_SUCH and not enhanced.startswith("5.")):
        return Unreachable(why=DeliveryReason.MAIL_NOT_KNOWN)
    return Unreachable(why=DeliveryReason.MAIL_REFUSED_THEM)


def to_sender(code: int) -> Result:
    """The server does not take mail from us (answer to MAIL)."""
    if code < 500:
        return Throttled(seconds=BUSY_SECONDS)
    return Failed(why=DeliveryReason.MAIL_REFUSED_US)


def to_content(code: int) -> Result:
    """The server does not take this message (answer to DATA)."""
    if code == _SHUTTING_DOWN:
        return Throttled(seconds=BUSY_SECONDS)
    if code < 500:
        return NotTaken(why=DeliveryReason.MAIL_NOT_NOW)
    return Failed(why=DeliveryReason.MAIL_REFUSED)
