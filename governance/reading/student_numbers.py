"""Numbers and account names that stand for a student (or for one member of staff)."""

from __future__ import annotations

import re
from collections.abc import Collection

from governance.reading.digits import has_digit
from governance.reading.english import is_common
from governance.reading.known_things import BRANDS
from governance.reading.not_names import PRODUCTS

_IS = r"[\s.:#,=(-]*(?:(?:is|are|was|were|number|num|no\.?|nr\.?|ends?\s+in)\b)?[\s.:#,=(-]*"
_OWNER = (
    r"students?|pupils?|stu|std|st|lunch|perm(?:anent)?|badge|state|library|meal|cafeteria|district|school|"
    r"person|kid['’]?s|his|her|their|my|employee|staff|card|locker|bus"
)
_NUMBERED = r"ids?|number|num|no\.?|nr|#|pins?|code|card"
_TOLD = re.compile(
    rf"(?i:\b(?:{_OWNER})(?:\s+(?:school|student|lunch|state|district|login))?\s*(?:{_NUMBERED})"
    rf"(?:\s*(?:number|no\.?|num|code|#))?(?![a-z]){_IS})"
    r"([A-Za-z]{0,3}-?\d[\d-]{2,13}(?:[ -][\dA-Z]{1,4}\b){0,2})|"
    r"(?i:\b(?:s\.?id|sis\s+id|ids?|ssid|pins?|perm|usid|nssrs)\b(?:\s*(?:number|no\.?|num|code|#))?"
    rf"{_IS})(?<!\d)([A-Za-z]{{0,3}}-?\d[\d-]{{2,13}}(?:[ -]\d{{1,4}}\b){{0,2}})|"
    r"\b(?i:student|pupil|kid|badge|perm|lunch)\s+#?\s?([A-Z]{0,2}\d[\d-]{3,11}(?:-?[A-Z]\b)?)|"
    r"(?i:\bnumber\s+)(\d{2}-\d{4,6})\b|"
    r"(?i:\b(?:ids?|pins?|(?:student|lunch|meal|perm|state)\s+(?:number|code))\b[^.\n\d?]{0,25}?[\s:])"
    r"(?<!\d)([A-Za-z]{0,2}\d{3,10}(?:-\d{1,5}){0,2})(?![\d/%]|[.,:]\d)"
)
_ACCOUNT = re.compile(
    r"(?i:\b(?:logged\s+in\s+as|logs?\s+in\s+(?:as|with)|log\s?in(?:\s+name)?(?:\s+is)?:?|sign(?:s|ed)?\s+in\s+as|"
    r"user\s?name(?:\s+is)?:?|user(?:\s+id)?(?:\s+is)?:?|accounts?(?:\s+is|\s+named|\s+of)?:?|handle|id\s+is|"
    r"usuario)\s+[\"“']?)([A-Za-z][\w.]*\d[\w.]*\w|[a-z]+[._][a-z]+\d*)\b"
)
_BARE_ACCOUNT = re.compile(r"(?<![\w@./#-])([a-z]{3,}[._]?[a-z]*)(\d{2,6})(?![\w@./-])")
_BEFORE = re.compile(
    r"(?:\b(?:ids?|stu(?:dent)?s?|pins?|pupils?|perm(?:anent)?|lunch|badge|powerschool|number|num|no|sid|"
    r"kids?|account|card|profile|record|scanned|merge|combine|unlock|reset|enroll(?:ed)?)\b"
    r"[\s.:#,-]*(?:is|are|was|number|no\.?|#|id|for|of)?[\s.:#,(-]*|#\s?)$",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:\bids?\b|\bmerge\b|\bcombine\b|\bstudents\b|\bpins?\b|\bnumbers\b)[^.\n]{0,20}[\dA-Za-z]*\d{3}"
    r"[\d\sSs,#]*(?:and|or|&|,|with|id)?\s*(?:ids?\s*)?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w$.,/#-])#?([A-Za-z]{0,2}\d{3,11}(?:-\d{1,5}){0,2})(?![\w/%-]|[.,:]\d)"
)
_NOBODYS = re.compile(
    r"(?:\b(?:tickets?|cases?|serial|work ?orders?|wo|po|p\.o\.|orders?|invoices?|assets?|tags?|"
    r"model|rooms?|rm|ext(?:ension)?|zip|isbn|barcodes?|confirmation|requests?|"
    r"req|account code|version|build|error|"
    r"code|budget|line|port|page|vlan|tracking|part|sku|item|check|cheque|bus|route|series|inc|chg|"
    r"inventory|device|chromebooks?|laptops?|ipads?|unit|lot|house|year|since|in|the|"
    r"of|event|article|bill|lb|regulation|policy|rule|form|box|channel|frequency|cart|copier|printer|phone|"
    r"template|meeting|webinar|session|conference|course|section|class|crn|lesson|kb|firmware|"
    r"account\s+(?:no|number)|purchase\s+order|only|about|over|under|nearly|almost|all|some)\b"
    r"[\s.:#-]*(?:id|is|are|number|numbers|no\.?|#|code)?[\s.:#-]*)$",
    re.IGNORECASE,
)
_NOBODYS_LIST = re.compile(
    r"\b(?:tickets?|invoices?|assets?|tags?|serials?|work ?orders?|barcodes?|"
    r"orders?)\b[^.\n;]{0,24}$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:of\b|students?\b|kids\b|devices?\b|chromebooks?\b|laptops?\b|staff\b|families\b|people\b|"
    r"dollars?\b|copies\b|pages?\b|messages?\b|emails?\b|times\b|tablets?\b|hours?\b|minutes?\b|"
    r"records?\b|files?\b|accounts?\b|users?\b|teachers?\b|names?\b|numbers?\b|words?\b)",
    re.IGNORECASE,
)
_ALONE_FROM, _ALONE_TO = 6, 9
"""Digits of a number that is a student's with no word beside it."""
_TOLD_FROM = 5
_BEHIND_A_NAME = 4
"""More digits than these: "Beth 2024" is a year."""


