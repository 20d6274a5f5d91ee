"""A letter: a mail's words with the headers that mail asks for, as text and as simple HTML."""

from __future__ import annotations

import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape

from bot.mail.draw import Drawn
from bot.mail.settings import MailSettings
from core.words import Words

_LONGEST_SUBJECT = 200
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def is_address(text: str) -> bool:
    """Whether every mail server understands an address: ASCII, and nothing but one address."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def letter(
    drawn: Drawn,
    settings: MailSettings,
    words: Words,
    *,
    to: str,
    message_id: str,
    now: datetime,
) -> EmailMessage:
    """A mail, ready to go. ``ValueError`` where an address is none.

    ``EmailMessage`` refuses line ends in a header, so that nothing that somebody typed can become
    one; a subject is put on one line before.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((_one_line(settings.district), settings.sender))
    mail["To"] = to
    mail["Subject"] = _one_line(drawn.subject)[:_LONGEST_SUBJECT]
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id
    if settings.reply_to:
        mail["Reply-To"] = settings.reply_to
    mail["List-Id"] = f"Sounding Board <sounding-board.{settings.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # Exchange's word for the same
    mail.set_content(_text(drawn, settings, words), cte="quoted-printable")
    mail.add_alternative(_html(drawn, settings, words), subtype="html", cte="quoted-printable")
    return mail


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _foot(settings: MailSettings, words: Words) -> str:
    why = words.say(
        "{district} sends this to its staff with Sounding Board.", district=settings.district
    )
    answers = (
        words.say("Replies to this email go to {address}.", address=settings.reply_to)
        if settings.reply_to
        else words.say("Nobody reads replies to this email.")
    )
    return f"{why} {answers}"


def _text(drawn: Drawn, settings: MailSettings, words: Words) -> str:
    parts = [f"{label}\n{said}" if label else said for label, said in drawn.parts]
    link = f"{drawn.press}: {drawn.url}"
    note = [drawn.note] if drawn.note else []
    foot = f"-- \n{_foot(settings, words)}"
    return "\n\n".join([drawn.heading, *parts, link, *note, foot]) + "\n"


_PAGE = """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body style="margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif">
<main style="max-width:36em">
<h1 style="font-size:22px;line-height:1.25">{title}</h1>
{parts}
<p style="margin:24px 0"><a href="{url}" style="{button}">{press}</a></p>
<p style="font-size:14px">{plain}</p>
{note}
</main>
<hr>
<p style="font-size:14px">{foot}</p>
</body>
</html>
"""
_BUTTON = (
    "display:inline-block;padding:10px 20px;border-radius:6px;background:#1d5fa8;color:#ffffff;"
    "font-weight:600;text-decoration:none"
)


def _html(drawn: Drawn, settings: MailSettings, words: Words) -> str:
    """No picture, no font and no script: nothing that tells anybody when it was read."""
    plain = f"{drawn.press}: {drawn.url}"
    return _PAGE.format(
        lang=escape(words.tag),
        title=escape(drawn.heading),
        parts="\n".join(_part(label, said) for label, said in drawn.parts),
        url=escape(drawn.url),
        button=_BUTTON,
        press=escape(drawn.press),
        plain=escape(plain),
        note=f'<p style="font-size:14px">{escape(drawn.note)}</p>' if drawn.note else "",
        foot=escape(_foot(settings, words)),
    )


def _part(label: str, said: str) -> str:
    lines = escape(said).replace("\n", "<br>\n")
    head = f'<h2 style="font-size:16px;margin:16px 0 0">{escape(label)}</h2>\n' if label else ""
    return f'{head}<p style="margin:0 0 12px">{lines}</p>'
