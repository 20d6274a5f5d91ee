"""Email addresses, telephone numbers and Social Security numbers in a message, by their shape."""

from __future__ import annotations

import re

EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+|"
    r"(?i:(?<![\w.+-])[\w.+-]+\s*(?:\(at\)|\[at\]|\{at\})\s*[\w-]+"
    r"(?:\s*(?:\.|\(dot\)|\[dot\]|\{dot\}|\sdot\s)\s*[a-z]{2,})+|"
    r"(?<![\w.+-])[\w.+-]+\s+at\s+[\w-]+(?:\s+dot\s+[a-z]{2,})+)\b"
)
_SSN = re.compile(
    r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])|"
    r"(?i:\b(?:ssn|ss\s?#|ss\s+n\w*|socials?|social\s+sec\w*)(?![a-z])[^.\n\d]{0,40})"
    r"(\d{9}|\d{3}[-. –]{0,3}\d{2}[-. –]{0,3}\d{4})\b"
)
_EXTENSION = r"(?:,?\s*(?:x|ext\.?|extension)\s*\d{1,6}\b)?"
_PHONE = re.compile(
    r"(?<![\w$])(?:\+?1[\s.-]{0,3})?(?:\(\d{3}\)[\s.-]{0,3}|\d{3}[\s./–-]{1,3})\d{3}[\s./–-]{1,3}"
    rf"\d{{4}}(?!\d){_EXTENSION}|"
    r"(?<![\w$])\+\d{1,3}[\s.-]?(?:\(?\d{1,4}\)?[\s.-]?){2,5}\d{2,4}(?!\d)|"
    rf"(?<![\w$#.-])(?:\+?1)?[2-9]\d{{9}}(?![\w-]){_EXTENSION}"
)
_SHORT_PHONE = re.compile(rf"(?<![\w$#./-])([2-9]\d{{2}}[ .–-]?\d{{4}})(?![\w/-]|\.\d){_EXTENSION}")
_CALLED = re.compile(
    r"(?i:\b(?:calls?|called|phones?|cell|number|text|texted|reach\w*|mobile|tel|telephone|at|dial|"
    r"ring|home|work|contact|whatsapp|celular|tel[eé]fono|me|him|her|them|voicemail|message|after)\b"
    r"[^\d\n]{0,24})$"
)
_SPLIT = re.compile(r"\d[ .–-]\d")
_CALLED_CLEARLY = re.compile(
    r"(?i:\b(?:calls?|called|phones?|cell|text|texted|mobile|tel|telephone|dial|voicemail|celular|"
    r"tel[eé]fono|whatsapp)\b[^\d\n]{0,24})$"
)
_CALLED_AFTER = re.compile(
    r"(?i:^[\s,(]{0,3}(?:\(?cell|\(?home\)|\(?work\)|\(?mobile|after\s+\d|texts?\b|is\s+(?:his|her|"
    r"their|my|the)\s+(?:\w+\s+)?(?:cell|phone|number)))"
)
_DESK = re.compile(
    r"(?i:\b(?:help\s?desk|main\s+office|front\s+office|district\s+office|hot\s?line|support(?:\s+line)?|"
    r"service\s+desk|call\s+cent(?:er|re)|tech\s+line|board\s+office|switchboard)\b[^\n.;!?]{0,28})$"
)
_NO_PHONE = re.compile(
    r"(?i:\b(?:ticket|case|serial|work\s?order|wo|po|order|invoice|asset|tag|isbn|barcode|budget|account|"
    r"acct|line|code|tracking|confirmation|routing)\b[\s.:#-]*(?:code|number|no\.?|#)?[\s.:#-]*)$"
)


def social_security(text: str) -> list[tuple[int, int]]:
    """Where they are, without the word that tells them."""
    return [match.span(1) if match.group(1) else match.span() for match in _SSN.finditer(text)]


def phones(text: str) -> list[tuple[int, int]]:
    """Telephone numbers, of seven digits only where somebody is called; without a help desk's or
    an office's own, which is nobody's."""
    found = []
    for match in _PHONE.finditer(text):
        before = text[max(0, match.start() - 50) : match.start()]
        if not (_DESK.search(before) or _NO_PHONE.search(before)):
            found.append(match.span())
    for match in _SHORT_PHONE.finditer(text):
        before = text[max(0, match.start() - 50) : match.start()]
        word = _CALLED if _SPLIT.search(match.group(1)) else _CALLED_CLEARLY
        called = word.search(before) or _CALLED_AFTER.match(text[match.end() : match.end() + 40])
        if called and not (_DESK.search(before) or _NO_PHONE.search(before)):
            found.append(match.span())
    return found