def student_numbers(text: str) -> list[tuple[int, int]]:
    """Where they stand: told by a word, in a list of such, or of six to nine digits and nothing
    else's (a ticket's, an invoice's, a count)."""
    found = []
    for pattern in (_TOLD, _ACCOUNT) if has_digit(text) else (_ACCOUNT,):
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            before = text[max(0, match.start() - 20) : match.start()]
            if group and any(c.isdigit() or c in "._" for c in match.group(group)):
                near = text[max(0, match.start(group) - 40) : match.start(group)]
                nobodys = _NOBODYS_LIST.search(before) or _NOBODYS.search(near)
                if not (nobodys or _COUNTED.match(text, match.end(group))):
                    found.append(match.span(group))
    return found + _bare_numbers(text, bool(found)) + _bare_accounts(text)


def _bare_numbers(text: str, told: bool) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        letters = sum(c.isalpha() for c in match.group(1))
        digits = sum(c.isdigit() for c in match.group(1))
        if _NOBODYS.search(before) or _COUNTED.match(text, match.end()):
            continue
        if letters and match.group(1)[:letters].lower() not in ("s", "a", "st", "id", "sn"):
            continue
        near = _BEFORE.search(before) or ((told or found) and _LISTED.search(before))
        alone = _ALONE_FROM <= digits <= _ALONE_TO and not _NOBODYS_LIST.search(before)
        if (near and digits >= _TOLD_FROM) or alone or ((told or found) and _LISTED.search(before)):
            found.append(match.span(1))
    return found


def _bare_accounts(text: str) -> list[tuple[int, int]]:
    """ "dtran0412": letters that are no word, and digits."""
    return [
        match.span()
        for match in _BARE_ACCOUNT.finditer(text)
        if (letters := match.group(1).strip("._")) not in PRODUCTS | BRANDS
        and not is_common(letters)
        and (len(match.group(2)) > 2 or len(letters) > 4)
    ]


def numbers_of(text: str, named: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """A number that stands right behind a name ("Pao Xiong, 55120")."""
    ends = [end for _, end in named]
    return [
        match.span(1)
        for match in _NUMBER.finditer(text)
        if sum(c.isdigit() for c in match.group(1)) > _BEHIND_A_NAME
        and not _COUNTED.match(text, match.end())
        and any(
            0 < match.start(1) - end <= 5 and not text[end : match.start(1)].strip(" ,(–-:#/")
            for end in ends
        )
    ]
