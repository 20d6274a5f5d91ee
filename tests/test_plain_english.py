"""What people read is plain American English: no turn of phrase that gave the first version away
as translated. Each pattern has the twin that says the same."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]

REFUSED = {
    r"\b[Oo]nly who\b": "only committee leads, only people who",
    r"\b(?:for|to|from|by) who (?!else\b|is\b|are\b)\w+": "for anyone who, to whoever",
    r"\bspared?\b": "skipped",
    r"\bmend(?:s|ed|ing)?\b": "fix",
    r"\b(?:came|comes?|became|becomes?) of (?:it|that|them)\b": "the outcome, the reply",
    r"\b[Yy]our page\b": "the home page",
    r"\b[Ss]everal at once\b": "bulk",
    r"\bstands? (?:there|here|alone|beside|on (?:your|its|the))\b": "is",
    r"\b[Ss]ureness\b": "confidence",
    r"\bvouch": "verify, confirm",
    r"\b(?:does|do) not go along\b|\bgo along\b": "is not passed on",
    r"\bset beside\b": "compared with",
    r"\bwas faster\b": "someone else already did this",
    r"\b[Tt]he desk\b": "the dashboard",
    r"\bnobody is asked by\b": "does not send anything",
    r"\bhas withdrawn it\b": "was withdrawn",
    r"\bTake .{1,30} along\b": "download",
    r"\b[Bb]eside everybody\b": "compared with",
    r"\bof the asked\b": "of those asked",
    r"\bsee it so\b": "what others see",
    r"\bdrawn by (?:lot|chance)\b": "chosen at random, a random sample",
    r"\basks its people anew\b": "chooses people again each time",
    r"\b[Nn]othing chosen at all\b": "nothing is checked",
    r"\bSay at once\b": "the button to press",
    r"^Do it$": "the verb itself",
    r"\b0 or less\b": "none",
    r"\bnot shown, for anyone\b|\bis shown, for anyone\b": "is not shown to anyone",
    r"\bfor so many looks\b": "the name of the correction",
}
"""In the product, the README, the changelog, the guides, and docstrings and comments."""

REFUSED_IN_THE_PRODUCT = {
    r"\b[Ss]omebody\b": "someone",
    r"\b[Ee]verybody\b": "everyone",
    r"\b[Aa]nybody\b": "anyone",
    r"\b[Ee]-mail": "email",
    r"^Give (?:a|an|the|at)\b": "enter",
    r"\b[Bb]ecame of\b": "progress, outcome",
    r"\bEmpty: ": "leave it empty to",
    r"\} is no school day\b|\bThat is no\b": "is not a school day",
    r"\bOthers read this\b": "this is what others read",
    r"\bas soon as it may go\b": "as soon as that is allowed",
    r"^Look again$|\band look at it$|^Look at it": "preview, check again",
    r"\bwaits? for a second person’s yes\b": "is waiting for approval",
    r"\bor waits (?:to go out|for its time)\b": "or is scheduled",
    r"\b[Nn]obody was left who\b": "everyone already has it",
    r"\b[Nn]ot known anymore\b": "we no longer know",
    r"\bhave read it$|\bnot read it\b|\bWe noted that\b": "confirmed",
    r"\b[Rr]ecalled\b": "taken back",
    r"\b[Tt]hrow(?:n)? .{0,20}away\b": "delete",
    r"\b[Tt]hat you (?:open|opened|looked|saw) \w+\b.{0,30}\b(?:record|noted)": "is recorded",
    r"\b[Ll]ooks? after it\b|\b[Nn]obody in particular\b": "assigned to",
    r"\b[Ll]ikeliest\b": "most likely",
    r"\bha(?:s|ve) to do with\b": "is about",
    r"\blies in the past\b": "is in the past",
    r"\b[Ww]ith your duties\b": "because of your role",
    r"\bgive it to nobody\b": "don’t share it",
    r"\b(?:was|were|have) called\b|^I take it$": "alerted, take it",
    r"\b[Bb]rought (?:in|to a committee)\b|\b[Cc]ollect(?:ed)?\b": "goes to the committee, get",
    r"\bat most fit\b|; \{most\} fit\.": "the limit is",
    r"\bof staff or more\b": "at least",
    r"\b[Tt]he reader (?:learn|was|learned)": "the automatic reader",
    r"\b[Nn]o longer hears?\b|\bhears? the (?:answer|reason)\b": "gets the answer",
    r"\bTo talk about\b|\bTo think about first\b": "to discuss",
    r"\bgo(?:es)? on (?:answering|writing|later|with|from|until)\b|^Go on\b": "continue",
    r"\b[Ll]et .{1,12} run longer\b": "extend",
    r"\bsince the time before\b": "since the last time",
    r"\bin force\b": "in effect",
    r"\bsettles? (?:their|the) order\b": "too close to rank",
    r"\bpersonal details\b": "personal data",
    r"\b(?:did|does|could) not take (?:it|the|mail)\b|\btakes? no messages\b": "accept",
    r"\bcould not be drawn\b": "prepared",
    r"\bReinstated\b": "restored",
    r"\bcould tell something\b": "reveal",
    r"\bWaiting to go\b|^Going out$": "waiting to be sent, being sent",
    r"\bout of reach\b": "can’t be reached",
    r"\bhold (?:it|them) back\b": "is in quiet hours",
    r"[Ll]ook at it again\b|\b[Ll]ook again\b": "read it again, check it again",
    r"\bhas moved on\b": "was updated",
    r"\bis there already\b": "already has it",
    r"\bTheir address .{1,20} has moved\b|\bkeeps it away\b": "has changed, blocks it",
    r"\b(?:reply|number) comes here\b": "you’ll see it here",
    r"^Only if you\b": "needed only if, fill this in only if",
}
"""In the catalogue alone: the pages of the guides have words of their own."""


REFUSED_ON_THE_COMMAND_LINE = {
    r"(?:^|[^e] )\bis no (?!longer\b|such\b)\w+": "is not a",
    r"\b[Ii]n the clear\b": "unencrypted",
    r"\bis here twice\b|\bis twice in\b": "appears twice",
    r"\bnobody to ask\b": "nobody can be imported",
    r"\bis whole\b": "is intact, is complete",
    r"\bpeople .{0,20}\bare told\b": "are notified",
    r"\bThat cannot be\b": "this can’t be done",
    r"\b[Ll]ikeliest\b": "most likely",
    r"\bcolour|\bneighbour": "color, neighbor",
    r"\bthe dashboard\b": "on the web",
}
"""What the command line, the doctor and the reading of files say, in English alone."""

ROOMS = ("core", "surveys", "governance", "scheduler", "storage", "bot")
"""Whose docstrings and comments are read."""

COMMAND_LINE = ("bot/cli", "bot/operator", "bot/doctor", "bot/files", "bot/rosters", "bot/app")


@cache
def command_line() -> tuple[tuple[str, str], ...]:
    """(file, what it says) of each string of three words or more that is not a docstring."""
    found = []
    for room in COMMAND_LINE:
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [(path.name, text) for text in _said(tree) if len(text.split()) > 2]
    return tuple(found)


def _said(tree: ast.AST) -> Iterator[str]:
    """The strings of a file: an f-string as a whole, with {} for what is filled in."""
    match tree:
        case ast.Expr(value=ast.Constant() | ast.JoinedStr()):
            return
        case ast.JoinedStr(values=values):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in values)
        case ast.Constant(value=str() as text):
            yield text
        case _:
            for child in ast.iter_child_nodes(tree):
                yield from _said(child)


def catalogue() -> list[str]:
    with (ROOT / "core/locale/soundingboard.pot").open("rb") as file:
        said = [one.id for one in read_po(file) if one.id]
    return [text for one in said for text in ([one] if isinstance(one, str) else one)]


def sentences() -> list[tuple[str, str]]:
    """(where, what) of each that people read."""
    found = [("the catalogue", text) for text in catalogue()]
    for page in PAGES:
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
        found += [(page.name, " ".join(part.split())) for part in re.split(r"\n\s*\n", prose)]
    return found


@cache
def docstrings_and_comments() -> tuple[tuple[str, str], ...]:
    """(file, text) of each, without what is code."""
    found = []
    for path in sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        texts = [
            token.string
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type == tokenize.COMMENT
        ]
        texts += [
            node.value.value
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ]
        plain = (" ".join(re.sub(r"``[^`]*``", "", text).split()) for text in texts)
        found += [(path.relative_to(ROOT).as_posix(), text) for text in plain]
    return tuple(found)


@pytest.mark.parametrize("pattern", REFUSED_IN_THE_PRODUCT)
def test_what_the_product_says_is_plain_english(pattern: str) -> None:
    told = [text for text in catalogue() if re.search(pattern, text)]
    assert not told, f"say “{REFUSED_IN_THE_PRODUCT[pattern]}”"


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_people_read_is_plain_english(pattern: str) -> None:
    told = [
        f"{where}: …{text[max(0, hit.start() - 40) : hit.end() + 40]}…"
        for where, text in sentences()
        if (hit := re.search(pattern, text))
    ]
    assert not told, f"say “{REFUSED[pattern]}”"


@pytest.mark.parametrize("pattern", REFUSED)
def test_docstrings_and_comments_are_plain_english(pattern: str) -> None:
    assert len(docstrings_and_comments()) > 5000
    told = [
        f"{where}: {text}" for where, text in docstrings_and_comments() if re.search(pattern, text)
    ]
    assert not told, f"say “{REFUSED[pattern]}”"


@pytest.mark.parametrize("pattern", REFUSED_ON_THE_COMMAND_LINE)
def test_what_the_command_line_says_is_plain_english(pattern: str) -> None:
    assert len(command_line()) > 500
    told = [f"{where}: {text}" for where, text in command_line() if re.search(pattern, text)]
    assert not told, f"say “{REFUSED_ON_THE_COMMAND_LINE[pattern]}”"


def test_each_pattern_finds_what_it_is_for() -> None:
    missed = [
        pattern
        for pattern in (*REFUSED, *REFUSED_IN_THE_PRODUCT, *REFUSED_ON_THE_COMMAND_LINE)
        if not any(re.search(pattern, sentence) for sentence in FORMER.splitlines())
    ]
    assert missed == []


FORMER = """\
Only who leads it can; it is for who works here. They are spared.
What is marked has to be mended. You hear what came of it on your page.
Answer several at once. It stands on its page. Its figures go along.
Sureness is said in steps that messages can vouch for. It is set beside the last.
Somebody was faster. Open the desk. nobody is asked by counting.
Who asked for this has withdrawn it. Take the numbers along.
Beside everybody who was asked
Part of the asked
On {day} you wrote this. Others see it so:
A part, drawn by lot
What repeats asks its people anew each time, and does not use the times above.
A list without a tick means all of it. Nothing chosen at all means everyone.
Somebody told us something that reads as urgent. Say at once if you take it.
Do it
Target: 0 or less.
Fewer than {k} answers: nothing is shown, for anyone.
Only what is larger than chance is told, counted strictly for so many looks.
Look around as anybody.
E-mail me a link
Give a day.
What became of “{title}”
Empty: no limit.
{day} is no school day.
Others read this. What you do not choose is taken out.
We delete it as soon as it may go.
Look again
“{title}” waits for a second person’s yes.
This message has gone out or waits to go out; it cannot be changed.
It goes on. Nobody was left who had not got it.
It is not known anymore who has it.
Have not read it
Recalled
Thrown away.
Nobody has read it yet. That you open it is on record.
Who looks after it?
Likeliest first.
What does it have to do with?
The closing lies in the past.
With your duties you sign in there with your district account.
It signs you in: give it to nobody.
{n} people were called.
I take it
Collect an answer
This has {n} characters; {most} fit. Shorten it.
{n} messages of staff or more led to it.
What the reader learned
All who said it hear the answer.
To talk about
Go on
Let it run longer
{change} since the time before
No rule is in force yet. The answers don’t settle their order.
The mail server did not take it. The message could not be drawn.
It reads a copy without the personal details that I recognize.
Reinstated on {day}
It could tell something about fewer than 5 people.
Waiting to go
Their account is out of reach. Quiet hours hold it back.
Look at it again.
This change has moved on in the meantime.
It is there already. Choose another committee.
Their address in Teams has moved.
The reply comes here.
Only if you send it back.
"{written}" is no time. The column "{name}" is here twice.
Mails cross the network in the clear.
Teams is not set up: there is nobody to ask.
The file of the database is whole.
{asked} people who were asked are told. That cannot be: {error}
Write the likeliest first.
"{accent}" is not a colour.
It takes two people, on the dashboard.
"""
